package dev.parley.identity.outbox;

import dev.parley.identity.IdentityConfig;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Red when a record waits too long: somebody who registered cannot send messages.
@Readiness
@ApplicationScoped
public class OutboxHealth implements AsyncHealthCheck {

  private final Pool pool;
  private final InstantSource clock;
  private final long lateMillis;

  OutboxHealth(Pool pool, InstantSource clock, IdentityConfig config) {
    this.pool = pool;
    this.clock = clock;
    this.lateMillis = config.identity().outbox().lateAfter().toMillis();
  }

  @Override
  public Uni<HealthCheckResponse> call() {
    return pool.query("select written_at_ms from identity.outbox order by id limit 1")
        .execute()
        .map(rows -> rows.size() == 0 ? 0 : waiting(rows.iterator().next().getLong(0)))
        .map(waiting ->
            HealthCheckResponse.named("people reach the log")
                .status(waiting < lateMillis)
                .withData("oldest_waits_ms", waiting)
                .build());
  }

  private long waiting(long writtenAtMillis) {
    return Math.max(0, clock.millis() - writtenAtMillis);
  }
}
