package dev.parley.projection.delivery;

import dev.parley.log.LogEntry;
import dev.parley.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/// Of what members keep, only the last of each key: who scrolls through a conversation sends many
/// marks, and the last says it all.
final class Coalesced {

  private Coalesced() {}

  static List<LogEntry> of(List<LogEntry> entries) {
    var last = new HashMap<String, LogEntry>();
    for (var entry : entries) {
      if (isPersonal(entry)) {
        last.put(entry.key(), entry);
      }
    }
    if (last.isEmpty()) {
      return entries;
    }
    var kept = new ArrayList<LogEntry>(entries.size());
    for (var entry : entries) {
      if (!isPersonal(entry) || last.get(entry.key()) == entry) {
        kept.add(entry);
      }
    }
    return kept;
  }

  private static boolean isPersonal(LogEntry entry) {
    return entry.partition().topic().equals(Topics.MARKS);
  }
}
