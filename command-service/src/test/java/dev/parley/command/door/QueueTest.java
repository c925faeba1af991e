package dev.parley.command.door;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import dev.parley.schemas.content.Body;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.personal.Personal;
import dev.parley.schemas.personal.PersonalEntry;
import dev.parley.schemas.personal.ReportReason;
import dev.parley.schemas.personal.Settlement;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
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

/// Admins, blocks, the content filter and the moderators' queue, by REST.
@QuarkusTest
@QuarkusTestResource(EnginesResource.class)
class QueueTest {

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
  void anAdminModeratesByTheTokenAndNotByWhatTheBodySays() {
    UUID group = group('2');
    String path = "/api/conversations/" + group;
    UUID stranger = people.register("stranger");
    Map<String, Object> title = Map.of("title", "New", "admin", true);
    as(stranger).body(title).patch(path).then().statusCode(404);
    with(tokens.ofAdmin(stranger, "read write")).body(title).patch(path).then().statusCode(404);
    with(tokens.ofAdmin(stranger, "write admin")).body(title).patch(path).then().statusCode(201);
    with(tokens.ofAdmin(stranger, null)).delete(path + "/members/" + bob).then().statusCode(201);
    with(tokens.ofAdmin(stranger, null))
        .body(Map.of("id", Ids.uuid7(), "text", "hello"))
        .post(path + "/messages")
        .then()
        .statusCode(404);
  }

  @Test
  void whoIsBlockedReachesNobody() {
    UUID carla = people.register("carla", List.of(alice));
    Map<String, Object> direct = Map.of("kind", "direct", "members", List.of(carla));
    await(() -> as(alice).body(direct).post("/api/conversations").statusCode() == 403);
    as(alice).body(direct).post("/api/conversations").then().body("code", is("blocked"));
    String path = "/api/conversations/" + Ids.directConversation(alice, carla);
    as(carla).body(Map.of("kind", "direct", "members", List.of(alice))).post("/api/conversations");
    as(alice)
        .body(Map.of("id", Ids.uuid7(), "text", "hello"))
        .post(path + "/messages")
        .then()
        .statusCode(403)
        .body("code", is("blocked"));
    as(alice)
        .put("/api/conversations/" + group('2') + "/members/" + carla)
        .then()
        .statusCode(403)
        .body("code", is("blocked"));
    as(carla)
        .body(Map.of("id", Ids.uuid7(), "text", "hello"))
        .post(path + "/messages")
        .then()
        .statusCode(201);
  }

  @Test
  void whatTheFilterHoldsIsKeptSealedAndNotSent() {
    UUID group = group('2');
    UUID message = Ids.uuid7();
    Map<String, Object> held = Map.of("id", message, "text", "a ForbiddenWord!");
    String path = "/api/conversations/" + group;
    as(alice).body(held).post(path + "/messages").then().statusCode(403).body("code", is("held"));
    as(alice)
        .body(Map.of("text", "forbiddenword"))
        .patch(path + "/messages/" + message)
        .then()
        .statusCode(403)
        .body("code", is("rejected_by_filter"));
    try (MarksReader marks = new MarksReader(bootstrap)) {
      marks.await(entry ->
          entry.user().equals(alice)
              && entry.conversation().equals(group)
              && entry.value() instanceof Personal.Held(var id, var send, var reason)
              && id.equals(message)
              && send.body() instanceof Body.Sealed
              && reason.equals("words"));
    }
    as(alice)
        .body(Map.of("id", message, "text", "fine"))
        .post(path + "/messages")
        .then()
        .statusCode(201);
  }

  @Test
  void aStrangerFillsNobodysQueue() {
    UUID message = Ids.uuid7();
    UUID notMine = ending(Ids.uuid7(), '3');
    as(alice)
        .body(Map.of("id", message, "text", "forbiddenword"))
        .post("/api/conversations/" + notMine + "/messages")
        .then()
        .statusCode(404);
    try (MarksReader marks = new MarksReader(bootstrap)) {
      as(alice)
          .body(Map.of("reason", "spam"))
          .post("/api/conversations/" + ending(notMine, '2') + "/messages/" + message + "/report")
          .then()
          .statusCode(204);
      marks.await(
          entry -> entry.value() instanceof Personal.Reported(var id, _, _) && id.equals(message));
      assertThat(
              marks.none(entry ->
                  entry.value() instanceof Personal.Held(var id, _, _) && id.equals(message)))
          .isTrue();
    }
  }

  @Test
  void whoReadsAMessageReportsItAndModeratorsSettle() {
    UUID message = ending(Ids.uuid7(), '0');
    UUID mine = ending(Ids.uuid7(), '2');
    UUID moderated = ending(mine, '4');
    UUID hidden = ending(mine, '3');
    Map<String, Object> report = Map.of("reason", "abuse", "note", "look at this");
    as(alice).body(report).post(of(mine, message) + "/report").then().statusCode(204);
    as(alice).body(report).post(of(hidden, message) + "/report").then().statusCode(404);
    as(alice)
        .body(Map.of("reason", "boring"))
        .post(of(mine, message) + "/report")
        .then()
        .statusCode(422);
    Map<String, Object> acted = Map.of("settlement", "acted");
    as(alice).body(acted).put(reports(mine, message)).then().statusCode(404);
    as(alice).body(acted).put(reports(hidden, message)).then().statusCode(404);
    as(alice).body(acted).put(reports(moderated, ending(message, '1'))).then().statusCode(404);
    as(alice)
        .body(Map.of("settlement", "x"))
        .put(reports(moderated, message))
        .then()
        .statusCode(422);
    as(alice).body(acted).put(reports(moderated, message)).then().statusCode(204);
    with(tokens.ofAdmin(bob, null)).body(acted).put(reports(mine, message)).then().statusCode(204);
    try (MarksReader marks = new MarksReader(bootstrap)) {
      marks.await(entry ->
          entry.value() instanceof Personal.Reported(var id, var reason, var note)
              && id.equals(message)
              && reason == ReportReason.ABUSE
              && note instanceof Body.Sealed);
      marks.await(
          new PersonalEntry(
              moderated, alice, 0, true, new Personal.ReportSettled(message, Settlement.ACTED)));
      marks.await(
          new PersonalEntry(
              mine, bob, 0, true, new Personal.ReportSettled(message, Settlement.ACTED)));
    }
  }

  @Test
  void aModeratorReleasesAHeldMessageOnce() {
    UUID group = group('4');
    UUID message = ending(Ids.uuid7(), '0');
    String path = "/api/conversations/" + group + "/held/" + message;
    Map<String, Object> release = Map.of("author", alice, "release", true);
    as(bob).body(Map.of("author", alice)).put(path).then().statusCode(422);
    as(bob).body(release).put(path).then().statusCode(204);
    as(bob).body(release).put(path).then().statusCode(204);
    // It is there, by its author, under its own id.
    as(alice)
        .body(Map.of("id", message, "text", "other"))
        .post("/api/conversations/" + group + "/messages")
        .then()
        .statusCode(200)
        .body("duplicate", is(true))
        .body("seq", is(4));
    try (MarksReader marks = new MarksReader(bootstrap)) {
      marks.await(
          new PersonalEntry(group, bob, 0, true, new Personal.HeldSettled(alice, message, true)));
    }
  }

  @Test
  void aRefusedMessageIsNotSentAndOthersDecideNothing() {
    UUID group = group('4');
    UUID message = ending(Ids.uuid7(), '0');
    Map<String, Object> refuse = Map.of("author", alice, "release", false);
    String path = "/api/conversations/" + group;
    as(bob).body(refuse).put(path + "/held/" + message).then().statusCode(204);
    as(alice)
        .body(Map.of("id", message, "text", "other"))
        .post(path + "/messages")
        .then()
        .statusCode(201);
    as(bob)
        .body(refuse)
        .put(path + "/held/" + ending(message, '2'))
        .then()
        .statusCode(409)
        .body("code", is("message_exists"));
    as(bob).body(refuse).put(path + "/held/" + ending(message, '1')).then().statusCode(404);
    as(bob)
        .body(refuse)
        .put("/api/conversations/" + ending(group, '2') + "/held/" + message)
        .then()
        .statusCode(404);
  }

  @Test
  void nothingOfAnErasedAuthorIsReleased() {
    UUID group = group('4');
    UUID message = ending(Ids.uuid7(), '0');
    people.erase(alice);
    String path = "/api/conversations/" + group + "/held/" + message;
    await(() ->
        as(bob).body(Map.of("author", alice, "release", false)).put(path).statusCode() == 404);
    as(bob).body(Map.of("author", alice, "release", true)).put(path).then().statusCode(404);
  }

  private UUID group(char last) {
    UUID group = ending(Ids.uuid7(), last);
    as(alice)
        .body(
            Map.of("conversation", group, "kind", "group", "title", "Us", "members", List.of(bob)))
        .post("/api/conversations")
        .then()
        .statusCode(201);
    return group;
  }

  private static UUID ending(UUID id, char last) {
    String text = id.toString();
    return UUID.fromString(text.substring(0, text.length() - 1) + last);
  }

  private static String of(UUID conversation, UUID message) {
    return "/api/conversations/" + conversation + "/messages/" + message;
  }

  private static String reports(UUID conversation, UUID message) {
    return "/api/conversations/" + conversation + "/reports/" + message;
  }

  private static RequestSpecification with(String token) {
    return given().contentType(ContentType.JSON).header("authorization", "Bearer " + token);
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
