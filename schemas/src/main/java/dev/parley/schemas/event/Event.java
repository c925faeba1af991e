package dev.parley.schemas.event;

import com.google.protobuf.ByteString;
import java.util.UUID;

/// A fact of a conversation, in its order.
///
/// @param seq dense number in the conversation, from 1
/// @param ordinal how many messages the conversation has had, this event included
/// @param atMillis the command's time; of an imported event its time in the other system
/// @param commandId the command that caused it
/// @param epoch identity of the log
/// @param prevHash hash of the event before it in the conversation; empty for the first
/// @param traceparent W3C trace context; empty: none
public record Event(
    UUID conversation,
    long seq,
    long ordinal,
    long atMillis,
    UUID actor,
    UUID commandId,
    String epoch,
    ByteString prevHash,
    String traceparent,
    EventData data) {

  /// The event's name on the wire, such as `message.sent`.
  public String type() {
    return data.type();
  }
}
