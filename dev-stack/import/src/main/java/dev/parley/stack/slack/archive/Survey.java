package dev.parley.stack.slack.archive;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/// What a whole archive holds: every file was unpacked and read, so nothing is sent of an archive
/// that is broken.
///
/// @param people everybody who is a member of the workspace or of a conversation, or said
///   something, by Slack's id
/// @param messages what was said, by Slack's id of the conversation
/// @param ignored lines that become no message, by why
/// @param edited messages of which Slack keeps only the last text
public record Survey(
    Map<String, SlackPerson> people,
    Map<String, Long> messages,
    Map<String, Long> ignored,
    long edited) {

  /// @param progress told how many packed bytes were read so far, after each conversation
  public static Survey of(SlackArchive archive, LongConsumer progress) {
    Map<String, SlackPerson> people = new LinkedHashMap<>(archive.people());
    Map<String, Long> messages = new LinkedHashMap<>();
    Map<String, Long> ignored = new TreeMap<>();
    long edited = 0;
    long bytes = 0;
    for (SlackConversation conversation : archive.conversations()) {
      long said = 0;
      conversation.members().forEach(id -> people.putIfAbsent(id, new SlackPerson(id, id, id)));
      History history = archive.history(conversation);
      while (history.hasNext()) {
        switch (history.next()) {
          case SlackLine.Said line -> {
            said++;
            edited += line.edited() ? 1 : 0;
            people.putIfAbsent(line.author().id(), line.author());
          }
          case SlackLine.Ignored(var why) -> ignored.merge(why, 1L, Long::sum);
        }
      }
      messages.put(conversation.id(), said);
      bytes += archive.packedBytes(conversation);
      progress.accept(bytes);
    }
    return new Survey(people, messages, ignored, edited);
  }

  public long messagesTotal() {
    return messages.values().stream().mapToLong(Long::longValue).sum();
  }
}
