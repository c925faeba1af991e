package dev.parley.schemas.conversation;

import java.util.UUID;

/// The message that a message was copied from. The door that took the command saw that the actor
/// could read it.
public record Forwarded(UUID conversation, UUID message, UUID author) {}
