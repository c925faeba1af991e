package dev.parley.command.decider;

import dev.parley.schemas.conversation.Role;

/// A present member. Who left or was removed has no record.
///
/// @param since the event that gave this role
public record Member(Role role, Mark since) {}
