package dev.parley.edge.presence;

/// Bounds of presence; [dev.parley.edge.EdgeConfig] says what each means.
public record PresenceLimits(
    int usersMax, int conversationsMax, long renewalMillis, long coalesceMillis) {}
