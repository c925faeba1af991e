package dev.parley.identity;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import dev.parley.rates.Rate;
import dev.parley.rates.SharedBuckets;
import dev.parley.rates.Taken;
import dev.parley.schemas.redis.RedisNames;
import dev.parley.stack.test.TestEngines;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// The buckets that all doors share, as another node has emptied them.
@QuarkusTest
@QuarkusTestResource(Engines.class)
class RatesTest {

  private static final long BOUND_NANOS = TimeUnit.SECONDS.toNanos(20);

  @Inject Vertx vertx;

  private final String address = "198.51.100." + ThreadLocalRandom.current().nextInt(1, 255);

  @Test
  void whoHasNoTokensIsToldWhenToComeAgainAndIsLetInThen() throws Exception {
    var ada = Somebody.fresh().register();
    var other = Somebody.fresh().register();
    var bucket = RedisNames.rate("person", ada.path("user.id"));
    as(ada).get("/api/users/me").then().statusCode(200);
    empty(bucket);

    limited(as(ada).get("/api/users/me"));
    limited(as(ada).get("/api/users/nowhere"));
    limited(as(ada).urlEncodingEnabled(false).get("/api;a=b/users/me"));
    limited(as(ada).urlEncodingEnabled(false).get("//api/users/me"));
    limited(as(ada).body(Map.of("display_name", "x")).patch("/api/users/me"));
    as(other).get("/api/users/me").then().statusCode(200);

    delete(bucket);
    as(ada).get("/api/users/me").then().statusCode(200);
  }

  @Test
  void whatNamesNobodyCountsForItsAddressAndNobodyElseIsHeldBackByIt() throws Exception {
    var bucket = RedisNames.rate("address", address);
    var ada = Somebody.fresh().register();
    empty(bucket);

    limited(from(address).post("/api/auth/guest"));
    limited(from(address).get("/api/users/me"));
    limited(from(address).auth().oauth2("no token").get("/api/users/me"));
    from(address)
        .auth()
        .oauth2(ada.path("access_token"))
        .get("/api/users/me")
        .then()
        .statusCode(200);
    from("203.0.113.1").post("/api/auth/guest").then().statusCode(201);
    given().post("/api/auth/guest").then().statusCode(201);

    delete(bucket);
    from(address).post("/api/auth/guest").then().statusCode(201);
  }

  @Test
  void whatServicesAskEachOtherIsFree() throws Exception {
    empty(RedisNames.rate("address", address));

    from(address).get("/q/health/live").then().statusCode(200);
    from(address).get("/.well-known/jwks.json").then().statusCode(200);
    from(address)
        .urlEncodingEnabled(false)
        .header("Parley-Operator", Engines.OPERATOR_SECRET)
        .contentType("application/json")
        .body(
            Map.of(
                "people",
                new Object[] {
                  Map.of(
                      "id",
                      UUID.randomUUID().toString(),
                      "name",
                      "rate-" + UUID.randomUUID().toString().substring(0, 8),
                      "display_name",
                      "R")
                }))
        .post("/internal/people:import")
        .then()
        .statusCode(200);
  }

  @Test
  void aBodyIsStillReadAfterTheBucketWasAsked() {
    var nobody = Map.of("name", "nobody-" + UUID.randomUUID(), "password", "not the one");

    from(address)
        .contentType("application/json")
        .body(nobody)
        .post("/api/auth/login")
        .then()
        .statusCode(401)
        .body("code", equalTo("credentials_wrong"));
  }

  @Test
  void metricsTellWhatWasRefusedAndWhatPassedWithoutRedis() {
    var metrics = given().get("/q/metrics").asString();

    assertThat(metrics)
        .contains("parley_rate_limit_open_total{scope=\"person\"}")
        .contains("parley_rate_limit_open_total{scope=\"address\"}")
        .contains("parley_rate_limit_refused_total{scope=\"address\"}");
  }

  private static void limited(Response answer) {
    answer
        .then()
        .statusCode(429)
        .contentType(startsWith("application/problem+json"))
        .header("Retry-After", equalTo("1"))
        .body("code", equalTo("rate_limited"))
        .body("temporary", equalTo(true));
  }

  private static RequestSpecification as(Response person) {
    return given().auth().oauth2(person.path("access_token")).contentType("application/json");
  }

  private static RequestSpecification from(String address) {
    return given().header("X-Forwarded-For", address);
  }

  /// By somebody whose buckets fill so slowly that it stays empty for the service.
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
