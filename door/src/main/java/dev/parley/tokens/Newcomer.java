package dev.parley.tokens;

import java.util.UUID;

/// A person whom an issuer names and of whom nobody here may have heard.
///
/// @param subject who they are there: identity-service checks that the id follows from it
record Newcomer(UUID id, String name, String displayName, String issuer, String subject) {}
