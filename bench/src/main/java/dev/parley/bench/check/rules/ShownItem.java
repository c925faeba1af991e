package dev.parley.bench.check.rules;

import com.fasterxml.jackson.databind.JsonNode;

/// A conversation as an inbox shows it.
///
/// @param joined where the present stay of its reader began
public record ShownItem(long head, long read, long joined, long unread, long members) {

  public static ShownItem of(JsonNode json) {
    return new ShownItem(
        json.path("head_seq").asLong(),
        json.path("read_seq").asLong(),
        json.path("joined_seq").asLong(),
        json.path("unread").asLong(),
        json.path("members_count").asLong());
  }
}
