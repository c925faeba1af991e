package dev.parley.identity.signing;

import static dev.parley.identity.Bearer.as;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.parley.identity.Engines;
import dev.parley.identity.IdentityConfig;
import dev.parley.identity.Somebody;
import dev.parley.schemas.content.MasterKey;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Keys over months, by a clock of the test; instances look for news by command here.
@QuarkusTest
@QuarkusTestResource(Engines.class)
@TestProfile(RotationTest.Often.class)
class RotationTest {

  private static final Duration AT_MOST = Duration.ofSeconds(20);
  private static final Duration AHEAD = Duration.ofMinutes(10);

  @Inject Pool pool;
  @Inject IdentityConfig config;
  @Inject AccessTokens tokens;
  @Inject SigningKeys running;

  private Instant now = Instant.now();
  private final InstantSource clock = () -> now;

  public static final class Often implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("parley.identity.signing.reload-interval", "PT0.2S");
    }
  }

  @BeforeEach
  @AfterEach
  void oneKeyOfNow() {
    pool.query(
            "delete from identity.signing_key where id <>"
                + " (select id from identity.signing_key order by created_at_ms, id limit 1)")
        .executeAndAwait();
    pool.query(
            "update identity.signing_key set created_at_ms = extract(epoch from now()) * 1000 - 1000,"
                + " signs_from_ms = extract(epoch from now()) * 1000 - 1000")
        .executeAndAwait();
    // One key may also be the one of before, which another instance has deleted.
    String left =
        pool.query("select id from identity.signing_key")
            .executeAndAwait()
            .iterator()
            .next()
            .getString("id");
    await(() -> running.all().stream().map(SigningKey::id).toList().equals(List.of(left)));
  }

  @Test
  void aKeyIsPublishedAheadThenSignsAndTheOldOneGoesWithItsLastToken() {
    SigningKeys keys = instance();
    String old = keys.current().id();

    pass(keys, Duration.ofDays(30).minus(AHEAD).plusSeconds(5));
    assertThat(keys.all()).hasSize(2);
    String next = keys.all().getFirst().id();
    assertThat(keys.current().id()).isEqualTo(old);
    assertThat(keys.byId(next)).isNotNull();

    pass(keys, AHEAD.plusSeconds(5));
    assertThat(keys.current().id()).isEqualTo(next);
    assertThat(keys.byId(old)).isNotNull();

    // The last token of the old key was a guest's, for 24 hours.
    pass(keys, Duration.ofHours(24));
    assertThat(keys.byId(old)).isNotNull();
    pass(keys, Duration.ofMinutes(2));
    assertThat(keys.byId(old)).isNull();
    assertThat(keys.all()).hasSize(1);
  }

  @Test
  void instancesThatSeeItIsTimeAtOnceMakeOneKey() throws InterruptedException {
    List<SigningKeys> instances = List.of(instance(), instance(), instance(), instance());
    now = now.plus(Duration.ofDays(30));

    List<Thread> threads = new ArrayList<>();
    for (SigningKeys keys : instances) {
      threads.add(Thread.startVirtualThread(() -> keys.tend().await().atMost(AT_MOST)));
    }
    for (Thread thread : threads) {
      thread.join();
    }

    for (SigningKeys keys : instances) {
      keys.tend().await().atMost(AT_MOST);
      assertThat(keys.all()).hasSize(2).isEqualTo(instances.getFirst().all());
    }
  }

  @Test
  void byCommandANewKeySignsWithinSecondsAndTokensOfTheOldOneStayGood() {
    var ada = Somebody.fresh().register();
    String old = running.current().id();

    String made = rotated(ada, "now");

    assertThat(given().get("/.well-known/jwks.json").<List<String>>path("keys.kid"))
        .containsExactlyInAnyOrder(old, made);
    await(() -> running.current().id().equals(made));
    var later = Somebody.fresh().register();
    as(later).get("/api/users/me").then().statusCode(200);
    as(ada).get("/api/users/me").then().statusCode(200);
  }

  @Test
  void aTokenOfAKeyThatIsGoneIsNoGood() {
    var ada = Somebody.fresh().register();
    as(ada).get("/api/users/me").then().statusCode(200);
    String old = running.current().id();
    running.rotate(Duration.ZERO).await().atMost(AT_MOST);
    pool.query("update identity.signing_key set signs_from_ms = signs_from_ms - 86400000 - 120000")
        .executeAndAwait();

    await(() -> running.byId(old) == null);

    as(ada).get("/api/users/me").then().statusCode(401);
  }

  @Test
  void aKeyThatSomebodyMayHaveIsDiscardedAndItsTokensWithIt() {
    var ada = Somebody.fresh().register();
    as(ada).get("/api/users/me").then().statusCode(200);
    String old = running.current().id();

    String made = rotated(ada, "discard");

    assertThat(running.current().id()).isEqualTo(made).isNotEqualTo(old);
    assertThat(given().get("/.well-known/jwks.json").<List<String>>path("keys.kid"))
        .containsExactly(made);
    as(ada).get("/api/users/me").then().statusCode(401);
    as(Somebody.fresh().register()).get("/api/users/me").then().statusCode(200);
    var acts =
        pool.query("select detail from identity.audit where action = 'signing_keys_rotated'")
            .executeAndAwait();
    assertThat(acts)
        .anySatisfy(row -> assertThat(row.getString("detail")).contains(made, "discard=true"));
  }

  @Test
  void nobodyElseRotatesThem() {
    var ada = Somebody.fresh().register();

    as(ada)
        .urlEncodingEnabled(false)
        .contentType(ContentType.JSON)
        .body("{}")
        .post("/api/admin/signing-keys:rotate")
        .then()
        .statusCode(403);
    given()
        .urlEncodingEnabled(false)
        .contentType(ContentType.JSON)
        .body("{}")
        .post("/api/admin/signing-keys:rotate")
        .then()
        .statusCode(401)
        .body("code", equalTo("unauthenticated"));
    assertThat(running.all()).hasSize(1);
  }

  /// By the admin's command.
  private String rotated(Response admin, String how) {
    var id = UUID.fromString(admin.path("user.id"));
    return given()
        .auth()
        .oauth2(tokens.issue(id, UUID.randomUUID(), true).value())
        .urlEncodingEnabled(false)
        .contentType(ContentType.JSON)
        .body(Map.of(how, true))
        .post("/api/admin/signing-keys:rotate")
        .then()
        .statusCode(200)
        .extract()
        .path("id");
  }

  private void pass(SigningKeys keys, Duration time) {
    now = now.plus(time);
    keys.tend().await().atMost(AT_MOST);
  }

  private SigningKeys instance() {
    return new SigningKeys(
        new KeyStore(pool, MasterKey.ofBase64(Engines.MASTER_KEY)), clock, config);
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - deadline).as("within the bound").isNegative();
      Thread.onSpinWait();
    }
  }
}
