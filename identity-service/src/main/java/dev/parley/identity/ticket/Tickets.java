package dev.parley.identity.ticket;

import dev.parley.identity.IdentityConfig;
import dev.parley.schemas.token.Ticket;
import dev.parley.tls.TlsFiles;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Puts access tokens where an edge takes them, once, for a ticket.
@ApplicationScoped
public class Tickets {

  private static final Logger LOG = Logger.getLogger(Tickets.class);

  private static final String REDIS_DEFAULT = "redis://127.0.0.1:16379";
  private static final int CONNECTIONS_MAX = 4;
  private static final int WAITING_MAX = 1_024;

  private final Redis redis;
  private final InstantSource clock;
  private final Duration life;
  private final Duration wait;

  /// @param address `redis://[:password@]host:port[/database]`
  Tickets(
      Vertx vertx,
      InstantSource clock,
      IdentityConfig config,
      @ConfigProperty(name = "quarkus.redis.hosts") Optional<String> address) {
    this.redis =
        Redis.createClient(
            vertx,
            TlsFiles.ofProcess()
                .redis(address.orElse(REDIS_DEFAULT))
                .setMaxPoolSize(CONNECTIONS_MAX)
                .setMaxPoolWaiting(WAITING_MAX));
    this.clock = clock;
    this.life = config.identity().tickets().life();
    this.wait = config.identity().tickets().redisWait();
  }

  /// A ticket and when it ends.
  public record Issued(Ticket ticket, Instant expiresAt) {}

  /// A ticket for this token; the item is null where Redis does not answer in time. Continues on
  /// the caller's Vert.x context.
  public Uni<Issued> issue(String accessToken) {
    Ticket ticket = Ticket.random();
    Instant expires = clock.instant().plus(life);
    Request put =
        Request.cmd(Command.SET)
            .arg(ticket.redisKey())
            .arg(Buffer.buffer(ticket.seal(accessToken)))
            .arg("PX")
            .arg(life.toMillis())
            .arg("NX");
    Uni<Issued> issued =
        Uni.createFrom()
            .completionStage(() -> redis.send(put).toCompletionStage())
            .ifNoItem()
            .after(wait)
            .fail()
            .map(answer -> isStored(answer) ? new Issued(ticket, expires) : null)
            .onFailure()
            .invoke(failure -> LOG.warnf("no ticket, Redis is away: %s", failure.toString()))
            .onFailure()
            .recoverWithNull();
    return backToCaller(issued);
  }

  @PreDestroy
  void close() {
    redis.close();
  }

  private static boolean isStored(@Nullable Response answer) {
    return answer != null && "OK".equals(answer.toString());
  }

  private static <T> Uni<T> backToCaller(Uni<T> asked) {
    Context caller = Vertx.currentContext();
    return caller == null ? asked : asked.emitOn(task -> caller.runOnContext(_ -> task.run()));
  }
}
