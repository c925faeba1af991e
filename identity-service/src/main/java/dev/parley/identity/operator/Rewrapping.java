package dev.parley.identity.operator;

import dev.parley.identity.IdentityConfig;
import dev.parley.identity.audit.Act;
import dev.parley.identity.audit.Audit;
import dev.parley.identity.outbox.Outbox;
import dev.parley.identity.person.People;
import dev.parley.identity.person.Person;
import dev.parley.identity.signing.SigningKeys;
import dev.parley.schemas.content.MasterKey;
import dev.parley.schemas.content.WrappedKey;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Rewraps in batches, each a transaction that also tells the topic of people: a door that has only
/// the new master key opens what it reads there.
@ApplicationScoped
class Rewrapping {

  private static final Logger LOG = Logger.getLogger(Rewrapping.class);

  private final People people;
  private final SigningKeys signingKeys;
  private final Outbox outbox;
  private final Audit audit;
  private final MasterKey masterKey;
  private final IdentityConfig.Rewrap settings;

  Rewrapping(
      People people,
      SigningKeys signingKeys,
      Outbox outbox,
      Audit audit,
      MasterKey masterKey,
      IdentityConfig config) {
    this.people = people;
    this.signingKeys = signingKeys;
    this.outbox = outbox;
    this.audit = audit;
    this.masterKey = masterKey;
    this.settings = config.identity().rewrap();
  }

  /// @param next the last person who was looked at; null: there are no more
  record Progress(int people, int signingKeys, int seen, @Nullable UUID next) {

    Progress with(int rewrapped, int looked, @Nullable UUID last) {
      return new Progress(people + rewrapped, signingKeys, seen + looked, last);
    }
  }

  Uni<Progress> rewrap(@Nullable UUID after) {
    long deadline = System.nanoTime() + settings.callMax().toNanos();
    return signingKeys
        .rewrap()
        .chain(keys -> batches(new Progress(0, keys, 0, after), deadline))
        .call(progress ->
            Panache.withTransaction(() ->
                audit.write(
                    null,
                    Act.MASTER_KEY_REWRAPPED,
                    null,
                    "people=%d signing_keys=%d done=%b"
                        .formatted(
                            progress.people(), progress.signingKeys(), progress.next() == null))));
  }

  private Uni<Progress> batches(Progress so, long deadline) {
    return Panache.withTransaction(() -> batch(so))
        .invoke(outbox::wake)
        .chain(progress ->
            progress.next() == null || System.nanoTime() - deadline > 0
                ? Uni.createFrom().item(progress)
                : batches(progress, deadline));
  }

  private Uni<Progress> batch(Progress so) {
    return people
        .lockedWithKey(so.next(), settings.batchMax())
        .chain(found -> {
          List<Person> old = found.stream().filter(this::isOld).toList();
          UUID last = found.size() < settings.batchMax() ? null : found.getLast().id();
          LOG.debugf("content keys looked at=%d old=%d", found.size(), old.size());
          return Multi.createFrom()
              .iterable(old)
              .onItem()
              .transformToUniAndConcatenate(this::rewrap)
              .collect()
              .last()
              .replaceWith(so.with(old.size(), found.size(), last));
        });
  }

  private boolean isOld(Person person) {
    WrappedKey key = person.contentKey();
    return key != null && !masterKey.isCurrent(person.id(), key);
  }

  private Uni<Void> rewrap(Person person) {
    WrappedKey key = person.contentKey();
    if (key == null) {
      return Uni.createFrom().voidItem();
    }
    person.rewrap(masterKey.rewrap(person.id(), key));
    return outbox.append(person.profile());
  }
}
