package dev.parley.identity.outbox;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.identity.Engines;
import dev.parley.identity.IdentityConfig;
import dev.parley.identity.Somebody;
import dev.parley.log.UserTable;
import dev.parley.schemas.content.KeyLookup;
import dev.parley.schemas.content.MasterKey;
import dev.parley.schemas.topic.Topics;
import dev.parley.schemas.user.UserCodec;
import dev.parley.stack.test.TestEngines;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;

/// The poll of the outbox is set to 30 s here: what arrives sooner was woken.
@QuarkusTest
@QuarkusTestResource(Engines.class)
class OutboxTest {

  @Inject Pool pool;
  @Inject IdentityConfig config;

  @Test
  void whoRegistersIsInTheLogAtOnce() throws Exception {
    try (UserTable users =
        new UserTable(
            TestEngines.kafka().bootstrapServers(), MasterKey.ofBase64(Engines.MASTER_KEY))) {
      users.start();
      Somebody.fresh().register();
      assertThat(users.awaitLoaded(Duration.ofSeconds(20))).isTrue();
      List<Long> waits = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        UUID ada = UUID.fromString(Somebody.fresh().register().path("user.id"));
        long answered = System.nanoTime();
        KeyLookup key = users.awaitKey(ada, Duration.ofSeconds(10)).toCompletableFuture().get();
        waits.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - answered));
        assertThat(key).isInstanceOf(KeyLookup.Known.class);
      }
      System.out.println("key known after the answer, milliseconds: " + waits);
    }
  }

  @Test
  void recordsOfAPersonLeaveInTheirOrderThoughTwoInstancesPublish() {
    OutboxRelay second = new OutboxRelay(pool, config);
    second.start(new StartupEvent());
    try {
      Response ada = Somebody.fresh().register();
      int renames = 40;
      for (int i = 0; i < renames; i++) {
        given()
            .auth()
            .oauth2(ada.path("access_token"))
            .contentType(ContentType.JSON)
            .body(Map.of("display_name", "Ada " + i))
            .patch("/api/users/me")
            .then()
            .statusCode(200);
        second.wake();
      }

      List<Long> versions = versionsInTheLog(ada.path("user.id"), renames + 1);

      assertThat(versions).isSorted().endsWith(renames + 1L);
      assertThat(versions.stream().distinct().count()).isEqualTo(renames + 1L);
    } finally {
      try {
        second.stop(new ShutdownEvent());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Test
  void nothingStaysBehindInTheOutbox() {
    String person = Somebody.fresh().register().path("user.id");

    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (waiting(person) > 0 && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }

    assertThat(waiting(person)).isZero();
    given().get("/q/health/ready").then().statusCode(200);
  }

  private int waiting(String person) {
    return pool.preparedQuery("select 1 from identity.outbox where person_id = $1")
        .executeAndAwait(Tuple.of(UUID.fromString(person)))
        .size();
  }

  private static List<Long> versionsInTheLog(String person, int expected) {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", TestEngines.kafka().bootstrapServers());
    properties.put("auto.offset.reset", "earliest");
    List<Long> versions = new ArrayList<>();
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.USERS).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (!versions.contains((long) expected) && System.nanoTime() < deadline) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          if (record.key().equals(person)) {
            versions.add(UserCodec.decode(record.value()).version());
          }
        }
      }
    }
    return versions;
  }
}
