package dev.parley.identity.session;

import dev.parley.identity.IdentityConfig;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.InstantSource;
import org.jboss.logging.Logger;

/// Removes sessions nobody can use any more, with their tokens. Several instances may do it at
/// once.
@ApplicationScoped
public class ExpiredSessions {

  private static final Logger LOG = Logger.getLogger(ExpiredSessions.class);

  private final Pool pool;
  private final InstantSource clock;

  ExpiredSessions(Pool pool, InstantSource clock) {
    this.pool = pool;
    this.clock = clock;
  }

  void start(@Observes StartupEvent start, Vertx vertx, IdentityConfig config) {
    vertx.setPeriodic(config.identity().tokens().cleaningInterval().toMillis(), timer -> clean());
  }

  private void clean() {
    pool.preparedQuery("delete from identity.session where expires_at_ms < $1")
        .execute(Tuple.of(clock.millis()))
        .subscribe()
        .with(
            rows -> LOG.debugf("expired sessions removed count=%d", rows.rowCount()),
            failure -> LOG.warnf("expired sessions not removed: %s", failure.getMessage()));
  }
}
