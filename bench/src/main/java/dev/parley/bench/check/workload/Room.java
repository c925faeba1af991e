package dev.parley.bench.check.workload;

import dev.parley.schemas.conversation.ConversationKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A conversation of the run, as far as those who write to it know it. Its owner never leaves.
final class Room {

  private static final int RECENT_MAX = 100;

  private final UUID conversation;
  private final ConversationKind kind;
  private final UUID owner;
  private final List<UUID> people;
  private final Set<UUID> members = ConcurrentHashMap.newKeySet();
  private final Deque<UUID> recent = new ArrayDeque<>();

  /// @param people who may ever become a member; nobody else does
  Room(UUID conversation, ConversationKind kind, UUID owner, List<UUID> people) {
    this.conversation = conversation;
    this.kind = kind;
    this.owner = owner;
    this.people = List.copyOf(people);
    members.add(owner);
  }

  UUID conversation() {
    return conversation;
  }

  boolean isChannel() {
    return kind == ConversationKind.CHANNEL;
  }

  UUID owner() {
    return owner;
  }

  boolean has(UUID user) {
    return members.contains(user);
  }

  boolean everHas(UUID user) {
    return people.contains(user);
  }

  Set<UUID> members() {
    return Set.copyOf(members);
  }

  void joined(UUID user) {
    members.add(user);
  }

  void left(UUID user) {
    members.remove(user);
  }

  /// Somebody who may become a member and is none, or null.
  @Nullable UUID outsider(RandomGenerator random) {
    return anyOf(people.stream().filter(user -> !members.contains(user)).toList(), random);
  }

  /// A member besides the owner, or null.
  @Nullable UUID removable(RandomGenerator random) {
    return anyOf(
        people.stream().filter(members::contains).filter(user -> !user.equals(owner)).toList(),
        random);
  }

  synchronized void sent(UUID message) {
    recent.addLast(message);
    if (recent.size() > RECENT_MAX) {
      recent.removeFirst();
    }
  }

  /// One of the latest messages, or null.
  synchronized @Nullable UUID message(RandomGenerator random) {
    return anyOf(new ArrayList<>(recent), random);
  }

  private static @Nullable UUID anyOf(List<UUID> ids, RandomGenerator random) {
    return ids.isEmpty() ? null : ids.get(random.nextInt(ids.size()));
  }
}
