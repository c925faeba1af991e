package dev.parley.edge.session;

import dev.parley.schemas.wire.Limits;

/// Bounds of one session; [dev.parley.edge.EdgeConfig] says what each means.
public record SessionLimits(
    Limits input,
    long authDeadlineMillis,
    int framesBeforeAuthMax,
    int malformedMax,
    long heartbeatMillis,
    long deadMillis,
    long expiryNoticeMillis,
    int ratePerSecond,
    int rateBurst,
    int refusalsMax,
    int pendingMax,
    int headsMax,
    long retryAfterMillis,
    long marksFlushMillis,
    int marksMax,
    long marksMembersMax,
    long typingEveryMillis) {}
