package dev.parley.command.door;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;

import dev.parley.schemas.id.Ids;
import dev.parley.schemas.personal.Personal;
import dev.parley.schemas.personal.PersonalEntry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a conversation does besides messages, by REST, decided by the real topology.
@QuarkusTest
@QuarkusTestResource(EnginesResource.class)
class CapabilitiesTest {

  @Inject Vertx vertx;

  @Inject
  @ConfigProperty(name = "parley.kafka.bootstrap-servers")
  String bootstrap;

  @Inject
  @ConfigProperty(name = "quarkus.redis.hosts")
  String redisUrl;

  @Inject
  @ConfigProperty(name = "parley.master-key")
  String masterKey;

  @Inject
  @ConfigProperty(name = "test.token-key")
  String tokenKey;

  TestDelivery delivery;
  TestPeople people;
  TestTokens tokens;
  UUID alice;
  UUID bob;

  @BeforeEach
  void start() {
    people = new TestPeople(bootstrap, masterKey);
    delivery = new TestDelivery(vertx, redisUrl, bootstrap);
    tokens = TestTokens.decode(tokenKey);
    alice = people.register("alice");
    bob = people.register("bob");
    await(() -> given().get("/q/health/ready").statusCode() == 200);
  }

  @AfterEach
  void stop() throws InterruptedException {
    delivery.close();
    people.close();
  }

  @Test
  void aConversationIsChangedModeratedAndHandedOver() {
    String group = group();
    UUID message = Ids.uuid7();
    send(
            alice,
            UUID.fromString(group.substring(group.lastIndexOf('/') + 1)),
            Map.of("id", message, "text", "hello"))
        .statusCode(201);

    as(alice).body(Map.of("title", "New")).patch(group).then().statusCode(201);
    as(bob).body(Map.of("title", "Mine")).patch(group).then().statusCode(403);
    String reaction = group + "/messages/" + message + "/reactions/👍";
    as(bob).put(reaction).then().statusCode(201);
    as(bob).put(reaction).then().statusCode(200).body("duplicate", is(true));
    as(bob).delete(reaction).then().statusCode(201);
    as(bob).put(group + "/pins/" + message).then().statusCode(201);
    as(bob).delete(group + "/pins/" + message).then().statusCode(201);

    as(alice)
        .body(Map.of("for_seconds", 3_600))
        .put(group + "/mutes/" + bob)
        .then()
        .statusCode(201);
    as(bob)
        .body(Map.of("id", Ids.uuid7(), "text", "no"))
        .post(group + "/messages")
        .then()
        .statusCode(403)
        .body("code", is("muted"))
        // What is left of the hour: a slow machine takes some of it.
        .header("Retry-After", matchesPattern("3[3-6]\\d\\d"));
    as(alice).delete(group + "/mutes/" + bob).then().statusCode(201);
    as(alice).body(Map.of("user", bob)).put(group + "/owner").then().statusCode(201);
    as(bob).put(group + "/archive").then().statusCode(201);
    as(alice)
        .body(Map.of("id", Ids.uuid7(), "text", "no"))
        .post(group + "/messages")
        .then()
        .statusCode(409)
        .body("code", is("archived"));
    as(bob).delete(group + "/archive").then().statusCode(201);
    as(bob).body(Map.of("reason", "spam")).put(group + "/bans/" + alice).then().statusCode(201);
    as(bob).delete(group + "/bans/" + alice).then().statusCode(201);
  }

  @Test
  void aMessageForLaterWaitsInOnesOwnConversation() {
    UUID message = Ids.uuid7();
    as(alice)
        .body(Map.of("id", message, "text", "later", "at", "2099-01-01T00:00:00Z"))
        .post("/api/conversations/" + Ids.uuid7() + "/scheduled")
        .then()
        .statusCode(422);
    as(alice)
        .body(
            Map.of(
                "id",
                message,
                "text",
                "later",
                "at",
                java.time.Instant.now().plusSeconds(3600).toString()))
        .post("/api/conversations/" + Ids.uuid7() + "/scheduled")
        .then()
        .statusCode(201)
        .body("conversation", is(Ids.selfConversation(alice).toString()));
    as(alice).delete("/api/conversations/scheduled/" + message).then().statusCode(201);
    as(alice).delete("/api/conversations/scheduled/" + message).then().statusCode(404);
  }

  @Test
  void membersKeepWhatOthersMayNot() {
    String mine = "/api/conversations/01920000-0000-7000-8000-000000000002";
    String notMine = "/api/conversations/01920000-0000-7000-8000-000000000003";
    as(alice).body(Map.of("seq", 3)).put(mine + "/read").then().statusCode(204);
    as(alice).body(Map.of("seq", 3)).put(mine + "/delivered").then().statusCode(204);
    as(alice).body(Map.of("pinned", true)).put(mine + "/settings").then().statusCode(204);
    as(alice).body(Map.of("text", "not yet")).put(mine + "/draft").then().statusCode(204);
    as(alice).put(mine + "/hidden/" + Ids.uuid7()).then().statusCode(204);
    as(alice).body(Map.of("seq", 3)).put(notMine + "/read").then().statusCode(404);
    as(alice).body(Map.of("seq", -3)).put(mine + "/read").then().statusCode(422);
  }

  @Test
  void aMarkIsNoFurtherThanTheConversation() {
    UUID mine = UUID.fromString("01920000-0000-7000-8000-000000000002");
    as(alice)
        .body(Map.of("seq", 999_999))
        .put("/api/conversations/" + mine + "/read")
        .then()
        .statusCode(204);
    as(alice)
        .body(Map.of("seq", 5))
        .put("/api/conversations/" + mine + "/delivered")
        .then()
        .statusCode(204);
    try (MarksReader marks = new MarksReader(bootstrap)) {
      marks.await(new PersonalEntry(mine, alice, 0, false, new Personal.Read(7)));
      marks.await(new PersonalEntry(mine, alice, 0, false, new Personal.Delivered(5)));
    }
  }

  @Test
  void aForwardCopiesWhatThePersonMayRead() {
    String group = group();
    Map<String, Object> from =
        Map.of("conversation", "01920000-0000-7000-8000-000000000002", "message_id", Ids.uuid7());
    Map<String, Object> hidden =
        Map.of("conversation", "01920000-0000-7000-8000-000000000003", "message_id", Ids.uuid7());
    as(alice)
        .body(Map.of("id", Ids.uuid7(), "from", from))
        .post(group + "/forwards")
        .then()
        .statusCode(201);
    as(alice)
        .body(Map.of("id", Ids.uuid7(), "from", hidden))
        .post(group + "/forwards")
        .then()
        .statusCode(404)
        .body("code", is("message_not_found"));
  }

  private String group() {
    UUID group = Ids.uuid7();
    create(
            alice,
            Map.of("conversation", group, "kind", "group", "title", "Us", "members", List.of(bob)))
        .statusCode(201)
        .body("seq", equalTo(1));
    return "/api/conversations/" + group;
  }

  private ValidatableResponse create(UUID user, Map<String, Object> body) {
    return as(user).body(body).post("/api/conversations").then();
  }

  private ValidatableResponse send(UUID user, UUID conversation, Map<String, Object> body) {
    return as(user).body(body).post("/api/conversations/" + conversation + "/messages").then();
  }

  private RequestSpecification as(UUID user) {
    return given()
        .contentType(ContentType.JSON)
        .header("authorization", "Bearer " + tokens.of(user));
  }

  private static void await(java.util.function.BooleanSupplier condition) {
    Awaiting.atMost(Duration.ofSeconds(60), condition);
  }
}
