package dev.parley.edge.hub;

/// How a session stands to a conversation that it listens to.
///
/// @param member false: it only watches
/// @param head the highest seq heard of
/// @param members how many the conversation has, as far as is known here
public record Standing(boolean member, long head, long members) {}
