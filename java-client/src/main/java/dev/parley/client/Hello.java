package dev.parley.client;

import com.fasterxml.jackson.databind.JsonNode;

/// What the server says first: its limits and which log it is.
///
/// @param epoch the log; another one than before voids every seq
/// @param frameBytesMax longest frame, 0 where the server does not say
/// @param json the whole object, with what this version does not know
public record Hello(
    String epoch, String server, long heartbeatMillis, long frameBytesMax, JsonNode json) {

  private static final long HEARTBEAT_MILLIS = 25_000;

  static Hello of(JsonNode json) {
    var limits = json.path("limits");
    // "frame" was its name in the first version.
    long frame = limits.path("frame_bytes").asLong(limits.path("frame").asLong());
    return new Hello(
        Fields.textOrEmpty(json, "epoch"),
        Fields.textOrEmpty(json, "server"),
        Math.max(1, json.path("heartbeat_ms").asLong(HEARTBEAT_MILLIS)),
        frame,
        json);
  }
}
