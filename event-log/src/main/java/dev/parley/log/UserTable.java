package dev.parley.log;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.schemas.content.ContentKey;
import dev.parley.schemas.content.KeyLookup;
import dev.parley.schemas.content.Keyring;
import dev.parley.schemas.content.MasterKey;
import dev.parley.schemas.content.WrappedKey;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.topic.Topics;
import dev.parley.schemas.user.UserCodec;
import dev.parley.schemas.user.UserProfile;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// Everybody, as `parley.users` tells of them: each node reads the whole topic and follows it.
///
/// Holds each profile with its wrapped content key, who is blocked by whom in direct conversations,
/// and a bounded cache of unwrapped keys.
public final class UserTable implements Keyring, AutoCloseable {

  private static final int OPEN_KEYS_MAX = 20_000;

  private final MasterKey masterKey;
  private final TopicFollower follower;
  private final Map<UUID, UserProfile> users = new ConcurrentHashMap<>();
  private final Set<BlockedIn> blocked = ConcurrentHashMap.newKeySet();
  private final Map<UUID, CompletableFuture<KeyLookup>> awaited = new ConcurrentHashMap<>();
  private final List<Consumer<UserProfile>> listeners = new CopyOnWriteArrayList<>();
  private final Cache<WrappedKey, ContentKey> open =
      Caffeine.newBuilder().maximumSize(OPEN_KEYS_MAX).build();

  /// Who may not write in a direct conversation, since its other side wants nothing of them.
  private record BlockedIn(UUID conversation, UUID actor) {}

  public UserTable(String bootstrapServers, MasterKey masterKey) {
    this(KafkaConnection.plain(bootstrapServers), masterKey);
  }

  public UserTable(KafkaConnection kafka, MasterKey masterKey) {
    this.masterKey = masterKey;
    this.follower = new TopicFollower(kafka, Topics.USERS, "users", this::take);
  }

  /// Begins to read, on a thread of its own.
  public void start() {
    follower.start();
  }

  /// Waits until everybody known at the start has been read.
  ///
  /// @return whether that was within `wait`
  public boolean awaitLoaded(Duration wait) {
    return follower.awaitLoaded(wait);
  }

  /// Whether everybody known at the start has been read.
  public boolean isLoaded() {
    return follower.isLoaded();
  }

  /// Completes when [#isLoaded] comes true.
  public CompletionStage<Void> loaded() {
    return follower.loaded();
  }

  /// Where a record stands that could not be read; null: all could.
  public @Nullable String broken() {
    return follower.broken();
  }

  /// The person, or null where this node has not heard of them.
  public @Nullable UserProfile profile(UUID user) {
    return users.get(user);
  }

  /// Whether `actor` is blocked by the other side of a direct conversation. One look-up in memory.
  public boolean isBlockedIn(UUID directConversation, UUID actor) {
    return blocked.contains(new BlockedIn(directConversation, actor));
  }

  /// Whether `person` wants nothing of `other`.
  public boolean hasBlocked(UUID person, UUID other) {
    return isBlockedIn(Ids.directConversation(person, other), other);
  }

  /// Tells `listener` of each person who changes or is new once everybody has been read, on the
  /// thread that reads: it must not be held up.
  public void onChange(Consumer<UserProfile> listener) {
    listeners.add(listener);
  }

  @Override
  public KeyLookup keyOf(UUID user) {
    var profile = users.get(user);
    if (profile == null) {
      return new KeyLookup.Unknown();
    }
    var wrapped = profile.contentKey();
    if (profile.erased() || wrapped == null) {
      return new KeyLookup.Erased();
    }
    return new KeyLookup.Known(open.get(wrapped, key -> masterKey.unwrap(user, key)));
  }

  /// The person's key as soon as it arrives; [KeyLookup.Unknown] if it does not within `wait`.
  /// Never blocks.
  public CompletionStage<KeyLookup> awaitKey(UUID user, Duration wait) {
    var arrival = awaited.computeIfAbsent(user, _ -> new CompletableFuture<>());
    var now = keyOf(user);
    if (!(now instanceof KeyLookup.Unknown)) {
      awaited.remove(user, arrival);
      arrival.complete(now);
    }
    return arrival
        .copy()
        .completeOnTimeout(new KeyLookup.Unknown(), wait.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete((lookup, _) -> {
          if (lookup instanceof KeyLookup.Unknown) {
            awaited.remove(user, arrival);
          }
        });
  }

  @Override
  public void close() {
    follower.close();
  }

  private void take(ConsumerRecord<String, byte[]> record) {
    if (record.value() == null) {
      var gone = Ids.parse(record.key());
      var held = gone == null ? null : users.remove(gone);
      if (held != null) {
        block(held.id(), held.blocked(), List.of());
      }
      return;
    }
    var read = UserCodec.decode(record.value());
    var held = users.get(read.id());
    if (held != null && read.version() < held.version()) {
      return;
    }
    users.put(read.id(), read);
    block(read.id(), held == null ? List.of() : held.blocked(), read.blocked());
    var arrival = awaited.remove(read.id());
    if (arrival != null) {
      arrival.complete(keyOf(read.id()));
    }
    if (isLoaded() && !read.equals(held)) {
      listeners.forEach(listener -> listener.accept(read));
    }
  }

  private void block(UUID person, Collection<UUID> before, Collection<UUID> now) {
    if (before.equals(now)) {
      return;
    }
    for (var other : now) {
      blocked.add(new BlockedIn(Ids.directConversation(person, other), other));
    }
    var ended = new HashSet<>(before);
    now.forEach(ended::remove);
    for (var other : ended) {
      blocked.remove(new BlockedIn(Ids.directConversation(person, other), other));
    }
  }
}
