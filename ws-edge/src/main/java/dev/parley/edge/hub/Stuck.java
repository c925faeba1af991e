package dev.parley.edge.hub;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Conversations in which something is missing that cannot be had.
///
/// @param first the one that has waited longest; null: there is none
/// @param waitingMillis how long that has waited
public record Stuck(int count, @Nullable UUID first, long waitingMillis) {}
