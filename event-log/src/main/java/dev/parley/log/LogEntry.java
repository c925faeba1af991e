package dev.parley.log;

import dev.parley.schemas.event.ChainedEvent;
import dev.parley.schemas.event.EventCodec;
import dev.parley.schemas.outcome.OutcomeCodec;
import dev.parley.schemas.outcome.OutcomeEnvelope;
import dev.parley.schemas.personal.PersonalCodec;
import dev.parley.schemas.personal.PersonalEntry;
import dev.parley.schemas.user.UserCodec;
import dev.parley.schemas.user.UserProfile;
import org.jspecify.annotations.Nullable;

/// A record of the log, read.
///
/// @param timestampMillis the record's time, not the event's
/// @param key conversation id or user id
/// @param value empty for a tombstone
/// @param origin the node that waits for this event and is not subscribed to its conversation
@SuppressWarnings("ArrayRecordComponent") // Handed on as it is, never compared.
public record LogEntry(
    LogPartition partition,
    long offset,
    long timestampMillis,
    String key,
    byte[] value,
    @Nullable String origin) {

  /// The entry of `parley.events`.
  ///
  /// @throws IllegalArgumentException if it is none
  public ChainedEvent event() {
    return EventCodec.decode(value);
  }

  /// The entry of `parley.rejections`.
  ///
  /// @throws IllegalArgumentException if it is none
  public OutcomeEnvelope outcome() {
    return OutcomeCodec.decode(value);
  }

  /// The entry of `parley.marks`.
  ///
  /// @throws IllegalArgumentException if it is none
  public PersonalEntry personal() {
    return PersonalCodec.decode(value);
  }

  /// The entry of `parley.users`.
  ///
  /// @throws IllegalArgumentException if it is none
  public UserProfile user() {
    return UserCodec.decode(value);
  }
}
