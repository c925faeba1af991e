package dev.parley.edge.session;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.edge.outbox.Frame;
import dev.parley.schemas.error.ErrorCode;
import java.util.function.Consumer;

/// Answers to frames of one session. Safe from any thread.
///
/// @param retryAfterMillis what temporary errors say
record Replies(Consumer<Frame> out, long retryAfterMillis) {

  void ok(JsonNode frameId) {
    if (!frameId.isNull()) {
      out.accept(Answers.ok(frameId));
    }
  }

  void refuse(JsonNode frameId, ErrorCode code, String detail) {
    refuse(frameId, code, detail, 0);
  }

  /// @param afterMillis when the same may be accepted; 0: as the node says for all
  void refuse(JsonNode frameId, ErrorCode code, String detail, long afterMillis) {
    out.accept(
        Answers.error(frameId, code, detail, afterMillis > 0 ? afterMillis : retryAfterMillis));
  }

  void send(Frame frame) {
    out.accept(frame);
  }
}
