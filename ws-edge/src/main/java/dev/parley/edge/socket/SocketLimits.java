package dev.parley.edge.socket;

/// Bounds of one socket; [dev.parley.edge.EdgeConfig] says what each means.
record SocketLimits(
    int messageBytesMax, int outboxFramesMax, long outboxBytesMax, int coalesceBytes) {}
