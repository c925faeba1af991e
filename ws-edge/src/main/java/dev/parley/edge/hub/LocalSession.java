package dev.parley.edge.hub;

import dev.parley.edge.outbox.Frame;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/// What the hub keeps of one session.
final class LocalSession {

  private static final int DEPARTURES_MAX = 1_000;
  private static final int PROFILES_MAX = 256;

  final Receiver receiver;
  final Map<UUID, Attachment> attachments = new LinkedHashMap<>();

  /// Joins heard of before the session was ready, by conversation.
  final Map<UUID, Long> joinsBeforeReady = new HashMap<>();

  /// Where the person ceased to be a member, by conversation.
  final LinkedHashMap<UUID, Departure> departures = new LinkedHashMap<>();

  /// The newest version of each profile that was told lately.
  private final LinkedHashMap<UUID, Long> profiles = new LinkedHashMap<>();

  /// Whether `ready` was sent.
  boolean ready;

  boolean gone;

  LocalSession(Receiver receiver) {
    this.receiver = receiver;
  }

  UUID user() {
    return receiver.user();
  }

  /// The end of a membership.
  ///
  /// @param seq of the event that ended it: a view that is older is not believed
  /// @param clientHead what the client has, which is more if it resumed with later events than the
  ///   view knew
  record Departure(long seq, long clientHead) {}

  /// The person is no member any more.
  void departed(UUID conversation, Departure departure) {
    departures.put(conversation, departure);
    if (departures.size() > DEPARTURES_MAX) {
      departures.pollFirstEntry();
    }
  }

  /// Whether something of `seq` is older than the person's departure.
  boolean isBeforeDeparture(UUID conversation, long seq) {
    var departure = departures.get(conversation);
    return departure != null && seq <= departure.seq();
  }

  /// What the client has of a conversation that it was once a member of.
  long clientHead(UUID conversation, long unknown) {
    var departure = departures.get(conversation);
    return departure == null ? unknown : departure.clientHead();
  }

  /// Whether the version of a person's profile is news here.
  boolean isNews(UUID person, long version) {
    var known = profiles.get(person);
    if (known != null && known >= version) {
      return false;
    }
    profiles.put(person, version);
    if (profiles.size() > PROFILES_MAX) {
      profiles.pollFirstEntry();
    }
    return true;
  }

  /// Hands over a frame; false once the session is gone.
  boolean offer(Frame frame) {
    if (!gone && !receiver.offer(frame)) {
      gone = true;
    }
    return !gone;
  }
}
