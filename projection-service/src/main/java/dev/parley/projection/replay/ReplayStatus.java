package dev.parley.projection.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.schemas.wire.Json;
import org.jspecify.annotations.Nullable;

/// How far the latest rebuild is, as `GET /internal/replay` tells.
///
/// @param done entries stored by the version that is built
/// @param total entries that the version in service has stored
/// @param ratePerSecond over the last seconds; 0: standing
record ReplayStatus(
    @Nullable Replay replay, int inService, long done, long total, long ratePerSecond) {

  static final ReplayStatus NONE = new ReplayStatus(null, 0, 0, 0, 0);

  ObjectNode toJson() {
    var json = Json.MAPPER.createObjectNode();
    json.put("state", replay == null ? "idle" : replay.state().stored());
    json.put("done", done);
    json.put("total", total);
    json.put("rate", ratePerSecond);
    if (ratePerSecond > 0) {
      json.put("eta_s", Math.max(0, total - done) / ratePerSecond);
    } else {
      json.putNull("eta_s");
    }
    json.put("in_service", inService);
    if (replay == null) {
      json.putNull("old").putNull("new").put("detail", "");
      return json;
    }
    json.set("old", side(replay.oldVersion(), replay.oldSide()));
    json.set("new", side(replay.newVersion(), replay.newSide()));
    json.put("detail", replay.detail());
    return json;
  }

  private static ObjectNode side(int version, Replay.@Nullable Side side) {
    var json = Json.MAPPER.createObjectNode().put("version", version);
    if (side == null) {
      return json.putNull("digest").putNull("conversations").putNull("messages");
    }
    return json.put("digest", side.digest())
        .put("conversations", side.conversations())
        .put("messages", side.messages());
  }
}
