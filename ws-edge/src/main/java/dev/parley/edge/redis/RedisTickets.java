package dev.parley.edge.redis;

import dev.parley.schemas.token.Ticket;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/// Tickets, as identity-service put them into Redis. Asking for one takes it out in the same step,
/// so that of two who show it one finds it.
public final class RedisTickets {

  private final RedisLine line;
  private final long waitMillis;

  /// @param waitMillis longest wait for Redis
  public RedisTickets(RedisLine line, long waitMillis) {
    this.line = line;
    this.waitMillis = waitMillis;
  }

  /// The access token that the ticket stood for; empty if it was used, has run out, or never was.
  /// Fails if Redis does not answer in time.
  public CompletionStage<Optional<String>> redeem(Ticket ticket) {
    return line.send(Request.cmd(Command.GETDEL).arg(ticket.redisKey()))
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(waitMillis, TimeUnit.MILLISECONDS)
        .thenApply(sealed ->
            sealed == null ? Optional.empty() : Optional.ofNullable(ticket.open(sealed.toBytes())));
  }
}
