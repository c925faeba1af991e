package dev.parley.bench.check;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Something that must not be, and how it was found out.
///
/// @param seq its place in the conversation; 0: it has none
/// @param message the message or command; null: it is not about one
/// @param client who was told or shown it; empty: it was found in the log
/// @param evidence what was expected and what was found, where: a sentence to act on
public record Anomaly(
    AnomalyKind kind,
    UUID conversation,
    long seq,
    @Nullable UUID message,
    String client,
    String evidence) {

  @Override
  public String toString() {
    return "%s in conversation %s%s%s%s: %s"
        .formatted(
            kind,
            conversation,
            seq == 0 ? "" : ", seq " + seq,
            message == null ? "" : ", message " + message,
            client.isEmpty() ? "" : ", client " + client,
            evidence);
  }
}
