package dev.parley.command.door;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import dev.parley.schemas.id.Ids;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/// The door when outcomes do not arrive (nobody delivers here) and when its limits are reached.
@QuarkusTest
@QuarkusTestResource(EnginesResource.class)
@TestProfile(DoorLimitsTest.NarrowDoor.class)
class DoorLimitsTest {

  /// Room for one waiting command, and little patience.
  public static final class NarrowDoor implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "parley.door.pending-max", "1",
          "parley.door.answer-timeout", "3s",
          "parley.door.key-wait", "200ms",
          "parley.door.retry-after-seconds", "2");
    }
  }

  @Inject
  @ConfigProperty(name = "parley.kafka.bootstrap-servers")
  String bootstrap;

  @Inject
  @ConfigProperty(name = "parley.master-key")
  String masterKey;

  @Inject
  @ConfigProperty(name = "test.token-key")
  String tokenKey;

  @Test
  void commandIsAcceptedWithoutItsOutcomeAndTheNextOneIsToldToWait() {
    ready();
    UUID alice;
    try (TestPeople people = new TestPeople(bootstrap, masterKey)) {
      alice = people.register("alice");
    }
    UUID channel = Ids.uuid7();
    CompletableFuture<Response> first = CompletableFuture.supplyAsync(() -> create(alice, channel));
    Response refused = create(alice, Ids.uuid7());
    Response accepted = first.join();
    Response later = refused.statusCode() == 503 ? refused : accepted;
    Response stored = refused.statusCode() == 503 ? accepted : refused;

    later
        .then()
        .statusCode(503)
        .header("retry-after", "2")
        .contentType("application/problem+json")
        .body("code", is("overloaded"))
        .body("temporary", is(true));
    stored.then().statusCode(202).contentType("application/json");
    assertThat(stored.<String>path("seq")).isNull();
    assertThat(stored.<String>path("id")).isNotNull();
  }

  @Test
  void whoHasNotArrivedHereYetIsToldToComeAgain() {
    ready();
    as(Ids.uuid7())
        .body(Map.of("id", Ids.uuid7(), "text", "hello"))
        .post("/api/conversations/" + Ids.uuid7() + "/messages")
        .then()
        .statusCode(503)
        .header("retry-after", "2")
        .body("code", is("unavailable"));
  }

  private static void ready() {
    Awaiting.atMost(
        Duration.ofSeconds(60), () -> given().get("/q/health/ready").statusCode() == 200);
  }

  private Response create(UUID user, UUID channel) {
    return as(user)
        .body(Map.of("conversation", channel, "kind", "channel", "title", "Open"))
        .post("/api/conversations");
  }

  private io.restassured.specification.RequestSpecification as(UUID user) {
    return given()
        .contentType(ContentType.JSON)
        .header("authorization", "Bearer " + TestTokens.decode(tokenKey).of(user));
  }
}
