package dev.parley.command.decider;

import dev.parley.schemas.conversation.Role;

/// A present member. Who left or was removed has no record.
///
/// @param since the event that gave this role
/// @param mutedUntilMillis may not speak until then; 0: may
/// @param spokeAtMillis time of the last message, kept only while slow mode is on
public record Member(Role role, Mark since, long mutedUntilMillis, long spokeAtMillis) {

  public Member(Role role, Mark since) {
    this(role, since, 0, 0);
  }

  Member withRole(Role other, Mark by) {
    return new Member(other, by, mutedUntilMillis, spokeAtMillis);
  }

  Member mutedUntil(long millis) {
    return new Member(role, since, millis, spokeAtMillis);
  }

  Member spokeAt(long millis) {
    return new Member(role, since, mutedUntilMillis, millis);
  }
}
