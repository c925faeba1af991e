package dev.parley.edge.hub;

import dev.parley.edge.outbox.Frame;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/// What the hub keeps of one session.
final class LocalSession {

  private static final int DEPARTURES_MAX = 1_000;

  final Receiver receiver;
  final Map<UUID, Attachment> attachments = new LinkedHashMap<>();

  /// Joins heard of before the session was ready, by conversation.
  final Map<UUID, Long> joinsBeforeReady = new HashMap<>();

  /// The seq at which the person ceased to be a member: a view that is older is not believed.
  final LinkedHashMap<UUID, Long> departures = new LinkedHashMap<>();

  /// Whether `ready` was sent.
  boolean ready;

  boolean gone;

  LocalSession(Receiver receiver) {
    this.receiver = receiver;
  }

  UUID user() {
    return receiver.user();
  }

  /// The person is no member any more since `seq`.
  void departed(UUID conversation, long seq) {
    departures.put(conversation, seq);
    if (departures.size() > DEPARTURES_MAX) {
      departures.pollFirstEntry();
    }
  }

  /// Hands over a frame; false once the session is gone.
  boolean offer(Frame frame) {
    if (!gone && !receiver.offer(frame)) {
      gone = true;
    }
    return !gone;
  }
}
