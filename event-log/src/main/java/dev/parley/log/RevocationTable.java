package dev.parley.log;

import dev.parley.schemas.session.Revocation;
import dev.parley.schemas.session.RevocationCodec;
import dev.parley.schemas.topic.Topics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// Which access tokens are void before they expire, as `parley.sessions` tells: each node reads the
/// whole topic and follows it.
///
/// A revocation is forgotten after [#KEPT]: no door accepts a token that lives longer. One takes
/// about 130 bytes.
public final class RevocationTable implements AutoCloseable {

  /// Longer than the life of any token that a door accepts.
  public static final Duration KEPT = Duration.ofHours(25);

  private static final Duration FORGET_EVERY = Duration.ofMinutes(1);

  private final InstantSource clock;
  private final TopicFollower follower;
  private final Map<UUID, Long> sessions = new ConcurrentHashMap<>();
  private final Map<UUID, Long> people = new ConcurrentHashMap<>();
  private final List<Consumer<Revocation>> listeners = new CopyOnWriteArrayList<>();
  private long forgotAtMillis;

  public RevocationTable(KafkaConnection kafka, InstantSource clock) {
    this.clock = clock;
    this.follower =
        new TopicFollower(
            kafka,
            Topics.SESSIONS,
            "revocations",
            new TopicFollower.Table() {
              @Override
              public void take(ConsumerRecord<String, byte[]> record) {
                read(record);
              }

              @Override
              public void polled() {
                forget();
              }
            });
  }

  /// Begins to read, on a thread of its own.
  public void start() {
    follower.start();
  }

  /// Whether all that was known at the start has been read.
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

  /// Whether a token is void. Two look-ups in memory.
  ///
  /// @param session null: the token has none
  public boolean revoked(UUID user, @Nullable UUID session, long issuedAtMillis) {
    if (session != null && sessions.containsKey(session)) {
      return true;
    }
    var before = people.get(user);
    return before != null && issuedAtMillis < before;
  }

  /// Tells `listener` of each revocation that arrives once all earlier ones have been read, on the
  /// thread that reads: it must not be held up.
  public void onRevocation(Consumer<Revocation> listener) {
    listeners.add(listener);
  }

  /// How many are remembered.
  public int size() {
    return sessions.size() + people.size();
  }

  @Override
  public void close() {
    follower.close();
  }

  private void read(ConsumerRecord<String, byte[]> record) {
    if (record.value() == null) {
      // What was revoked stays so for as long as its tokens could live.
      return;
    }
    var revocation = RevocationCodec.decode(record.value());
    if (revocation.atMillis() > oldestMillis() && remember(revocation) && isLoaded()) {
      listeners.forEach(listener -> listener.accept(revocation));
    }
  }

  /// Whether it is news.
  private boolean remember(Revocation revocation) {
    var at = revocation.atMillis();
    var had =
        switch (revocation) {
          case Revocation.OfSession(_, var session, _) -> sessions.putIfAbsent(session, at);
          case Revocation.OfPerson(var user, _) -> {
            var before = people.get(user);
            people.merge(user, at, Math::max);
            yield before != null && before >= at ? before : null;
          }
        };
    return had == null;
  }

  private void forget() {
    var now = clock.millis();
    if (now - forgotAtMillis >= FORGET_EVERY.toMillis()) {
      forgotAtMillis = now;
      var oldest = oldestMillis();
      sessions.values().removeIf(at -> at <= oldest);
      people.values().removeIf(at -> at <= oldest);
    }
  }

  private long oldestMillis() {
    return clock.millis() - KEPT.toMillis();
  }
}
