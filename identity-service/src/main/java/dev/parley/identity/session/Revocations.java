package dev.parley.identity.session;

import dev.parley.identity.outbox.Outbox;
import dev.parley.schemas.session.Revocation;
import dev.parley.schemas.session.RevocationCodec;
import dev.parley.schemas.topic.Topics;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.UUID;

/// Tells every door which tokens are void before they expire. A revocation is appended to the
/// outbox in the transaction that revokes; after the commit the caller wakes the outbox.
@ApplicationScoped
public class Revocations {

  private static final long MILLIS_PER_SECOND = 1_000;

  private final Outbox outbox;
  private final InstantSource clock;

  Revocations(Outbox outbox, InstantSource clock) {
    this.outbox = outbox;
    this.clock = clock;
  }

  /// All tokens of one session, or of one service key.
  public Uni<Void> ofSession(UUID person, UUID session) {
    return append(new Revocation.OfSession(person, session, clock.millis()));
  }

  /// All tokens of a person that were issued until now. Ours say to the millisecond when they were
  /// issued, so who logs in again at once is in; those of others may say the second only, and then
  /// the rest of this one may be void too.
  public Uni<Void> ofPerson(UUID person) {
    return append(new Revocation.OfPerson(person, clock.millis()));
  }

  /// As [#ofPerson], and the rest of this second as well, in which nobody of theirs is to get in:
  /// for who is erased or shut out.
  public Uni<Void> ofPersonWholly(UUID person) {
    long now = clock.millis();
    return append(
        new Revocation.OfPerson(
            person, Math.ceilDiv(now + 1, MILLIS_PER_SECOND) * MILLIS_PER_SECOND));
  }

  private Uni<Void> append(Revocation revocation) {
    return outbox.append(
        revocation.user(),
        Topics.SESSIONS,
        RevocationCodec.key(revocation),
        RevocationCodec.encode(revocation));
  }
}
