package dev.parley.identity.outbox;

import dev.parley.schemas.user.UserCodec;
import dev.parley.schemas.user.UserProfile;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;

/// Takes what a transaction says of a person to the log: appended inside the transaction, published
/// after it.
@ApplicationScoped
public class Outbox {

  private final OutboxRelay relay;
  private final InstantSource clock;

  Outbox(OutboxRelay relay, InstantSource clock) {
    this.relay = relay;
    this.clock = clock;
  }

  /// Within the caller's transaction, which holds the person's row.
  public Uni<Void> append(UserProfile person) {
    OutboxRecord record = new OutboxRecord(person.id(), UserCodec.encode(person), clock.millis());
    return Panache.getSession().chain(db -> db.persist(record));
  }

  /// To be called after the commit: the record is published at once instead of at the next poll.
  public void wake() {
    relay.wake();
  }
}
