package dev.parley.identity.session;

import dev.parley.identity.IdentityConfig;
import dev.parley.identity.Secret;
import dev.parley.schemas.id.Ids;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Starts sessions, rotates their refresh tokens, and ends them; runs in the caller's transaction,
/// which must commit whatever the result is: a revocation is a result, too. After the commit the
/// caller wakes the outbox.
///
/// A refresh token is used once. One that is used again ends its session, since somebody else may
/// have used it the other time. The exception is an answer that was lost on its way: within a short
/// grace, and as long as nobody has used the successor, the same token gives *the same successor*
/// once more. So a session has one live token at any time, and a thief and the owner who go on with
/// it are found out as soon as the second of them refreshes.
@ApplicationScoped
public class Sessions {

  private static final Logger LOG = Logger.getLogger(Sessions.class);

  private final Revocations revocations;
  private final InstantSource clock;
  private final IdentityConfig.Tokens settings;

  Sessions(Revocations revocations, InstantSource clock, IdentityConfig config) {
    this.revocations = revocations;
    this.clock = clock;
    this.settings = config.identity().tokens();
  }

  /// What became of a refresh token.
  public sealed interface Rotation {
    record Rotated(Grant grant) implements Rotation {}

    /// Unknown, expired, of a session that ended, or used before (which ends its session).
    record Refused() implements Rotation {}
  }

  /// A session's next refresh token, in the clear for the last time.
  public record Grant(UUID person, UUID session, String refreshToken) {
    @Override
    public String toString() {
      return "Grant[session=" + session + "]";
    }
  }

  /// A new session of a person who has just proved who they are.
  ///
  /// @param client what the person will know it by
  public Uni<Grant> start(UUID person, String client) {
    long now = clock.millis();
    Session session =
        new Session(Ids.uuid7(), person, client, now, now + settings.refreshLife().toMillis());
    // The token refers to the session by a plain column, so Hibernate would not know the order.
    return makeRoom(person)
        .chain(Panache::getSession)
        .chain(db -> db.persist(session).chain(db::flush))
        .chain(() -> grant(session, Secret.random(), now));
  }

  /// Exchanges a refresh token for the next one.
  public Uni<Rotation> rotate(String refreshToken) {
    Secret secret = new Secret(refreshToken);
    return held(secret)
        .chain(held -> held == null ? refused() : rotate(held.session(), held.token(), secret));
  }

  /// The session whose refresh token this is, without using it up; the item is null where it could
  /// not be exchanged.
  public Uni<Session> ofToken(String refreshToken) {
    return held(new Secret(refreshToken))
        .map(held -> {
          long now = clock.millis();
          return held == null
                  || held.token().usedAtMillis != null
                  || held.token().expiresAtMillis <= now
                  || !held.session().isLive(now)
              ? null
              : held.session();
        });
  }

  /// The sessions that a person has, the one used last first.
  public Uni<List<Session>> of(UUID person) {
    return Panache.getSession()
        .chain(db ->
            db.createSelectionQuery(
                    "from Session where person = ?1 and revokedAtMillis is null"
                        + " and expiresAtMillis > ?2 order by lastUsedAtMillis desc, id",
                    Session.class)
                .setParameter(1, person)
                .setParameter(2, clock.millis())
                .getResultList());
  }

  /// Ends one session of a person.
  ///
  /// @return whether there was one
  public Uni<Boolean> end(UUID person, UUID session) {
    return Panache.getSession()
        .chain(db -> db.find(Session.class, session, LockModeType.PESSIMISTIC_WRITE))
        .chain(found ->
            found == null || !found.person.equals(person) || !found.isLive(clock.millis())
                ? Uni.createFrom().item(false)
                : end(found).replaceWith(true));
  }

  /// Ends the session that a refresh token belongs to, be the token used or not: whoever holds one
  /// may end the session with it.
  public Uni<Void> endOfToken(String refreshToken) {
    return held(new Secret(refreshToken))
        .chain(held ->
            held == null || !held.session().isLive(clock.millis())
                ? Uni.createFrom().voidItem()
                : end(held.session()));
  }

  /// Ends all sessions of a person but one.
  ///
  /// @return how many ended
  public Uni<Integer> endOthers(UUID person, @Nullable UUID except) {
    return locked(person)
        .map(sessions -> sessions.stream().filter(s -> !s.id.equals(except)).toList())
        .call(this::end)
        .map(List::size);
  }

  /// Ends all sessions of a person, and voids all tokens of theirs that have none.
  ///
  /// @return how many ended
  public Uni<Integer> endAll(UUID person) {
    return endOthers(person, null).call(() -> revocations.ofPerson(person));
  }

  private Uni<Rotation> rotate(Session session, RefreshToken token, Secret secret) {
    long now = clock.millis();
    if (!session.isLive(now) || token.expiresAtMillis <= now) {
      return refused();
    }
    if (token.usedAtMillis != null) {
      return again(session, token, secret, now);
    }
    byte[] salt = Secret.salt();
    Secret next = secret.successor(salt);
    token.exchangedFor(next.hash(), salt, now);
    session.lastUsedAtMillis = now;
    session.expiresAtMillis =
        Math.min(
            now + settings.refreshLife().toMillis(),
            session.createdAtMillis + settings.sessionLife().toMillis());
    return forgetHowToRepeat(token)
        .chain(() -> grant(session, next, now))
        .map(Rotation.Rotated::new);
  }

  /// The successor once more, or the end of the session.
  private Uni<Rotation> again(Session session, RefreshToken token, Secret secret, long now) {
    byte[] salt = token.successorSalt;
    Long used = token.usedAtMillis;
    if (salt != null && used != null && now - used <= settings.refreshGrace().toMillis()) {
      Secret next = secret.successor(salt);
      return Uni.createFrom()
          .item(new Rotation.Rotated(new Grant(session.person, session.id, next.value())));
    }
    LOG.warnf(
        "refresh token used again, session revoked person=%s session=%s",
        session.person, session.id);
    return end(session).replaceWith(new Rotation.Refused());
  }

  /// Whoever uses a token has it: its predecessor need not tell it any more.
  private static Uni<?> forgetHowToRepeat(RefreshToken successor) {
    return Panache.getSession()
        .chain(db ->
            db.createMutationQuery(
                    "update RefreshToken set successorSalt = null where session = ?1 and successor = ?2")
                .setParameter(1, successor.session)
                .setParameter(2, successor.hash)
                .executeUpdate());
  }

  private Uni<Grant> grant(Session session, Secret secret, long now) {
    RefreshToken next =
        new RefreshToken(secret.hash(), session.id, now + settings.refreshLife().toMillis());
    return Panache.getSession()
        .chain(db -> db.persist(next))
        .replaceWith(new Grant(session.person, session.id, secret.value()));
  }

  private Uni<Void> makeRoom(UUID person) {
    return of(person)
        .map(sessions -> sessions.stream().skip(Math.max(1, settings.sessionsMax()) - 1L).toList())
        .chain(this::end);
  }

  private Uni<Void> end(List<Session> sessions) {
    return Multi.createFrom()
        .iterable(sessions)
        .onItem()
        .transformToUniAndConcatenate(this::end)
        .collect()
        .last()
        .replaceWithVoid();
  }

  private Uni<Void> end(Session session) {
    session.revokedAtMillis = clock.millis();
    return revocations.ofSession(session.person, session.id);
  }

  /// In the order of their ids, so that two who lock several wait for each other and no more.
  private Uni<List<Session>> locked(UUID person) {
    return Panache.getSession()
        .chain(db ->
            db.createSelectionQuery(
                    "from Session where person = ?1 and revokedAtMillis is null"
                        + " and expiresAtMillis > ?2 order by id",
                    Session.class)
                .setParameter(1, person)
                .setParameter(2, clock.millis())
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList());
  }

  /// A token and its session, whose row is locked before the token is looked at: what two
  /// simultaneous uses do, they do one after the other. The item is null where there is none.
  private static Uni<Held> held(Secret secret) {
    String hash = secret.hash();
    return Panache.getSession()
        .chain(db ->
            db.createSelectionQuery("select session from RefreshToken where hash = ?1", UUID.class)
                .setParameter(1, hash)
                .getSingleResultOrNull()
                .chain(id ->
                    id == null
                        ? Uni.createFrom().nullItem()
                        : db.find(Session.class, id, LockModeType.PESSIMISTIC_WRITE))
                .chain(session ->
                    session == null
                        ? Uni.createFrom().nullItem()
                        : db.find(RefreshToken.class, hash)
                            .map(token -> token == null ? null : new Held(session, token))));
  }

  private record Held(Session session, RefreshToken token) {}

  private static Uni<Rotation> refused() {
    return Uni.createFrom().item(new Rotation.Refused());
  }
}
