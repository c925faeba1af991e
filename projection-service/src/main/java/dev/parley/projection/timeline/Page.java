package dev.parley.projection.timeline;

import java.util.ArrayList;
import java.util.List;

/// Messages in ascending order, and whether there are more that the caller may see.
record Page(List<Message> messages, boolean hasBefore, boolean hasAfter) {

  /// @param older descending, one more than wanted if there are that many
  static Page ofOlder(List<Message> older, int limit, boolean hasAfter) {
    return new Page(first(older, limit).reversed(), older.size() > limit, hasAfter);
  }

  /// @param newer ascending, one more than wanted if there are that many
  static Page ofNewer(List<Message> newer, int limit, boolean hasBefore) {
    return new Page(first(newer, limit), hasBefore, newer.size() > limit);
  }

  static Page join(Page older, Page newer) {
    var messages = new ArrayList<>(older.messages());
    messages.addAll(newer.messages());
    return new Page(messages, older.hasBefore(), newer.hasAfter());
  }

  private static List<Message> first(List<Message> messages, int limit) {
    return messages.subList(0, Math.min(limit, messages.size()));
  }
}
