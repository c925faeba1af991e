package dev.parley.edge.session;

import java.util.regex.Pattern;

/// W3C trace context that a client may send with a frame, field `trace`.
final class TraceContext {

  private static final Pattern TRACEPARENT =
      Pattern.compile("00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

  private TraceContext() {}

  /// The frame's trace context, or empty text if it has none that is valid.
  static String of(ClientFrame.Read frame) {
    return TRACEPARENT.matcher(frame.trace()).matches() ? frame.trace() : "";
  }
}
