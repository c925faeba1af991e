package dev.parley.stack.slack;

/// How much the log, the views or the index hold.
///
/// @param messages those that were imported included
public record Counts(long conversations, long messages, long imported) {}
