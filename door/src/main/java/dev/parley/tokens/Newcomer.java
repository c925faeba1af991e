package dev.parley.tokens;

import java.util.UUID;

/// A person whom an issuer names and of whom nobody here may have heard.
record Newcomer(UUID id, String name, String displayName, String issuer) {}
