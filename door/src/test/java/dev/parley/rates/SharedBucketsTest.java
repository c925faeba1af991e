package dev.parley.rates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.schemas.redis.RedisNames;
import dev.parley.stack.test.TestEngines;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SharedBucketsTest {

  private static final Duration WAIT = Duration.ofSeconds(5);
  private static final Vertx VERTX = Vertx.vertx();
  private static final SharedBuckets ONE = buckets(WAIT);
  private static final SharedBuckets OTHER = buckets(WAIT);
  private static final Redis REDIS = Redis.createClient(VERTX, TestEngines.redis().url());

  private final String key = RedisNames.rate("person", UUID.randomUUID().toString());

  @BeforeAll
  static void connect() {
    for (var buckets : List.of(ONE, OTHER)) {
      awaitShared(buckets);
    }
  }

  @AfterAll
  static void close() {
    ONE.close();
    OTHER.close();
    REDIS.close();
    VERTX.close();
  }

  @Test
  void aBurstIsGrantedAndThenOneIsToldHowLongToWait() throws Exception {
    var rate = new Rate(0.01, 3);
    for (var i = 0; i < 3; i++) {
      assertThat(take(ONE, rate, 1, 1)).isEqualTo(new Taken.Granted(1));
    }

    assertThat(take(ONE, rate, 1, 1))
        .isInstanceOfSatisfying(
            Taken.Refused.class,
            refused -> assertThat(refused.retryAfterMillis()).isBetween(50_000L, 100_000L));
  }

  @Test
  void whatIsGivenBackCanBeTakenAgainAndAFilledBucketIsFull() throws Exception {
    var rate = new Rate(0.01, 2);
    take(ONE, rate, 2, 2);
    assertThat(take(ONE, rate, 1, 1)).isInstanceOf(Taken.Refused.class);

    ONE.giveBack(key, rate);
    assertThat(take(ONE, rate, 1, 1)).isEqualTo(new Taken.Granted(1));
    assertThat(take(ONE, rate, 1, 1)).isInstanceOf(Taken.Refused.class);

    ONE.fill(key);
    assertThat(take(ONE, rate, 2, 2)).isEqualTo(new Taken.Granted(2));
  }

  @Test
  void afterTheWaitItGoesOn() throws Exception {
    var rate = new Rate(20, 2);
    take(ONE, rate, 2, 2);
    var refused = (Taken.Refused) take(ONE, rate, 1, 1);
    var from = System.nanoTime();

    await()
        .atMost(WAIT)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> take(ONE, rate, 1, 1) instanceof Taken.Granted);

    var waitedMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - from);
    assertThat(waitedMillis).isGreaterThanOrEqualTo(refused.retryAfterMillis() - 10);
  }

  @Test
  void twoNodesTakeOfOneBucket() throws Exception {
    var seed = new Random().nextLong();
    System.out.println("SharedBucketsTest seed " + seed);
    var random = new Random(seed);
    var rate = new Rate(50, 100);
    var granted = 0;
    var byOne = 0;
    var from = System.nanoTime();
    while (System.nanoTime() - from < TimeUnit.SECONDS.toNanos(1)) {
      var isOne = random.nextBoolean();
      var most = 1 + random.nextInt(20);
      if (take(isOne ? ONE : OTHER, rate, 1, most) instanceof Taken.Granted(var tokens)) {
        granted += tokens;
        byOne += isOne ? tokens : 0;
      }
    }
    var seconds = (System.nanoTime() - from) / 1e9;

    System.out.printf("%d tokens in %.2f s, %d of them to one node%n", granted, seconds, byOne);
    assertThat(granted).isBetween(100 + 40, (int) (100 + 50 * seconds) + 2);
    assertThat(byOne).isBetween(1, granted - 1);
  }

  @Test
  void aLotIsWhatIsThereButNoLessThanTheLeast() throws Exception {
    var rate = new Rate(0.01, 10);

    assertThat(take(ONE, rate, 1, 7)).isEqualTo(new Taken.Granted(7));
    assertThat(take(OTHER, rate, 5, 7)).isInstanceOf(Taken.Refused.class);
    assertThat(take(OTHER, rate, 2, 7)).isEqualTo(new Taken.Granted(3));
  }

  @Test
  void moreThanABucketHoldsIsGrantedAsSoonAsItIsFull() throws Exception {
    assertThat(take(ONE, new Rate(1, 10), 50, 50)).isEqualTo(new Taken.Granted(10));
  }

  @Test
  void aFullBucketLeavesNothingInRedis() throws Exception {
    take(ONE, new Rate(5, 10), 10, 10);

    assertThat(number(redis(Request.cmd(Command.PTTL).arg(key)))).isBetween(1L, 2_000L);
    await().atMost(WAIT).until(() -> number(redis(Request.cmd(Command.EXISTS).arg(key))) == 0);
  }

  @Test
  void aClockThatWasSetBackHoldsNobodyLongerThanAnEmptyBucket() throws Exception {
    var farAhead = (System.currentTimeMillis() + 3_600_000) * 1_000;
    redis(Request.cmd(Command.SET).arg(key).arg(farAhead));

    assertThat(take(ONE, new Rate(1, 10), 1, 1))
        .isInstanceOfSatisfying(
            Taken.Refused.class,
            refused -> assertThat(refused.retryAfterMillis()).isBetween(900L, 1_000L));
  }

  @Test
  void aRedisThatForgotTheScriptIsToldItAgain() throws Exception {
    redis(Request.cmd(Command.SCRIPT).arg("FLUSH"));

    assertThat(take(ONE, new Rate(1, 1), 1, 1)).isEqualTo(new Taken.Granted(1));
    assertThat(take(ONE, new Rate(1, 1), 1, 1)).isInstanceOf(Taken.Refused.class);
  }

  @Test
  void aSlowRedisDelaysOneByTheWaitAndTheOthersNotAtAll() throws Exception {
    var wait = Duration.ofSeconds(1);
    var hasty = buckets(wait);
    awaitShared(hasty);
    var rate = new Rate(0.1, 1);
    take(hasty, rate, 1, 1);
    redis(Request.cmd(Command.CLIENT).arg("PAUSE").arg(4_000).arg("ALL"));

    var first = System.nanoTime();
    assertThat(take(hasty, rate, 1, 1)).isEqualTo(new Taken.Open());
    var others = System.nanoTime();
    var all = new ArrayList<Taken>();
    for (var i = 0; i < 100; i++) {
      all.add(take(hasty, rate, 1, 1));
    }
    var end = System.nanoTime();

    assertThat(all).containsOnly(new Taken.Open());
    assertThat(others - first).isGreaterThan(wait.toNanos() / 2);
    assertThat(end - others).as("none of the others waits").isLessThan(wait.toNanos());
    await().atMost(WAIT).until(() -> !(take(hasty, rate, 1, 1) instanceof Taken.Open));
    hasty.close();
  }

  private static SharedBuckets buckets(Duration wait) {
    var buckets = new SharedBuckets(VERTX, TestEngines.redis().url(), wait);
    buckets.open();
    return buckets;
  }

  private static void awaitShared(SharedBuckets buckets) {
    var any = RedisNames.rate("test", UUID.randomUUID().toString());
    await()
        .atMost(WAIT)
        .until(() -> !(get(buckets, any, new Rate(1_000, 1_000), 1, 1) instanceof Taken.Open));
  }

  private Taken take(SharedBuckets buckets, Rate rate, int least, int most) throws Exception {
    return get(buckets, key, rate, least, most);
  }

  private static Taken get(SharedBuckets buckets, String key, Rate rate, int least, int most)
      throws Exception {
    return buckets.take(key, rate, least, most).toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private static @Nullable Response redis(Request request) throws Exception {
    return REDIS.send(request).toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private static long number(@Nullable Response response) {
    return Long.parseLong(String.valueOf(response));
  }
}
