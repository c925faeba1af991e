package dev.parley.identity.session;

import dev.parley.identity.IdentityConfig;
import dev.parley.schemas.id.Ids;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.InstantSource;
import java.util.UUID;
import org.jboss.logging.Logger;

/// Starts sessions and rotates their refresh tokens; runs in the caller's transaction, which must
/// commit whatever the result is: a revocation is a result, too.
@ApplicationScoped
public class Sessions {

  private static final Logger LOG = Logger.getLogger(Sessions.class);

  private final InstantSource clock;
  private final long lifeMillis;

  Sessions(InstantSource clock, IdentityConfig config) {
    this.clock = clock;
    this.lifeMillis = config.identity().tokens().refreshLife().toMillis();
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
  public Uni<Grant> start(UUID person) {
    long now = clock.millis();
    Session session = new Session(Ids.uuid7(), person, now, now + lifeMillis);
    // The token refers to the session by a plain column, so Hibernate would not know the order.
    return Panache.getSession()
        .chain(db -> db.persist(session).chain(db::flush))
        .chain(() -> grant(session, now));
  }

  /// Exchanges a refresh token for the next one. The row lock lets only one of two simultaneous
  /// uses win.
  public Uni<Rotation> rotate(String refreshToken) {
    String hash = new RefreshSecret(refreshToken).hash();
    return Panache.getSession()
        .chain(db -> db.find(RefreshToken.class, hash, LockModeType.PESSIMISTIC_WRITE))
        .chain(token -> token == null ? refused() : rotate(token));
  }

  private Uni<Rotation> rotate(RefreshToken token) {
    return Panache.getSession()
        .chain(db -> db.find(Session.class, token.session, LockModeType.PESSIMISTIC_WRITE))
        .chain(session -> session == null ? refused() : rotate(session, token));
  }

  private Uni<Rotation> rotate(Session session, RefreshToken token) {
    long now = clock.millis();
    if (session.revokedAtMillis != null || token.expiresAtMillis <= now) {
      return refused();
    }
    if (token.usedAtMillis != null) {
      session.revokedAtMillis = now;
      LOG.warnf(
          "refresh token used again, session revoked person=%s session=%s",
          session.person, session.id);
      return refused();
    }
    token.usedAtMillis = now;
    session.expiresAtMillis = now + lifeMillis;
    return grant(session, now).map(Rotation.Rotated::new);
  }

  private Uni<Grant> grant(Session session, long now) {
    RefreshSecret secret = RefreshSecret.random();
    RefreshToken next = new RefreshToken(secret.hash(), session.id, now + lifeMillis);
    return Panache.getSession()
        .chain(db -> db.persist(next))
        .replaceWith(new Grant(session.person, session.id, secret.value()));
  }

  private static Uni<Rotation> refused() {
    return Uni.createFrom().item(new Rotation.Refused());
  }
}
