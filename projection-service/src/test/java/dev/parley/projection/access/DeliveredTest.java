package dev.parley.projection.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.log.testkit.InMemoryLog;
import dev.parley.projection.http.Refusal;
import dev.parley.projection.testing.Await;
import dev.parley.projection.testing.Conversation;
import dev.parley.projection.testing.Person;
import dev.parley.projection.testing.TestDatabase;
import dev.parley.projection.testing.TestLimits;
import dev.parley.projection.views.TestViews;
import dev.parley.schemas.content.ContentReader;
import dev.parley.schemas.content.KeyLookup;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.HistoryVisibility;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.redis.RedisNames;
import dev.parley.stack.process.Ports;
import dev.parley.stack.test.TestEngines;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Reads that wait for the views, with a tail on the real Redis.
class DeliveredTest {

  private static final Duration BOUND = Duration.ofSeconds(30);

  private final TestDatabase database = new TestDatabase();
  private final InMemoryLog log = new InMemoryLog(1);
  private final Person ann = Person.random();
  private final Conversation group =
      new Conversation(ann, ConversationKind.GROUP, HistoryVisibility.FROM_START, "A group");
  private final Redis redis = Redis.createClient(database.vertx(), TestEngines.redis().url());

  @BeforeEach
  void create() {
    database.create();
    group.events().forEach(log::append);
    follow();
  }

  @AfterEach
  void close() {
    redis.close();
    database.close();
  }

  private void follow() {
    var reader = new ContentReader(_ -> new KeyLookup.Unknown());
    log.deliver(TestViews.projection(database, 1, reader, _ -> {}), 10);
  }

  private Delivered delivered(Redis from, String wait) {
    var limits = TestLimits.with(Map.of("parley.views.tail-wait", wait));
    return new Delivered(Pool.newInstance(database.pool()), from, limits);
  }

  private void told(long seq) {
    var add =
        Request.cmd(Command.XADD)
            .arg(RedisNames.tail(group.id()))
            .arg(seq + "-0")
            .arg(RedisNames.TAIL_FIELD)
            .arg("any");
    redis.send(add).toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void whereNothingElseWasToldTheViewIsAsked() {
    var delivered = delivered(redis, "1s");
    assertThat(delivered.reached(group.id()).await().atMost(BOUND)).isFalse();
    told(group.head());
    assertThat(delivered.reached(group.id()).await().atMost(BOUND)).isFalse();
  }

  @Test
  void aViewThatIsBehindIsWaitedFor() {
    var delivered = delivered(redis, "30s");
    group.sendPlain(ann, "told");
    log.append(group.last());
    told(group.head());
    var reached = delivered.reached(group.id()).subscribeAsCompletionStage();
    Await.until("it waits", BOUND, () -> delivered.waiting() == 1);

    follow();

    assertThat(reached.join()).isTrue();
    assertThat(delivered.waiting()).isZero();
  }

  @Test
  void aViewThatStaysBehindIsNotTakenForTheTruth() {
    var delivered = delivered(redis, "50ms");
    told(group.head() + 1);

    assertThatThrownBy(() -> delivered.reached(group.id()).await().atMost(BOUND))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.BEHIND));
    assertThat(delivered.waiting()).isZero();
  }

  @Test
  void withoutRedisTheViewIsAllThereIs() {
    var nobody = Redis.createClient(database.vertx(), "redis://127.0.0.1:" + Ports.free());

    assertThat(delivered(nobody, "1s").reached(group.id()).await().atMost(BOUND)).isFalse();
  }
}
