package dev.parley.identity.service;

import dev.parley.identity.Secret;
import dev.parley.identity.session.Revocations;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.token.Scope;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Makes, finds and ends service keys; runs in the caller's transaction. After the commit of an end
/// the caller wakes the outbox.
@ApplicationScoped
public class ServiceKeys {

  /// So that people and scanners of repositories know one when they see it.
  public static final String PREFIX = "pk_";

  private static final long NOTED_MILLIS = 60_000;

  private final Revocations revocations;
  private final InstantSource clock;

  ServiceKeys(Revocations revocations, InstantSource clock) {
    this.revocations = revocations;
    this.clock = clock;
  }

  /// A new key, in the clear for the only time.
  public record Made(ServiceKey key, String secret) {
    @Override
    public String toString() {
      return "Made[key=" + key.id + "]";
    }
  }

  /// @param scopes at least one
  /// @param expiresAtMillis null: never
  public Uni<Made> create(
      UUID person, Set<Scope> scopes, String label, @Nullable Long expiresAtMillis) {
    Secret secret = Secret.random(PREFIX);
    ServiceKey key =
        new ServiceKey(
            Ids.uuid7(), person, secret.hash(), scopes, label, clock.millis(), expiresAtMillis);
    return Panache.getSession()
        .chain(db -> db.persist(key))
        .replaceWith(new Made(key, secret.value()));
  }

  /// The keys of a person that were not ended, the newest first; expired ones are among them.
  public Uni<List<ServiceKey>> of(UUID person) {
    return Panache.getSession()
        .chain(db ->
            db.createSelectionQuery(
                    "from ServiceKey where person = ?1 and revokedAtMillis is null"
                        + " order by createdAtMillis desc, id desc",
                    ServiceKey.class)
                .setParameter(1, person)
                .getResultList());
  }

  /// Ends a key of a person, and voids the tokens that were got with it.
  ///
  /// @return whether there was one
  public Uni<Boolean> end(UUID person, UUID id) {
    return Panache.getSession()
        .chain(db -> db.find(ServiceKey.class, id, LockModeType.PESSIMISTIC_WRITE))
        .chain(key -> {
          if (key == null || !key.person.equals(person) || key.revokedAtMillis != null) {
            return Uni.createFrom().item(false);
          }
          key.revokedAtMillis = clock.millis();
          return revocations.ofSession(person, id).replaceWith(true);
        });
  }

  /// The key of this secret; the item is null where it is none that holds.
  Uni<ServiceKey> holding(String secret) {
    long now = clock.millis();
    return Panache.getSession()
        .chain(db ->
            db.createSelectionQuery("from ServiceKey where hash = ?1", ServiceKey.class)
                .setParameter(1, new Secret(secret).hash())
                .getSingleResultOrNull())
        .map(key -> key == null || !key.isLive(now) ? null : key)
        .invoke(key -> note(key, now));
  }

  /// A busy program does not write a row for each of its tokens.
  private static void note(@Nullable ServiceKey key, long now) {
    if (key != null
        && (key.lastUsedAtMillis == null || now - key.lastUsedAtMillis >= NOTED_MILLIS)) {
      key.lastUsedAtMillis = now;
    }
  }
}
