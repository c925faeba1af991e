package dev.parley.identity.signing;

import dev.parley.identity.IdentityConfig;
import dev.parley.tokens.OwnKeys;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.security.PublicKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The deployment's signing keys, the same at every instance within the reload interval.
///
/// A key is published as soon as it exists. It signs from its own moment on, when every verifier
/// has it; the latest that has come to its moment is the one that signs. It stays published until
/// the last token that it can have signed has expired, and is gone then. Whatever changes keys does
/// so alone, under a lock of the database, and looks again before it does.
@Startup
@ApplicationScoped
public class SigningKeys implements OwnKeys {

  private static final Logger LOG = Logger.getLogger(SigningKeys.class);
  private static final Duration START_MAX = Duration.ofSeconds(30);

  /// By how much the clocks of two instances may differ.
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(1);

  /// Keys at once; a command for one more is refused.
  private static final int KEYS_MAX = 16;

  private final KeyStore store;
  private final InstantSource clock;
  private final IdentityConfig.Signing settings;
  private final long honouredMillis;
  private final AtomicBoolean tending = new AtomicBoolean();
  private volatile List<SigningKey> latestFirst = List.of();
  private volatile Map<String, SigningKey> byId = Map.of();

  SigningKeys(KeyStore store, InstantSource clock, IdentityConfig config) {
    this.store = store;
    this.clock = clock;
    this.settings = config.identity().signing();
    this.honouredMillis = honoured(config).toMillis();
    tend().await().atMost(START_MAX);
  }

  /// The key that signs new tokens.
  public SigningKey current() {
    return current(latestFirst, clock.millis());
  }

  /// All keys that tokens in use may be signed with, and those that will sign soon.
  public List<SigningKey> all() {
    return latestFirst;
  }

  @Override
  public @Nullable PublicKey byId(String id) {
    SigningKey key = byId.get(id);
    return key == null ? null : key.publicKey();
  }

  /// A new key, published now.
  ///
  /// @param publishAhead for how long it is published before it signs; at least until all instances
  ///   have it
  /// @return null where there are too many already
  Uni<SigningKey> rotate(Duration publishAhead) {
    long ahead = Math.max(publishAhead.toMillis(), 2 * settings.reloadInterval().toMillis());
    return store
        .alone(connection ->
            store
                .read(connection, byId)
                .chain(keys ->
                    keys.size() >= KEYS_MAX
                        ? Uni.createFrom().<SigningKey>nullItem()
                        : created(connection, clock.millis() + ahead)))
        .call(this::reload);
  }

  /// A new key in the place of all others, which somebody else may have: tokens of theirs are void
  /// as soon as a door has looked for keys again.
  Uni<SigningKey> replaceAll() {
    return store
        .alone(connection ->
            store
                .read(connection, byId)
                .call(keys -> store.delete(connection, keys))
                .invoke(
                    keys -> keys.forEach(key -> LOG.warnf("signing key discarded id=%s", key.id())))
                .chain(() -> created(connection, clock.millis())))
        .call(this::reload);
  }

  /// Reads the keys, makes one where it is time, and deletes those that are over.
  Uni<Void> tend() {
    return reload()
        .chain(() ->
            isDue(latestFirst)
                ? store.alone(this::change).call(this::reload)
                : Uni.createFrom().voidItem());
  }

  /// Puts the keys that a previous master key wraps under the current one.
  ///
  /// @return how many there were
  public Uni<Integer> rewrap() {
    return store.rewrap();
  }

  void start(@Observes StartupEvent start, Vertx vertx) {
    vertx.setPeriodic(settings.reloadInterval().toMillis(), _ -> tendInTurn());
  }

  private void tendInTurn() {
    if (tending.compareAndSet(false, true)) {
      tend()
          .onTermination()
          .invoke(() -> tending.set(false))
          .subscribe()
          .with(
              _ -> {},
              failure -> LOG.warnf("signing keys not looked after: %s", failure.getMessage()));
    }
  }

  private Uni<Void> reload() {
    return store
        .read(byId)
        .invoke(keys -> {
          byId = keys.stream().collect(Collectors.toUnmodifiableMap(SigningKey::id, k -> k));
          latestFirst = keys;
        })
        .replaceWithVoid();
  }

  private boolean isDue(List<SigningKey> keys) {
    long now = clock.millis();
    return needsSuccessor(keys, now) || !over(keys, now).isEmpty();
  }

  private Uni<Void> change(SqlConnection connection) {
    long now = clock.millis();
    return store
        .read(connection, byId)
        .call(keys -> {
          List<SigningKey> over = over(keys, now);
          over.forEach(key -> LOG.infof("signing key deleted id=%s", key.id()));
          return store.delete(connection, over);
        })
        .chain(keys -> {
          if (!needsSuccessor(keys, now)) {
            return Uni.createFrom().voidItem();
          }
          long signsFrom = keys.isEmpty() ? now : now + settings.publishAhead().toMillis();
          return created(connection, signsFrom).replaceWithVoid();
        });
  }

  private Uni<SigningKey> created(SqlConnection connection, long signsFromMillis) {
    return store
        .create(connection, clock.millis(), signsFromMillis)
        .invoke(key ->
            LOG.infof("signing key created id=%s signs_from_ms=%d", key.id(), signsFromMillis));
  }

  /// In time for the next one to be published before the latest is as old as it may get.
  private boolean needsSuccessor(List<SigningKey> keys, long now) {
    if (keys.isEmpty()) {
      return true;
    }
    long every = settings.rotateEvery().toMillis();
    return every > 0
        && now >= keys.getFirst().signsFromMillis() + every - settings.publishAhead().toMillis();
  }

  /// Keys whose last token has expired: it was signed before the next key's moment.
  private List<SigningKey> over(List<SigningKey> keys, long now) {
    List<SigningKey> over = new ArrayList<>();
    for (int i = 1; i < keys.size(); i++) {
      if (keys.get(i - 1).signsFromMillis() + honouredMillis < now) {
        over.add(keys.get(i));
      }
    }
    return over;
  }

  private static SigningKey current(List<SigningKey> latestFirst, long now) {
    return latestFirst.stream()
        .filter(key -> key.signsFromMillis() <= now)
        .findFirst()
        // The clock was set back, or is behind that of the instance that made the first key.
        .orElseGet(latestFirst::getLast);
  }

  private static Duration honoured(IdentityConfig config) {
    Duration access = config.identity().tokens().accessLife();
    Duration guests = config.identity().guests().life();
    return (access.compareTo(guests) > 0 ? access : guests).plus(CLOCK_SKEW);
  }
}
