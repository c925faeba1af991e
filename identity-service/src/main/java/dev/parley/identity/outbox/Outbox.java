package dev.parley.identity.outbox;

import dev.parley.schemas.topic.Topics;
import dev.parley.schemas.user.UserCodec;
import dev.parley.schemas.user.UserProfile;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.UUID;

/// Takes what a transaction says to the log: appended inside the transaction, published after it.
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
    return append(person.id(), Topics.USERS, person.id().toString(), UserCodec.encode(person));
  }

  /// Within the caller's transaction. Records leave in the order in which they were appended; those
  /// of transactions that run at the same time in any order, unless a row lock separates them.
  ///
  /// @param person whom it is about: when a person is erased, what still waits of them goes too
  public Uni<Void> append(UUID person, String topic, String key, byte[] record) {
    OutboxRecord written = new OutboxRecord(person, topic, key, record, clock.millis());
    return Panache.getSession().chain(db -> db.persist(written));
  }

  /// To be called after the commit: the record is published at once instead of at the next poll.
  public void wake() {
    relay.wake();
  }
}
