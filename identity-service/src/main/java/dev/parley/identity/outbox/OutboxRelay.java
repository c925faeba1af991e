package dev.parley.identity.outbox;

import dev.parley.identity.IdentityConfig;
import dev.parley.log.KafkaConnection;
import dev.parley.log.PublisherConfig;
import dev.parley.log.RecordPublisher;
import dev.parley.log.TopicAdmin;
import dev.parley.schemas.topic.Topics;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Publishes the outbox on its own thread, oldest first, at least once.
///
/// One instance at a time works under a lock of the database, so the records of a person leave in
/// their order whatever the number of instances. A batch is published before its rows are deleted
/// and within a deadline that ends before the database frees the lock of an instance that froze:
/// one that wakes up later finds its deadline over and publishes nothing.
@ApplicationScoped
public class OutboxRelay {

  private static final Logger LOG = Logger.getLogger(OutboxRelay.class);

  /// The advisory lock of whoever publishes: any number that no other one of this database uses.
  public static final long LOCK = 0x7061_726c_6579_0002L;

  private final Pool pool;
  private final IdentityConfig config;
  private final IdentityConfig.Outbox settings;
  private final Semaphore work = new Semaphore(0);
  private @Nullable Thread thread;
  private volatile boolean stopping;

  OutboxRelay(Pool pool, IdentityConfig config) {
    this.pool = pool;
    this.config = config;
    this.settings = config.identity().outbox();
  }

  /// There is something to publish.
  void wake() {
    work.release();
  }

  void start(@Observes StartupEvent start) {
    thread = Thread.ofPlatform().name("outbox-relay").start(this::run);
  }

  void stop(@Observes ShutdownEvent stop) throws InterruptedException {
    stopping = true;
    wake();
    Thread running = thread;
    if (running != null) {
      running.join(settings.batchDeadline());
    }
  }

  private void run() {
    if (!untilDone(this::ensureTopics)) {
      return;
    }
    try (RecordPublisher publisher = new RecordPublisher(publisherConfig())) {
      untilDone(() -> publisher.prepare(Topics.USERS, settings.batchDeadline()));
      untilDone(() -> publisher.prepare(Topics.SESSIONS, settings.batchDeadline()));
      while (!stopping) {
        untilDone(() -> drain(publisher));
        await(settings.pollInterval());
      }
    }
  }

  /// An answer that comes after the batch was given up would be about records that are published
  /// again.
  private PublisherConfig publisherConfig() {
    return new PublisherConfig(
        kafka(),
        "identity-outbox",
        Math.multiplyExact(2, settings.batchMax()),
        settings.batchDeadline().dividedBy(2),
        0);
  }

  private KafkaConnection kafka() {
    return new KafkaConnection(config.kafka().bootstrapServers(), config.kafka().properties());
  }

  private void ensureTopics() {
    TopicAdmin.ensure(
        kafka(),
        config.topics().partitions(),
        config.topics().replication(),
        settings.batchDeadline());
  }

  private void drain(RecordPublisher publisher) {
    work.drainPermits();
    int published;
    do {
      published = batch(publisher).await().atMost(settings.batchDeadline().multipliedBy(2));
    } while (published == settings.batchMax() && !stopping);
  }

  /// Tries again and again, as this thread's outermost frame; false where the service stops first.
  private boolean untilDone(Runnable step) {
    while (!stopping) {
      try {
        step.run();
        return true;
      } catch (RuntimeException e) {
        LOG.warnf("outbox not published, trying again after=%s cause=%s", settings.retryDelay(), e);
        await(settings.retryDelay());
      }
    }
    return false;
  }

  private Uni<Integer> batch(RecordPublisher publisher) {
    return pool.withTransaction(connection -> {
      long deadline = System.nanoTime() + settings.batchDeadline().toNanos();
      return lock(connection)
          .chain(() -> oldest(connection))
          .chain(rows -> publish(connection, publisher, rows, deadline));
    });
  }

  /// The database ends the transaction, and with it the lock, of an instance that says nothing for
  /// twice the deadline.
  private Uni<?> lock(SqlConnection connection) {
    return connection
        .query(
            "set local idle_in_transaction_session_timeout = "
                + settings.batchDeadline().multipliedBy(2).toMillis())
        .execute()
        .chain(() ->
            connection.preparedQuery("select pg_advisory_xact_lock($1)").execute(Tuple.of(LOCK)));
  }

  private Uni<RowSet<Row>> oldest(SqlConnection connection) {
    return connection
        .preparedQuery(
            "select id, topic, record_key, record from identity.outbox order by id limit $1")
        .execute(Tuple.of(settings.batchMax()));
  }

  private Uni<Integer> publish(
      SqlConnection connection, RecordPublisher publisher, RowSet<Row> rows, long deadline) {
    if (rows.size() == 0) {
      return Uni.createFrom().item(0);
    }
    List<Long> ids = new ArrayList<>(rows.size());
    List<CompletableFuture<Void>> sent = new ArrayList<>(rows.size());
    for (Row row : rows) {
      if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException("The batch was not published before its deadline");
      }
      ids.add(row.getLong("id"));
      sent.add(
          publisher
              .publish(
                  row.getString("topic"),
                  row.getString("record_key"),
                  row.getBuffer("record").getBytes())
              .toCompletableFuture());
    }
    return Uni.createFrom()
        .completionStage(CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)))
        .ifNoItem()
        .after(settings.batchDeadline())
        .fail()
        .chain(() ->
            connection
                .preparedQuery("delete from identity.outbox where id = any($1)")
                .execute(Tuple.of(ids.toArray(Long[]::new))))
        .replaceWith(rows.size());
  }

  private void await(Duration atMost) {
    try {
      if (!stopping && work.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
        work.drainPermits();
      }
    } catch (InterruptedException e) {
      stopping = true;
      Thread.currentThread().interrupt();
    }
  }
}
