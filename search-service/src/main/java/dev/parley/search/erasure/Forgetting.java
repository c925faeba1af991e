package dev.parley.search.erasure;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import dev.parley.log.TransientException;
import dev.parley.search.SearchConfig;
import dev.parley.search.index.Bulk;
import dev.parley.search.index.Indices;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts together what forgets people here, and runs the part of it that waits, on a thread of its
/// own.
@ApplicationScoped
public class Forgetting {

  private static final Logger LOG = LoggerFactory.getLogger(Forgetting.class);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

  private final SearchConfig config;
  private final Erasures erasures;
  private final Expunging expunging;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = Thread.ofPlatform().name("search-expunge").unstarted(this::run);

  public Forgetting(
      SearchConfig config, ElasticsearchClient client, Indices indices, MeterRegistry meters) {
    this.config = config;
    var indexing = config.search().indexing();
    var limits =
        new Bulk.Limits(
            indexing.bulkDocumentsMax(), indexing.bulkBytesMax(), indexing.bulksAtOnce());
    this.erasures =
        new Erasures(
            client,
            new Bulk(client, limits),
            (version, people) -> expunging().erased(version, people, System.nanoTime()));
    this.expunging =
        new Expunging(
            client, indices, erasures, config.search().erasure(), ExpungeMeters.of(meters));
  }

  @Produces
  @Singleton
  Erasures erasures() {
    return erasures;
  }

  private Expunging expunging() {
    return expunging;
  }

  void start(@Observes StartupEvent started) {
    if (config.search().indexing().enabled()) {
      thread.start();
    }
  }

  void stop(@Observes ShutdownEvent ended) throws InterruptedException {
    closing.countDown();
    thread.interrupt();
    if (thread.isAlive() && !thread.join(CLOSE_WAIT)) {
      LOG.warn("A merge did not end within {}; the engine goes on with it", CLOSE_WAIT);
    }
  }

  private void run() {
    boolean resumed = false;
    while (!ended()) {
      try {
        if (!resumed) {
          expunging.resume(System.nanoTime());
          resumed = true;
        }
        expunging.look(System.nanoTime());
      } catch (TransientException away) {
        // A merge that takes longer than an answer may is one of these: it is looked at again.
        LOG.info("Files are looked at later: {}", away.getMessage());
      } catch (RuntimeException failure) {
        LOG.error("Files could not be looked at, it is tried again", failure);
      }
    }
  }

  private boolean ended() {
    try {
      return closing.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
