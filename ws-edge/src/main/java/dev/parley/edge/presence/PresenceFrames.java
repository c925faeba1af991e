package dev.parley.edge.presence;

import dev.parley.edge.outbox.Frame;
import dev.parley.schemas.wire.Json;
import java.time.Instant;
import java.util.UUID;

/// The frames that presence pushes.
final class PresenceFrames {

  private PresenceFrames() {}

  static Frame presence(UUID user, Leases.Status status) {
    var content = Json.MAPPER.createObjectNode();
    content.put("user", user.toString()).put("online", status.online());
    if (status.lastSeenMillis() > 0) {
      content.put("last_seen", Instant.ofEpochMilli(status.lastSeenMillis()).toString());
    }
    return Frame.push("presence", content);
  }

  static Frame counts(UUID conversation, Leases.Counts counts) {
    var content = Json.MAPPER.createObjectNode();
    content
        .put("conversation", conversation.toString())
        .put("people", counts.people())
        .put("guests", counts.guests());
    return Frame.push("counts", content);
  }
}
