package dev.parley.command.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.schemas.id.Ids;
import dev.parley.schemas.outcome.Outcome;
import dev.parley.schemas.outcome.OutcomeCodec;
import dev.parley.schemas.outcome.OutcomeEnvelope;
import dev.parley.schemas.push.PushCodec;
import dev.parley.schemas.redis.RedisNames;
import dev.parley.stack.test.TestEngines;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OutcomeChannelTest {

  private static final int OUTCOMES = 100_000;
  private static final int AT_ONCE = 1_000;
  private static final Duration MILLI = Duration.ofMillis(1);

  private final Vertx vertx = Vertx.vertx();
  private final String node = "node-" + UUID.randomUUID();

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  /// What asks Redis whether it lives must not take an outcome for the answer.
  @Test
  void noOutcomeIsLostBesideSignsOfLife() throws Exception {
    String redis = TestEngines.redis().url();
    PendingCommands pending = new PendingCommands(OUTCOMES);
    var waits = new OutcomeChannel.Waits(MILLI, MILLI, Duration.ofMillis(300));
    try (var channel = new OutcomeChannel(vertx, redis, node, waits, pending)) {
      channel.start();
      while (!channel.subscribed()) {
        Thread.onSpinWait();
      }
      var waiting = new ArrayList<CompletableFuture<Answer>>();
      var publisher = get(Redis.createClient(vertx, redis).connect());
      for (int i = 0; i < OUTCOMES; i++) {
        var key = new PendingCommands.Key(Ids.uuid7(), Ids.uuid7(), Ids.uuid7());
        waiting.add(Objects.requireNonNull(pending.register(key)).answer());
        var published = publisher.send(publish(key));
        // The others follow at once, so that every question is overtaken by some of them.
        if (i % AT_ONCE == 0) {
          get(published);
        }
      }
      CompletableFuture.allOf(waiting.toArray(CompletableFuture[]::new)).get(20, TimeUnit.SECONDS);
      assertThat(channel.subscribed()).isTrue();
    }
  }

  private Request publish(PendingCommands.Key key) {
    var outcome =
        new OutcomeEnvelope(
            key.command(), key.conversation(), key.actor(), node, 0, new Outcome.Repeated(1, 1, 1));
    return Request.cmd(Command.PUBLISH)
        .arg(RedisNames.node(node))
        .arg(Buffer.buffer(PushCodec.outcome(OutcomeCodec.encode(outcome))));
  }

  private static <T extends @Nullable Object> T get(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}
