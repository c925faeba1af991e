package dev.parley.identity.erasure;

import dev.parley.identity.IdentityConfig;
import dev.parley.identity.outbox.Outbox;
import dev.parley.log.KafkaConnection;
import dev.parley.log.KeyHistory;
import dev.parley.schemas.topic.Topics;
import dev.parley.schemas.user.UserCodec;
import dev.parley.schemas.user.UserProfile;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Looks through `parley.users` until it holds nothing of an erased person but that they were
/// erased, and only then calls the erasure clean.
///
/// A broker compacts closed segments only, and closes one only when a record arrives after its
/// time. So each look that finds something publishes the erased record again: in a quiet topic
/// nothing else would. What is open is in the database: a restart goes on where it was, and of
/// several instances whoever takes a row moves its time, so that the others leave it alone.
@ApplicationScoped
public class LogWatch {

  private static final Logger LOG = Logger.getLogger(LogWatch.class);
  private static final Duration DATABASE_WAIT = Duration.ofSeconds(10);

  /// Looks become rarer: the interval doubles so many times at most.
  private static final int DOUBLINGS_MAX = 4;

  private final Pool pool;
  private final Outbox outbox;
  private final InstantSource clock;
  private final KafkaConnection kafka;
  private final IdentityConfig.Erasure settings;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private @Nullable Thread thread;

  LogWatch(Pool pool, Outbox outbox, InstantSource clock, IdentityConfig config) {
    this.pool = pool;
    this.outbox = outbox;
    this.clock = clock;
    this.kafka =
        new KafkaConnection(config.kafka().bootstrapServers(), config.kafka().properties());
    this.settings = config.identity().erasure();
  }

  void start(@Observes StartupEvent start) {
    thread = Thread.ofPlatform().name("erasure-log-watch").daemon().start(this::run);
  }

  void stop(@Observes ShutdownEvent stop) throws InterruptedException {
    stopping.countDown();
    Thread running = thread;
    if (running != null) {
      running.join(DATABASE_WAIT);
    }
  }

  private void run() {
    try {
      while (!stopping.await(settings.checkInterval().toMillis(), TimeUnit.MILLISECONDS)) {
        lookOnce();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// This thread's outermost frame: what fails is due again later.
  private void lookOnce() {
    try {
      look();
    } catch (RuntimeException e) {
      LOG.warnf("log not looked through for erased people, trying again cause=%s", e);
    }
  }

  private void look() {
    Map<String, Traces> due = due();
    if (due.isEmpty()) {
      return;
    }
    KeyHistory.read(
        kafka,
        Topics.USERS,
        due.keySet(),
        settings.readMax(),
        entry -> {
          Traces traces = due.get(entry.key());
          if (traces != null) {
            traces.see(entry.value().length == 0 ? null : entry.user(), entry.offset());
          }
        });
    due.forEach(this::conclude);
  }

  private void conclude(String key, Traces traces) {
    UUID person = UUID.fromString(key);
    if (traces.clean()) {
      markClean(person);
    } else {
      LOG.debugf("erased person still in the log person=%s newest=%d", person, traces.newestOlder);
      publishAgain(person);
    }
  }

  /// What the topic holds of one person.
  private static final class Traces {
    private boolean told;
    private long newestOlder = -1;

    void see(@Nullable UserProfile profile, long offset) {
      if (profile != null && saysNothing(profile)) {
        told = true;
      } else if (profile != null) {
        newestOlder = offset;
      }
    }

    private static boolean saysNothing(UserProfile profile) {
      return profile.erased()
          && profile.contentKey() == null
          && profile.displayName().isEmpty()
          && profile.blocked().isEmpty();
    }

    /// The erasure is in the log and nothing else is.
    boolean clean() {
      return told && newestOlder < 0;
    }
  }

  private Map<String, Traces> due() {
    long now = clock.millis();
    var rows =
        pool.preparedQuery(
                """
                update identity.erasure
                set checks = checks + 1, next_check_at_ms = $1 + $2 * (1 << least(checks, $3))
                where person_id in (
                  select person_id from identity.erasure
                  where clean_at_ms is null and next_check_at_ms <= $1
                  order by next_check_at_ms limit $4
                  for update skip locked)
                returning person_id
                """)
            .execute(
                Tuple.of(
                    now, settings.checkInterval().toMillis(), DOUBLINGS_MAX, settings.batchMax()))
            .await()
            .atMost(DATABASE_WAIT);
    Map<String, Traces> due = new HashMap<>();
    StreamSupport.stream(rows.spliterator(), false)
        .map((Row row) -> row.getUUID("person_id").toString())
        .forEach(key -> due.put(key, new Traces()));
    return due;
  }

  private void markClean(UUID person) {
    pool.preparedQuery(
            "update identity.erasure set clean_at_ms = $2 where person_id = $1 and clean_at_ms is null")
        .execute(Tuple.of(person, clock.millis()))
        .await()
        .atMost(DATABASE_WAIT);
    LOG.infof("erased person has left the log person=%s", person);
  }

  /// Of the same version as before: readers have it already.
  private void publishAgain(UUID person) {
    var rows =
        pool.preparedQuery(
                "select version, name, created_at_ms, imported, bot from identity.person where id = $1 and erased")
            .execute(Tuple.of(person))
            .await()
            .atMost(DATABASE_WAIT);
    for (Row row : rows) {
      byte[] record = UserCodec.encode(erased(person, row));
      pool.preparedQuery(
              """
              insert into identity.outbox (person_id, topic, record_key, record, written_at_ms)
              values ($1, $2, $3, $4, $5)
              """)
          .execute(
              Tuple.of(
                  person, Topics.USERS, person.toString(), Buffer.buffer(record), clock.millis()))
          .await()
          .atMost(DATABASE_WAIT);
      outbox.wake();
    }
  }

  private static UserProfile erased(UUID person, Row row) {
    return new UserProfile(
        person,
        row.getLong("version"),
        row.getString("name"),
        "",
        row.getLong("created_at_ms"),
        null,
        true,
        row.getBoolean("imported"),
        false,
        row.getBoolean("bot"),
        List.of());
  }
}
