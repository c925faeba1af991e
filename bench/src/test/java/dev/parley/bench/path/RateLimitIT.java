package dev.parley.bench.path;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.client.Answer;
import dev.parley.client.Frames;
import dev.parley.client.Reply;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.id.Ids;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// One person's tokens are the same at every door and on every node.
@Timeout(120)
class RateLimitIT {

  @RegisterExtension static final Town TOWN = new Town();

  private static final int CALLERS = 8;
  private static final Duration FLOOD_MAX = Duration.ofSeconds(15);

  @Test
  void whoFloodsRestIsHeldBackThereAndAtTheSocketAndNobodyElseIs() throws Exception {
    var flooder = TOWN.person("flooder", 0);
    var other = TOWN.person("other", 1);
    var group = flooder.create(ConversationKind.GROUP, "Rate", other);
    var enough = new AtomicBoolean();
    var refusals = new ConcurrentLinkedQueue<Answer>();
    var atTheSocket = new ConcurrentLinkedQueue<Reply.Refused>();
    long deadline = System.nanoTime() + FLOOD_MAX.toNanos();
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < CALLERS; i++) {
        pool.submit(() -> {
          while (!enough.get() && System.nanoTime() < deadline) {
            var answer = TOWN.rest.get("/api/conversations/" + group, flooder.account().token());
            if (answer.status() == 429) {
              refusals.add(answer);
            }
          }
        });
      }
      while (atTheSocket.isEmpty() && System.nanoTime() < deadline) {
        var reply = flooder.chat().ask(Frames.send(group, Ids.uuid7(), "still me")).get();
        if (reply instanceof Reply.Refused refused) {
          atTheSocket.add(refused);
        }
      }
      var fromOther = other.send(group, "I am not held back");
      enough.set(true);
      assertThat(fromOther.seq()).isPositive();
    }

    assertThat(refusals).as("429 by REST").isNotEmpty();
    assertThat(refusals)
        .allSatisfy(refusal -> {
          assertThat(refusal.code()).isEqualTo("rate_limited");
          assertThat(refusal.retryAfter()).isPresent();
        });
    assertThat(atTheSocket)
        .as("rate_limited at the socket")
        .singleElement()
        .satisfies(refused -> {
          assertThat(refused.code()).isEqualTo("rate_limited");
          assertThat(refused.retryAfterMillis()).isPositive();
        });
  }
}
