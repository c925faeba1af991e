package dev.parley.client;

import java.util.UUID;

/// What a [Chat] tells. Called on the client's own thread, one call at a time, in the order in
/// which it happened; futures of the client complete on that thread, too. So nothing here may
/// block: no waiting for an answer of the same client, no slow I/O. A listener that throws is
/// reported to the thread's uncaught-exception handler and told the next thing as if nothing had
/// been.
public interface ChatListener {

  /// The next event of its conversation: each once, in order, whatever the network does.
  default void event(ConversationEvent event) {}

  /// These are not told one by one: whatever shows them reads them from history.
  default void gap(UUID conversation, long from, long to) {}

  /// Marks, typing, presence, counts, settings, drafts, profiles.
  default void push(Push push) {}

  /// A connection has the inbox; unless [Ready#resumed], everything on screen is to be read again.
  default void ready(Ready ready) {}

  default void state(ConnectionState state) {}

  /// An event came again that [#event] has told; for those who count.
  default void repeated(ConversationEvent event) {}

  /// The handshake of a connection was refused; the client tries again unless that is for good.
  default void refused(Reply.Refused refusal) {}

  /// A connection ended; [#state] says what follows.
  default void ended(int code, String reason) {}
}
