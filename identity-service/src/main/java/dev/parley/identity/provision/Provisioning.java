package dev.parley.identity.provision;

import dev.parley.identity.outbox.Outbox;
import dev.parley.identity.person.DisplayName;
import dev.parley.identity.person.People;
import dev.parley.identity.person.Person;
import dev.parley.identity.person.PersonName;
import dev.parley.schemas.content.ContentKey;
import dev.parley.schemas.content.MasterKey;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hibernate.exception.ConstraintViolationException;
import org.jboss.logging.Logger;

/// Makes a person of somebody whom another issuer vouches for, once, whoever asks and how often.
/// They have no password: they come with that issuer's tokens alone.
@ApplicationScoped
class Provisioning {

  private static final Logger LOG = Logger.getLogger(Provisioning.class);

  /// Two doors may ask for one person, or two people want one name, in the same moment; then it is
  /// done again, and sees what the other one did.
  private static final int RETRIES_MAX = 5;

  /// Numbers that are tried in order; where all are taken, large ones are drawn.
  private static final int NUMBERS_MAX = 50;

  private static final int DRAWN_MAX = 10_000_000;

  private final People people;
  private final Outbox outbox;
  private final MasterKey masterKey;
  private final InstantSource clock;

  Provisioning(People people, Outbox outbox, MasterKey masterKey, InstantSource clock) {
    this.people = people;
    this.outbox = outbox;
    this.masterKey = masterKey;
    this.clock = clock;
  }

  record Newcomer(UUID id, PersonName name, DisplayName displayName, String issuer) {}

  /// The person, as they are by now; maybe one who was erased, and stays so.
  Uni<Person> provision(Newcomer newcomer) {
    return Panache.withTransaction(() ->
            people
                .findById(newcomer.id())
                .chain(person -> person == null ? add(newcomer) : Uni.createFrom().item(person)))
        .onFailure(ConstraintViolationException.class)
        .retry()
        .atMost(RETRIES_MAX)
        .invoke(outbox::wake);
  }

  private Uni<Person> add(Newcomer newcomer) {
    return free(newcomer.name())
        .map(name ->
            new Person(
                    newcomer.id(),
                    name,
                    newcomer.displayName(),
                    null,
                    masterKey.wrap(newcomer.id(), ContentKey.random()),
                    clock.millis())
                .of(newcomer.issuer()))
        .call(people::persistAndFlush)
        .call(person -> outbox.append(person.profile()))
        .invoke(person -> LOG.infof("provisioned person=%s", person.id()));
  }

  /// The first of the name and its numbers that nobody has.
  private Uni<PersonName> free(PersonName wished) {
    List<PersonName> candidates =
        Stream.concat(
                Stream.of(wished), IntStream.rangeClosed(2, NUMBERS_MAX).mapToObj(wished::numbered))
            .toList();
    return people
        .taken(candidates)
        .map(found -> {
          Set<String> taken = new HashSet<>(found);
          return candidates.stream()
              .filter(name -> !taken.contains(name.value()))
              .findFirst()
              .orElseGet(() -> wished.numbered(ThreadLocalRandom.current().nextInt(DRAWN_MAX)));
        });
  }
}
