package dev.parley.identity;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.parley.stack.process.Ports;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// While Redis is away people log in and are throttled.
@QuarkusTest
@QuarkusTestResource(Engines.class)
@TestProfile(RedisAwayTest.NobodyThere.class)
class RedisAwayTest {

  @Inject MeterRegistry meters;

  public static final class NobodyThere implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> all = new HashMap<>(new ThrottleTest.Small().getConfigOverrides());
      all.put("quarkus.redis.hosts", "redis://127.0.0.1:" + Ports.free());
      all.put("parley.identity.cookies.secure", "false");
      return all;
    }
  }

  @Test
  void attemptsAreCountedHere() {
    Somebody ada = Somebody.fresh();
    ada.register().then().statusCode(201);
    for (int i = 0; i < 3; i++) {
      login(ada.name(), "not the password").then().statusCode(401);
    }

    Response answer = login(ada.name(), "not the password");

    answer.then().statusCode(429).body("code", equalTo("rate_limited"));
    assertThat(meters.counter("parley.login.local", "scope", "pair").count()).isPositive();
    ada.login().then().statusCode(200);
  }

  @Test
  void ticketsCannotBeHad() {
    Response ada = Somebody.fresh().register();

    Bearer.as(ada)
        .post("/api/auth/ws-ticket")
        .then()
        .statusCode(503)
        .body("code", equalTo("unavailable"));
  }

  @Test
  void cookiesForPlainHttpAreNotSecure() {
    Somebody ada = Somebody.fresh();
    ada.register();

    assertThat(ada.loginWithCookies().headers().getValues("Set-Cookie"))
        .hasSize(2)
        .noneMatch(value -> value.contains("Secure"))
        .allMatch(value -> value.contains("HttpOnly") && value.contains("SameSite=Strict"));
  }

  private static Response login(String name, String password) {
    return given()
        .header("X-Forwarded-For", "198.18.0.7")
        .contentType(ContentType.JSON)
        .body(Map.of("name", name, "password", password))
        .post("/api/auth/login");
  }
}
