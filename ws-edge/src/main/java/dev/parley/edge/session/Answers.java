package dev.parley.edge.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.edge.outbox.Frame;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.wire.Json;
import java.time.Instant;
import java.util.UUID;

/// The frames that answer a client's frames, and those that speak of the session itself.
final class Answers {

  private Answers() {}

  static Frame hello(String server, String epoch, SessionLimits limits) {
    var content = object();
    content.put("heartbeat_ms", limits.heartbeatMillis());
    var bounds = content.putObject("limits");
    bounds.put("frame_bytes", limits.input().frameBytesMax());
    bounds.put("text_chars", limits.input().textCharsMax());
    bounds.put("rate", limits.ratePerSecond());
    bounds.put("title", limits.input().titleCharsMax());
    bounds.put("members", limits.input().membersMax());
    bounds.put("mentions", limits.input().mentionsMax());
    bounds.put("attachments", limits.input().attachmentsMax());
    bounds.put("reaction_bytes", limits.input().reactionBytesMax());
    bounds.put("custom_entries", limits.input().customEntriesMax());
    bounds.put("custom_chars", limits.input().customCharsMax());
    bounds.put("heads", limits.headsMax());
    bounds.put("ahead_seconds", limits.input().aheadMax().toSeconds());
    content.put("epoch", epoch);
    content.put("server", server);
    content.put("auth_deadline_ms", limits.authDeadlineMillis());
    return Frame.push("hello", content);
  }

  static Frame watching(JsonNode id, long headSeq) {
    return ok(id, object().put("head_seq", headSeq));
  }

  static Frame ok(JsonNode id) {
    return ok(id, object());
  }

  static Frame authenticated(JsonNode id, long expiresAtMillis) {
    return ok(id, object().put("expires_at", time(expiresAtMillis)));
  }

  static Frame accepted(
      JsonNode id, UUID conversation, long seq, long atMillis, boolean duplicate) {
    var content = object();
    content.put("conversation", conversation.toString());
    content.put("seq", seq);
    content.put("at", time(atMillis));
    content.put("duplicate", duplicate);
    return ok(id, content);
  }

  /// @param retryAfterMillis told for temporary errors
  static Frame error(JsonNode id, ErrorCode code, String detail, long retryAfterMillis) {
    var content = object();
    content.put("code", code.wireName());
    content.put("temporary", code.temporary());
    if (code.temporary()) {
      content.put("retry_after_ms", retryAfterMillis);
    }
    content.put("detail", detail);
    var json = object();
    json.set("id", id);
    json.set("err", content);
    return Frame.of(json);
  }

  static Frame pong(JsonNode id) {
    var json = object();
    if (!id.isNull()) {
      json.set("id", id);
    }
    json.put("t", "pong");
    json.putObject("d");
    return Frame.of(json);
  }

  static Frame ping() {
    return Frame.push("ping", object());
  }

  static Frame expiring(long expiresAtMillis) {
    return Frame.push("auth.expiring", object().put("expires_at", time(expiresAtMillis)));
  }

  static Frame reconnect(long afterMillis, String reason) {
    return Frame.push("reconnect", object().put("after_ms", afterMillis).put("reason", reason));
  }

  private static Frame ok(JsonNode id, ObjectNode content) {
    var json = object();
    json.set("id", id);
    json.set("ok", content);
    return Frame.of(json);
  }

  private static String time(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }

  private static ObjectNode object() {
    return Json.MAPPER.createObjectNode();
  }
}
