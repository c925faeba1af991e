package dev.parley.client;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/// What is on screen: watched channels, people whose presence is shown, conversations that are
/// counted. A server forgets it with the connection, so each new one is told again. For one thread,
/// the client's.
final class Interests {

  private static final int IDS_OF_A_FRAME_MAX = 100;

  private final Set<UUID> watched = new LinkedHashSet<>();
  private final Set<UUID> users = new LinkedHashSet<>();
  private final Set<UUID> conversations = new LinkedHashSet<>();

  Set<UUID> watched() {
    return watched;
  }

  void watches(UUID conversation) {
    watched.add(conversation);
  }

  void unwatches(UUID conversation) {
    watched.remove(conversation);
  }

  void shows(Set<UUID> shownUsers, Set<UUID> shownConversations) {
    users.addAll(shownUsers);
    conversations.addAll(shownConversations);
  }

  void hides(Set<UUID> hiddenUsers, Set<UUID> hiddenConversations) {
    users.removeAll(hiddenUsers);
    conversations.removeAll(hiddenConversations);
  }

  /// The frames that tell a new connection all of it, but for the watched channels.
  void tell(Consumer<Frame> connection) {
    for (var some : chunks(users)) {
      connection.accept(Frames.presence("presence.sub", some, List.of()));
    }
    for (var some : chunks(conversations)) {
      connection.accept(Frames.presence("presence.sub", List.of(), some));
    }
  }

  private static List<List<UUID>> chunks(Set<UUID> ids) {
    var all = new ArrayList<>(ids);
    var chunks = new ArrayList<List<UUID>>();
    for (int from = 0; from < all.size(); from += IDS_OF_A_FRAME_MAX) {
      chunks.add(all.subList(from, Math.min(all.size(), from + IDS_OF_A_FRAME_MAX)));
    }
    return chunks;
  }
}
