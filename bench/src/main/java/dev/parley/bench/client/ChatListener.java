package dev.parley.bench.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;

/// What a [Chat] tells. Called on the client's own thread, one call at a time; must not block.
public interface ChatListener {

  /// An event, in the order of its conversation and once.
  ///
  /// @param receivedNanos `System.nanoTime()` when its bytes came
  default void event(JsonNode event, long receivedNanos) {}

  /// Events that are not delivered one by one.
  default void gap(UUID conversation, long from, long to) {}

  /// An event came again that [#event] has told.
  default void repeated(JsonNode event) {}

  /// A connection is authenticated and has the inbox.
  default void ready(JsonNode ready) {}

  /// The handshake of a connection was refused; the client tries again unless that is for good.
  default void refused(Reply.Refused refusal) {}

  /// A connection ended; the client comes back unless the code forbids it.
  default void ended(int code, String reason) {}
}
