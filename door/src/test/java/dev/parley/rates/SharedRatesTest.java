package dev.parley.rates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.stack.engine.RedisEngine;
import dev.parley.stack.process.Ports;
import dev.parley.stack.process.Starter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class SharedRatesTest {

  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final Duration WAIT = Duration.ofSeconds(2);
  private static final int CONVERTER_PRIORITY = 200;

  private final Vertx vertx = Vertx.vertx();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @AfterEach
  void close() {
    vertx.close();
  }

  @Test
  void ratesAreOpenAndCountedWhileRedisIsAwayAndHoldAgainOnceItIsBack(@TempDir Path folder)
      throws Exception {
    var engine = new RedisEngine(Ports.free(), folder.resolve("data"), folder.resolve("log"));
    var redis = Starter.startAndWait(engine);
    var rates = rates(engine.url(), Map.of());
    var person = UUID.randomUUID();
    await().atMost(BOUND).until(() -> !(ask(rates, UUID.randomUUID()) instanceof Taken.Open));
    var before = open("person");
    assertThat(ask(rates, person)).isEqualTo(new Taken.Granted(1));
    assertThat(ask(rates, person)).isEqualTo(new Taken.Granted(1));
    assertThat(ask(rates, person)).isInstanceOf(Taken.Refused.class);
    assertThat(open("person")).isEqualTo(before);

    redis.kill();
    await().atMost(BOUND).until(() -> ask(rates, person) instanceof Taken.Open);
    var from = System.nanoTime();
    for (var i = 0; i < 100; i++) {
      assertThat(ask(rates, person)).isEqualTo(new Taken.Open());
    }
    assertThat(System.nanoTime() - from).as("no wait for Redis").isLessThan(WAIT.toNanos());
    assertThat(open("person")).isGreaterThanOrEqualTo(before + 101);

    var again = Starter.startAndWait(engine);
    await().atMost(BOUND).until(() -> ask(rates, person) instanceof Taken.Refused);
    rates.stop(new ShutdownEvent());
    again.kill();
  }

  @Test
  void anAddressHasABucketOfItsOwnAndThatOfThisMachineHasNone(@TempDir Path folder)
      throws Exception {
    var engine = new RedisEngine(Ports.free(), folder.resolve("data"), folder.resolve("log"));
    var redis = Starter.startAndWait(engine);
    var rates = rates(engine.url(), Map.of());
    await().atMost(BOUND).until(() -> !(ask(rates, UUID.randomUUID()) instanceof Taken.Open));

    for (var i = 0; i < 10; i++) {
      assertThat(ofAddress(rates, "127.0.0.1", List.of())).isEqualTo(new Taken.Granted(1));
    }
    ofAddress(rates, "127.0.0.1", List.of("192.0.2.7"));
    assertThat(ofAddress(rates, "192.0.2.7", List.of())).isInstanceOf(Taken.Refused.class);
    assertThat(ofAddress(rates, "192.0.2.8", List.of())).isEqualTo(new Taken.Granted(1));
    assertThat(meters.get("parley.rate.limit.refused").tag("scope", "address").counter().count())
        .isEqualTo(1);
    rates.stop(new ShutdownEvent());
    redis.kill();
  }

  private SharedRates rates(String redis, Map<String, String> changed) {
    var config =
        new SmallRyeConfigBuilder()
            .withConverter(Duration.class, CONVERTER_PRIORITY, new DurationConverter())
            .withMapping(RatesConfig.class)
            .withDefaultValues(
                Map.of(
                    "parley.rates.person-per-second", "1",
                    "parley.rates.person-burst", "2",
                    "parley.rates.address-per-second", "1",
                    "parley.rates.address-burst", "1",
                    "parley.rates.redis-wait", WAIT.toSeconds() + "s"))
            .withDefaultValues(changed)
            .build()
            .getConfigMapping(RatesConfig.class);
    var rates = new SharedRates(config, vertx, meters, Optional.of(redis));
    rates.start(new StartupEvent());
    return rates;
  }

  private double open(String scope) {
    return meters.get("parley.rate.limit.open").tag("scope", scope).counter().count();
  }

  private static Taken ask(SharedRates rates, UUID person) throws Exception {
    return rates.takeOfPerson(person, 1, 1).toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private static Taken ofAddress(SharedRates rates, String remote, List<String> forwardedFor)
      throws Exception {
    return rates
        .takeOfAddress(remote, forwardedFor)
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
  }
}
