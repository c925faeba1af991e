package dev.parley.identity;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import dev.parley.schemas.session.Revocation;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Engines.class)
class BotsTest {

  private Response admin;
  private String bot;

  @BeforeEach
  void makeABot() {
    Somebody somebody = Somebody.fresh();
    somebody.register();
    given()
        .header("Parley-Operator", Engines.OPERATOR_SECRET)
        .put("/internal/people/" + somebody.name() + "/admin")
        .then()
        .statusCode(200);
    admin = somebody.login();
    Response made =
        as(admin)
            .body(Map.of("name", Somebody.fresh().name(), "display_name", "A bot"))
            .post("/api/admin/bots");
    made.then().statusCode(201).body("bot", equalTo(true));
    bot = made.path("id");
  }

  @Test
  void aKeyOfABotBecomesATokenUntilItIsDeleted() {
    Response key =
        as(admin)
            .body(Map.of("scopes", List.of("write", "read"), "label", "deploys"))
            .post("/api/admin/bots/" + bot + "/keys");

    key.then()
        .statusCode(201)
        .body("key", startsWith("pk_"))
        .body("scopes", equalTo(List.of("read", "write")))
        .header("Cache-Control", equalTo("no-store"));
    String secret = key.path("key");
    Response list = as(admin).get("/api/admin/bots/" + bot + "/keys");
    list.then().body("keys", hasSize(1)).body("keys[0].label", equalTo("deploys"));
    assertThat(list.asString()).doesNotContain(secret);
    Response token = exchange(secret);
    token.then().statusCode(200);
    as(token).get("/api/users/me").then().statusCode(200).body("bot", equalTo(true));

    String path = "/api/admin/bots/" + bot + "/keys/" + key.path("id");
    as(admin).delete(path).then().statusCode(204);
    as(admin).delete(path).then().statusCode(404);

    exchange(secret).then().statusCode(401);
    UUID id = UUID.fromString(key.path("id"));
    assertThat(RevocationLog.until(one -> isOfKey(one, id))).anyMatch(one -> isOfKey(one, id));
  }

  @Test
  void aBotThatIsErasedLeavesNoKey() {
    Response key =
        as(admin).body(Map.of("scopes", List.of("read"))).post("/api/admin/bots/" + bot + "/keys");

    as(admin)
        .delete("/api/admin/users/" + bot)
        .then()
        .statusCode(202)
        .body("service_keys_ended", equalTo(1));

    exchange(key.path("key")).then().statusCode(401);
    as(admin).get("/api/admin/bots/" + bot + "/keys").then().statusCode(404);
  }

  @Test
  void refusesKeysThatMakeNoSense() {
    String keys = "/api/admin/bots/" + bot + "/keys";
    for (Map<String, Object> wish :
        List.<Map<String, Object>>of(
            Map.of(),
            Map.of("scopes", List.of()),
            Map.of("scopes", List.of("everything")),
            Map.of("scopes", List.of("read"), "expires_in_days", 0),
            Map.of("scopes", List.of("read"), "label", "x".repeat(65)))) {
      as(admin).body(wish).post(keys).then().statusCode(422);
    }
    // People have no keys.
    as(admin)
        .body(Map.of("scopes", List.of("read")))
        .post("/api/admin/bots/" + admin.path("user.id") + "/keys")
        .then()
        .statusCode(404);
  }

  private static boolean isOfKey(Revocation revocation, UUID key) {
    return revocation instanceof Revocation.OfSession(_, var session, _) && session.equals(key);
  }

  private static Response exchange(String key) {
    return Somebody.post("/api/auth/service-token", Map.of("key", key));
  }

  private static RequestSpecification as(Response signedIn) {
    return given().contentType(ContentType.JSON).auth().oauth2(signedIn.path("access_token"));
  }
}
