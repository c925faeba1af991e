package dev.parley.bench.client;

import java.util.UUID;

/// A person who is logged in.
///
/// @param token the access token; it ends after minutes
public record Account(UUID user, String name, String token) {}
