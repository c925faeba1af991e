package dev.parley.schemas.personal;

import dev.parley.schemas.content.Place;
import java.util.UUID;

/// A record of `parley.marks`.
///
/// @param atMillis when the node took it
/// @param quiet only for the member's own devices, also if it is a mark: the conversation is large
public record PersonalEntry(
    UUID conversation, UUID user, long atMillis, boolean quiet, Personal value) {

  /// Where the draft of a member is sealed for: a draft is no message, so the member's own id
  /// stands in the place of the message's.
  public static Place draftPlace(UUID conversation, UUID user) {
    return new Place(conversation, user, user);
  }

  /// Where the note of a report is sealed for: the message's own place, but of another author.
  public static Place reportPlace(UUID conversation, UUID message, UUID reporter) {
    return new Place(conversation, message, reporter);
  }
}
