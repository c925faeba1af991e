package dev.parley.stack.slack.archive;

import org.jspecify.annotations.Nullable;

/// One record of a conversation's history.
public sealed interface SlackLine {

  /// Something a person or a bot said.
  ///
  /// @param ts Slack's id of the message in its conversation, and its time: seconds with a fraction
  /// @param author Slack's id of the author, or of the bot
  /// @param text in Slack's markup; never blank
  /// @param thread `ts` of the first message of its thread, an earlier line; null: none
  /// @param edited whether Slack keeps only the last of several texts
  record Said(
      String ts,
      long micros,
      SlackPerson author,
      String text,
      @Nullable String thread,
      boolean edited)
      implements SlackLine {
    public long millis() {
      return micros / 1000;
    }
  }

  /// Nothing that becomes a message.
  ///
  /// @param why a few words to count by
  record Ignored(String why) implements SlackLine {}
}
