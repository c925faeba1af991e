package dev.parley.identity;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/// How often passwords can be tried. Buckets here fill so slowly that a test sees none of it.
@QuarkusTest
@QuarkusTestResource(Engines.class)
@TestProfile(ThrottleTest.Small.class)
class ThrottleTest {

  private static final String WRONG = "not the password";

  @Inject MeterRegistry meters;
  @Inject Pool pool;

  private final int network = ThreadLocalRandom.current().nextInt(1, 255);
  private final String here = address(1);

  public static class Small implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "parley.identity.logins.pair-burst", "3",
          "parley.identity.logins.pair-every", "PT1H",
          "parley.identity.logins.account-burst", "8",
          "parley.identity.logins.account-every", "PT1H",
          "parley.identity.logins.address-burst", "12",
          "parley.identity.logins.address-every", "PT1H");
    }
  }

  @Test
  void whoTriesOneNameFromOneAddressIsStoppedAndTheOwnerIsNotLockedOut() {
    Somebody ada = registered();
    for (int i = 0; i < 3; i++) {
      login(ada.name(), WRONG, here).then().statusCode(401);
    }

    limited(login(ada.name(), WRONG, here));
    limited(login(ada.name(), ada.password(), here));

    login(ada.name(), ada.password(), address(2)).then().statusCode(200);
  }

  @Test
  void aNameIsTriedNoMoreOftenFromManyAddresses() {
    Somebody ada = registered();
    for (int i = 0; i < 8; i++) {
      login(ada.name(), WRONG, address(10 + i)).then().statusCode(401);
    }

    limited(login(ada.name(), WRONG, address(30)));
    limited(given().contentType(ContentType.JSON).body(body(ada, WRONG)).post("/api/auth/login"));
  }

  @Test
  void anAddressTriesNoMoreNamesThanItMay() {
    for (int i = 0; i < 12; i++) {
      login(Somebody.fresh().name(), WRONG, here).then().statusCode(401);
    }

    limited(login(Somebody.fresh().name(), WRONG, here));
    limited(
        given()
            .header("X-Forwarded-For", here)
            .contentType(ContentType.JSON)
            .body(body(Somebody.fresh(), "correct horse 9 staple"))
            .post("/api/auth/register"));
    login(Somebody.fresh().name(), WRONG, address(2)).then().statusCode(401);
  }

  @Test
  void theRightPasswordTakesNothingAndForgetsOnesOwnTypos() {
    Somebody ada = registered();
    for (int i = 0; i < 15; i++) {
      login(ada.name(), ada.password(), here).then().statusCode(200);
    }
    login(ada.name(), WRONG, here).then().statusCode(401);
    login(ada.name(), WRONG, here).then().statusCode(401);
    login(ada.name(), ada.password(), here).then().statusCode(200);

    for (int i = 0; i < 3; i++) {
      login(ada.name(), WRONG, here).then().statusCode(401);
    }
    limited(login(ada.name(), WRONG, here));
  }

  @Test
  void aNameThatNobodyHasIsThrottledJustAsOneThatSomebodyHas() {
    Somebody ada = registered();
    String nobody = Somebody.fresh().name();
    for (int i = 0; i < 3; i++) {
      assertThat(login(nobody, WRONG, here).asString())
          .isEqualTo(login(ada.name(), WRONG, here).asString());
    }

    double before = hashes();
    Response ofNobody = limited(login(nobody, WRONG, here));
    Response ofAda = limited(login(ada.name(), WRONG, here));

    assertThat(ofNobody.<String>path("detail").replaceAll("[0-9]+", "n"))
        .isEqualTo(ofAda.<String>path("detail").replaceAll("[0-9]+", "n"));
    assertThat(hashes()).isEqualTo(before);
  }

  @Test
  void everyWrongAttemptCostsOneHashWhoeverTheNameBelongsTo() {
    Somebody ada = registered();
    Somebody erased = registered();
    Somebody suspended = registered();
    Somebody withoutPassword = registered();
    set("erased = true", erased);
    set("suspended = true", suspended);
    set("password_hash = null", withoutPassword);

    String wrong = null;
    for (var attempt :
        List.of(
            new Somebody(ada.name(), WRONG),
            Somebody.fresh(),
            new Somebody("No Such Name!", WRONG),
            new Somebody(ada.name(), "x".repeat(300)),
            erased,
            suspended,
            withoutPassword)) {
      double before = hashes();
      Response answer = attempt.login();
      answer.then().statusCode(401).body("code", equalTo("credentials_wrong"));
      assertThat(hashes() - before).as(attempt.name()).isEqualTo(1);
      wrong = wrong == null ? answer.asString() : wrong;
      assertThat(answer.asString()).isEqualTo(wrong);
    }
  }

  @Test
  void guessingTheCurrentPasswordOfAnOpenSessionIsThrottledToo() {
    Somebody ada = Somebody.fresh();
    Response session = ada.register();
    for (int i = 0; i < 3; i++) {
      change(session, WRONG).then().statusCode(401).body("code", equalTo("credentials_wrong"));
    }

    limited(change(session, WRONG));
    limited(change(session, ada.password()));
  }

  @Test
  void metricsTellWhatWasRefused() {
    String metrics = given().get("/q/metrics").asString();

    assertThat(metrics)
        .contains("parley_password_hashes_total")
        .contains("parley_login_throttled_total{scope=\"pair\"}")
        .contains("parley_login_throttled_total{scope=\"address\"}")
        .contains("parley_login_throttled_total{scope=\"account\"}")
        .contains("parley_login_local_total{scope=\"pair\"}");
  }

  private Response change(Response session, String current) {
    return Bearer.as(session)
        .header("X-Forwarded-For", here)
        .contentType(ContentType.JSON)
        .body(Map.of("current", current, "password", "another horse 7 stable"))
        .post("/api/auth/password");
  }

  private static Response limited(Response answer) {
    answer.then().statusCode(429).body("code", equalTo("rate_limited"));
    assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, 3_600);
    return answer;
  }

  private static Response login(String name, String password, String address) {
    return given()
        .header("X-Forwarded-For", address)
        .contentType(ContentType.JSON)
        .body(body(new Somebody(name, password), password))
        .post("/api/auth/login");
  }

  private static Map<String, String> body(Somebody somebody, String password) {
    return Map.of("name", somebody.name(), "password", password);
  }

  private static Somebody registered() {
    Somebody somebody = Somebody.fresh();
    somebody.register().then().statusCode(201);
    return somebody;
  }

  private void set(String what, Somebody somebody) {
    pool.preparedQuery("update identity.person set " + what + " where name = $1")
        .executeAndAwait(Tuple.of(somebody.name()));
  }

  private double hashes() {
    return meters.counter("parley.password.hashes").count();
  }

  /// Of networks for documentation; another one in each run.
  private String address(int host) {
    return "198.18." + network + "." + host;
  }
}
