package dev.parley.identity.erasure;

import dev.parley.identity.IdentityConfig;
import dev.parley.identity.audit.Act;
import dev.parley.identity.audit.Audit;
import dev.parley.identity.outbox.Outbox;
import dev.parley.identity.person.People;
import dev.parley.identity.person.Person;
import dev.parley.identity.person.PersonName;
import dev.parley.identity.problem.Result;
import dev.parley.identity.session.Revocations;
import dev.parley.identity.session.Sessions;
import dev.parley.schemas.content.WrappedKey;
import dev.parley.schemas.error.ErrorCode;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.UUID;
import org.hibernate.exception.ConstraintViolationException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Erases people. One transaction destroys all that this service holds of them and writes the two
/// records that tell every door and projection; [LogWatch] does the rest.
@ApplicationScoped
public class Erasures {

  private static final Logger LOG = Logger.getLogger(Erasures.class);
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int PLACEHOLDER_BYTES = 4;

  /// Somebody may have the placeholder as their name; then another one is drawn.
  private static final int RETRIES_MAX = 5;

  private final People people;
  private final Sessions sessions;
  private final Revocations revocations;
  private final Outbox outbox;
  private final Audit audit;
  private final InstantSource clock;
  private final long checkMillis;

  Erasures(
      People people,
      Sessions sessions,
      Revocations revocations,
      Outbox outbox,
      Audit audit,
      InstantSource clock,
      IdentityConfig config) {
    this.people = people;
    this.sessions = sessions;
    this.revocations = revocations;
    this.outbox = outbox;
    this.audit = audit;
    this.clock = clock;
    this.checkMillis = config.identity().erasure().checkInterval().toMillis();
  }

  /// Erases a person, at their own wish or an admin's. Somebody who was erased before: that
  /// receipt.
  ///
  /// @param by the person, or the admin
  public Uni<Result<Receipt>> erase(UUID person, UUID by) {
    return Panache.withTransaction(() -> people.locked(person).chain(found -> erase(found, by)))
        .onFailure(ConstraintViolationException.class)
        .retry()
        .atMost(RETRIES_MAX)
        .invoke(outbox::wake);
  }

  /// The receipt of a person; the item is null where they were not erased.
  public Uni<Receipt> ofPerson(UUID person) {
    return Panache.withSession(() ->
        Panache.getSession().chain(db -> db.find(Erasure.class, person)).map(Erasures::receipt));
  }

  /// The receipt of this number; the item is null where there is none.
  public Uni<Receipt> numbered(UUID receipt) {
    return Panache.withSession(() ->
        Panache.getSession()
            .chain(db ->
                db.createQuery("from Erasure where receipt = :receipt", Erasure.class)
                    .setParameter("receipt", receipt)
                    .getSingleResultOrNull())
            .map(Erasures::receipt));
  }

  private Uni<Result<Receipt>> erase(@Nullable Person person, UUID by) {
    if (person == null) {
      return Result.refused(ErrorCode.NOT_FOUND, "There is no such person.");
    }
    if (person.erased()) {
      return Panache.getSession()
          .chain(db -> db.find(Erasure.class, person.id()))
          .map(erasure -> new Result.Done<>(Receipt.of(erasure)));
    }
    if (!person.admin()) {
      return destroy(person, by);
    }
    return people
        .adminsBeside(person.id())
        .chain(others ->
            others == 0
                ? Result.refused(ErrorCode.LAST_ADMIN, "This is the last admin of the deployment.")
                : destroy(person, by));
  }

  private Uni<Result<Receipt>> destroy(Person person, UUID by) {
    UUID id = person.id();
    long now = clock.millis();
    WrappedKey key = person.contentKey();
    Erasure erasure = new Erasure(id, by, key == null ? null : key.keyId(), now, now + checkMillis);
    person.erase(placeholder());
    return delete("identity.outbox", id)
        .chain(() -> sessions.of(id))
        .invoke(live -> erasure.sessionsEnded = live.size())
        .chain(() -> delete("identity.session", id))
        .chain(() -> delete("identity.service_key", id))
        .invoke(ended -> erasure.serviceKeysEnded = ended)
        .chain(() -> outbox.append(person.profile()))
        .chain(() -> revocations.ofPersonWholly(id))
        .chain(() -> Panache.getSession().chain(db -> db.persist(erasure)))
        .chain(() -> audit.write(by, Act.USER_ERASED, id, ""))
        .chain(() -> Panache.getSession().chain(db -> db.flush()))
        .invoke(() -> LOG.infof("erased person=%s", id))
        .chain(() -> Result.done(Receipt.of(erasure)));
  }

  /// Rows of the person in a table; refresh tokens go with their sessions.
  private static Uni<Integer> delete(String table, UUID person) {
    return Panache.getSession()
        .chain(db ->
            db.createNativeQuery("delete from " + table + " where person_id = :person")
                .setParameter("person", person)
                .executeUpdate());
  }

  private static PersonName placeholder() {
    byte[] random = new byte[PLACEHOLDER_BYTES];
    RANDOM.nextBytes(random);
    return new PersonName("erased-" + HexFormat.of().formatHex(random));
  }

  private static @Nullable Receipt receipt(@Nullable Erasure erasure) {
    return erasure == null ? null : Receipt.of(erasure);
  }
}
