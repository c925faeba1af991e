package dev.parley.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.TreeMap;

/// What a client has of one conversation: each event once and in order, whatever comes.
final class Lane {

  final TreeMap<Long, JsonNode> held = new TreeMap<>();
  long have;

  /// The newest seq heard of.
  long known;

  /// What the inbox says there is: to be had when the backlog is over.
  long promised;

  boolean filling;

  Lane(long have) {
    this.have = have;
    this.known = have;
  }

  boolean isBehind() {
    return have < known;
  }

  /// The last seq of the hole.
  long endOfHole() {
    return held.isEmpty() ? known : held.firstKey() - 1;
  }

  void jump(long to) {
    have = Math.max(have, to);
    known = Math.max(known, to);
    held.headMap(have, true).clear();
  }
}
