package dev.parley.identity.erasure;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import dev.parley.identity.Engines;
import dev.parley.identity.IdentityConfig;
import dev.parley.identity.RawTopic;
import dev.parley.identity.Somebody;
import dev.parley.identity.outbox.Outbox;
import dev.parley.identity.outbox.OutboxRelay;
import dev.parley.log.UserTable;
import dev.parley.schemas.content.ContentKey;
import dev.parley.schemas.content.KeyLookup;
import dev.parley.schemas.content.MasterKey;
import dev.parley.schemas.topic.Topics;
import dev.parley.schemas.user.UserCodec;
import dev.parley.schemas.user.UserProfile;
import dev.parley.stack.test.TestEngines;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Transaction;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A person is erased on real engines, whose topic of people closes its segments after a second.
@QuarkusTest
@QuarkusTestResource(Engines.class)
@TestProfile(ErasureTest.OftenLooking.class)
class ErasureTest {

  public static final class OftenLooking implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("parley.identity.erasure.check-interval", "PT1S");
    }
  }

  private static final Map<String, String> QUICK =
      Map.of(
          "segment.ms",
          "1000",
          "max.compaction.lag.ms",
          "1000",
          "min.cleanable.dirty.ratio",
          "0.01");

  /// The broker looks for something to clean every 15 s.
  private static final long CLEAN_NANOS = TimeUnit.SECONDS.toNanos(120);

  @Inject Pool pool;
  @Inject Outbox outbox;
  @Inject IdentityConfig config;

  @Test
  void afterAnErasureNeitherTheLogNorTheDatabaseKnowsThePersonAnyMore() throws Exception {
    Somebody ada = Somebody.fresh();
    Response first = ada.register();
    String id = first.path("user.id");
    ada.login().then().statusCode(200);
    String displayName = "Ada " + UUID.randomUUID();
    rename(first, displayName);
    Row before = row(id);
    byte[] wrapped = before.getBuffer("wrapped_key").getBytes();
    RawTopic.configure(Topics.USERS, QUICK);
    awaitInTheLog(displayName);

    // Two more instances look after erasures as well.
    List<LogWatch> others = List.of(another(), another());
    Response receipt = erase(first, ada.password());

    receipt
        .then()
        .statusCode(202)
        .body("user", equalTo(id))
        .body("key_id", equalTo(before.getString("key_id")))
        .body("key_destroyed_at", notNullValue())
        .body("sessions_ended", equalTo(2))
        .body("log.clean", equalTo(false));
    awaitClean(receipt.path("receipt"));
    for (LogWatch other : others) {
      other.stop(new ShutdownEvent());
    }

    for (byte[] trace : List.of(utf8(ada.name()), utf8(displayName), wrapped)) {
      assertThat(RawTopic.holding(Topics.USERS, trace)).isZero();
      assertThat(columnsHolding(trace)).isEmpty();
    }
    assertThat(RawTopic.holding(Topics.USERS, utf8(id))).isPositive();
    try (UserTable users =
        new UserTable(
            TestEngines.kafka().bootstrapServers(), MasterKey.ofBase64(Engines.MASTER_KEY))) {
      users.start();
      assertThat(users.awaitLoaded(Duration.ofSeconds(20))).isTrue();
      assertThat(users.keyOf(UUID.fromString(id))).isInstanceOf(KeyLookup.Erased.class);
      assertThat(users.profile(UUID.fromString(id))).returns(true, UserProfile::erased);
    }
    erase(first, ada.password()).then().statusCode(401);
    ada.login().then().statusCode(401);
    Somebody.refresh(first.path("refresh_token")).then().statusCode(401);
    // The name is free again.
    ada.register().then().statusCode(201);
  }

  @Test
  void aWrongPasswordErasesNobody() {
    Somebody ada = Somebody.fresh();
    Response first = ada.register();

    erase(first, "not the password").then().statusCode(401);
    erase(first, null).then().statusCode(401);

    given()
        .auth()
        .oauth2(first.path("access_token"))
        .get("/api/users/me")
        .then()
        .statusCode(200)
        .body("name", equalTo(ada.name()));
  }

  @Test
  void whatStillWaitedToBePublishedGoesWithThePerson() {
    Somebody ada = Somebody.fresh();
    Response first = ada.register();
    UUID id = UUID.fromString(first.path("user.id"));
    byte[] old =
        UserCodec.encode(
            new UserProfile(
                id,
                1,
                ada.name(),
                "Waiting " + id,
                0,
                MasterKey.ofBase64(Engines.MASTER_KEY).wrap(id, ContentKey.random()),
                false,
                false));
    SqlConnection relaysTurn = pool.getConnectionAndAwait();
    try {
      // As long as somebody else has its lock, the relay publishes nothing.
      Transaction turn = relaysTurn.beginAndAwait();
      relaysTurn
          .preparedQuery("select pg_advisory_xact_lock($1)")
          .executeAndAwait(Tuple.of(OutboxRelay.LOCK));
      pool.preparedQuery(
              "insert into identity.outbox (person_id, topic, record_key, record, written_at_ms) values ($1, $2, $3, $4, 0)")
          .executeAndAwait(Tuple.of(id, Topics.USERS, id.toString(), Buffer.buffer(old)));

      erase(first, ada.password()).then().statusCode(202);

      turn.rollbackAndAwait();
    } finally {
      relaysTurn.closeAndAwait();
    }
    awaitErasedInTheLog(id);
    assertThat(RawTopic.holding(Topics.USERS, utf8("Waiting " + id))).isZero();
  }

  @Test
  void aReceiptIsKnownByItsNumberAndAnErasureIsDoneOnce() {
    Somebody ada = Somebody.fresh();
    Response receipt = erase(ada.register(), ada.password());

    String number = receipt.path("receipt");

    given()
        .queryParam("receipt", number)
        .get("/api/users/me/erasure")
        .then()
        .body("user", equalTo(receipt.path("user")));
    given().get("/api/users/me/erasure").then().statusCode(404);
    given()
        .queryParam("receipt", UUID.randomUUID())
        .get("/api/users/me/erasure")
        .then()
        .statusCode(404);
  }

  private LogWatch another() {
    LogWatch watch = new LogWatch(pool, outbox, InstantSource.system(), config);
    watch.start(new StartupEvent());
    return watch;
  }

  private static Response erase(Response signedIn, @Nullable String password) {
    return given()
        .auth()
        .oauth2(signedIn.path("access_token"))
        .contentType(ContentType.JSON)
        .body(password == null ? Map.of() : Map.of("password", password))
        .delete("/api/users/me");
  }

  private static void rename(Response signedIn, String displayName) {
    given()
        .auth()
        .oauth2(signedIn.path("access_token"))
        .contentType(ContentType.JSON)
        .body(Map.of("display_name", displayName))
        .patch("/api/users/me")
        .then()
        .statusCode(200);
  }

  private Row row(String person) {
    return pool.preparedQuery("select key_id, wrapped_key from identity.person where id = $1")
        .executeAndAwait(Tuple.of(UUID.fromString(person)))
        .iterator()
        .next();
  }

  private static void awaitInTheLog(String text) {
    long deadline = System.nanoTime() + CLEAN_NANOS;
    while (RawTopic.holding(Topics.USERS, utf8(text)) == 0 && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertThat(RawTopic.holding(Topics.USERS, utf8(text))).isPositive();
  }

  private static void awaitErasedInTheLog(UUID person) {
    try (UserTable users =
        new UserTable(
            TestEngines.kafka().bootstrapServers(), MasterKey.ofBase64(Engines.MASTER_KEY))) {
      users.start();
      long deadline = System.nanoTime() + CLEAN_NANOS;
      while (!(users.keyOf(person) instanceof KeyLookup.Erased) && System.nanoTime() < deadline) {
        Thread.onSpinWait();
      }
      assertThat(users.keyOf(person)).isInstanceOf(KeyLookup.Erased.class);
    }
  }

  private static void awaitClean(String receipt) {
    long deadline = System.nanoTime() + CLEAN_NANOS;
    Response answer;
    do {
      answer = given().queryParam("receipt", receipt).get("/api/users/me/erasure");
    } while (!answer.<Boolean>path("log.clean") && System.nanoTime() < deadline);
    answer.then().statusCode(200).body("log.clean_at", notNullValue());
  }

  /// Columns of the schema in which these bytes occur, as text or as they are.
  private List<String> columnsHolding(byte[] wanted) {
    String hex = HexFormat.of().formatHex(wanted);
    List<String> holding = new ArrayList<>();
    for (Row column :
        pool.query(
                "select table_name, column_name from information_schema.columns where table_schema = 'identity'")
            .executeAndAwait()) {
      String table = column.getString("table_name");
      String name = column.getString("column_name");
      // Text as it is, bytes in hexadecimal: any type has a text.
      String sql =
          "select 1 from identity.%s where position($1 in \"%s\"::text) > 0 or position($2 in encode(convert_to(\"%s\"::text, 'UTF8'), 'hex')) > 0"
              .formatted(table, name, name);
      if (pool.preparedQuery(sql).executeAndAwait(Tuple.of(hex, hex)).size() > 0) {
        holding.add(table + "." + name);
      }
    }
    return holding;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
