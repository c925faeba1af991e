package dev.parley.stack.slack.convert;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who Slack's people are here.
public final class Directory {

  private final Map<String, Entry> bySlackId;

  /// @param bySlackId everybody who appears in the archive
  public Directory(Map<String, Entry> bySlackId) {
    this.bySlackId = Map.copyOf(bySlackId);
  }

  /// @param name what they are mentioned by here
  public record Entry(UUID id, String name) {}

  public @Nullable Entry find(String slackId) {
    return bySlackId.get(slackId);
  }

  /// @throws IllegalStateException if nobody has this id, though the survey named everybody
  public Entry get(String slackId) {
    Entry entry = bySlackId.get(slackId);
    if (entry == null) {
      throw new IllegalStateException("Expected " + slackId + " to be imported, but they are not");
    }
    return entry;
  }

  /// Anybody, always the same one.
  public Entry first() {
    return bySlackId.entrySet().stream()
        .min(Map.Entry.comparingByKey())
        .map(Map.Entry::getValue)
        .orElseThrow(() -> new IllegalStateException("Expected people in the archive"));
  }
}
