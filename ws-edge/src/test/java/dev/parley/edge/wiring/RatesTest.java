package dev.parley.edge.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.rates.Rate;
import dev.parley.rates.SharedBuckets;
import dev.parley.rates.Taken;
import dev.parley.schemas.redis.RedisNames;
import dev.parley.stack.test.TestEngines;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import jakarta.inject.Inject;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// The buckets that all nodes share, as somebody else has emptied them.
@QuarkusTest
class RatesTest extends EdgeTest {

  private static final String ADDRESS = "192.0.2.77";
  private static final Map<String, String> FROM_THERE = Map.of("X-Forwarded-For", ADDRESS);
  private static final long BOUND_NANOS = TimeUnit.SECONDS.toNanos(20);

  @Inject Vertx vertx;

  @Test
  void framesAreRefusedWhileThePersonHasNoTokensAnywhereAndTakenAgainAfterwards() throws Exception {
    var user = world.person();
    var key = RedisNames.rate("person", user.toString());
    var socket = open(user);
    socket.push("hello");
    empty(key);

    var refused = awaitCode(socket, "rate_limited");
    assertThat(refused.path("temporary").asBoolean()).isTrue();
    assertThat(refused.path("retry_after_ms").asLong()).isPositive();
    socket.send("ping", "{}");
    socket.push("pong");

    delete(key);
    awaitCode(socket, "unknown_type");
    socket.close();
  }

  @Test
  void handshakesAreRefusedWhileTheAddressHasNoTokensAndTakenAgainAfterwards() throws Exception {
    var key = RedisNames.rate("address", ADDRESS);
    empty(key);

    var refused =
        catchThrowableOfType(CompletionException.class, () -> TestSocket.open(ws(), FROM_THERE));
    assertThat(refused).hasCauseInstanceOf(WebSocketHandshakeException.class);
    var response = ((WebSocketHandshakeException) refused.getCause()).getResponse();
    assertThat(response.statusCode()).isEqualTo(429);
    assertThat(response.headers().firstValueAsLong("Retry-After")).hasValue(1);
    TestSocket.open(ws()).close();

    delete(key);
    var socket = TestSocket.open(ws(), FROM_THERE);
    socket.push("hello");
    socket.close();
  }

  private static JsonNode awaitCode(TestSocket socket, String code) {
    var deadline = System.nanoTime() + BOUND_NANOS;
    while (true) {
      var error = socket.ask("dance", "{}").path("err");
      if (error.path("code").asText().equals(code)) {
        return error;
      }
      assertThat(System.nanoTime()).as("%s, but %s", code, error).isLessThan(deadline);
    }
  }

  /// By somebody whose buckets fill so slowly that it stays empty for the node.
  private void empty(String key) throws Exception {
    var buckets = new SharedBuckets(vertx, TestEngines.redis().url(), Duration.ofSeconds(5));
    buckets.open();
    try {
      var deadline = System.nanoTime() + BOUND_NANOS;
      Taken taken;
      do {
        taken =
            buckets
                .take(key, new Rate(1, 10_000), 5_000, 10_000)
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        assertThat(System.nanoTime()).as("Redis is reached").isLessThan(deadline);
      } while (taken instanceof Taken.Open);
    } finally {
      buckets.close();
    }
  }

  private void delete(String key) throws Exception {
    var redis = Redis.createClient(vertx, TestEngines.redis().url());
    redis
        .send(Request.cmd(Command.DEL).arg(key))
        .toCompletionStage()
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
    redis.close();
  }
}
