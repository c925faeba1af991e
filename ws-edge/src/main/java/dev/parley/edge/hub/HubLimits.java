package dev.parley.edge.hub;

/// Bounds of the hub; [dev.parley.edge.EdgeConfig] says what each means.
public record HubLimits(
    int inlineMax,
    int chunk,
    int aheadMax,
    int catchUpsAtOnce,
    int cursorConversationsMax,
    long resumeTimeoutMillis,
    long sweepMillis,
    long sweepWithoutTailsMillis,
    int sweepChunk,
    long inboxCheckMillis,
    int inboxChecksAtOnce,
    long lingerMillis,
    long retryFirstMillis,
    long retryLastMillis) {}
