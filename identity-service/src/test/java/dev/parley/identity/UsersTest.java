package dev.parley.identity;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(Engines.class)
class UsersTest {

  @Test
  void findsPeopleByTheirIds() {
    Response ada = Somebody.fresh().register();
    Response bob = Somebody.fresh().register();
    String unknown = UUID.randomUUID().toString();

    as(ada)
        .queryParam("ids", ada.path("user.id") + "," + bob.path("user.id") + "," + unknown)
        .get("/api/users")
        .then()
        .statusCode(200)
        .body("users", hasSize(2))
        .body("users[0]", not(hasKey("created_at")));
  }

  @Test
  void aGuestLearnsWhoWroteAndNothingElse() {
    Response ada = Somebody.fresh().register();
    Response guest = given().post("/api/auth/guest");
    guest.then().statusCode(201).header("Cache-Control", equalTo("no-store"));

    as(guest)
        .queryParam("ids", (String) ada.path("user.id"))
        .get("/api/users")
        .then()
        .statusCode(200)
        .body("users", hasSize(1));
    as(guest)
        .queryParam("q", "a")
        .get("/api/users")
        .then()
        .statusCode(403)
        .body("code", equalTo("sign_in_required"));
    as(guest).get("/api/users/me").then().statusCode(403).body("code", equalTo("sign_in_required"));
  }

  @Test
  void findsPeopleByTheStartOfTheirNames() {
    String start = "q_" + UUID.randomUUID().toString().substring(0, 8);
    new Somebody(start + "b", "correct horse 9").register();
    Response ada = new Somebody(start + "a", "correct horse 9").register();

    as(ada)
        .queryParam("q", start.toUpperCase(java.util.Locale.ROOT))
        .get("/api/users")
        .then()
        .statusCode(200)
        .body("users.name", equalTo(java.util.List.of(start + "a", start + "b")));
    as(ada)
        .queryParam("q", start)
        .queryParam("limit", 1)
        .get("/api/users")
        .then()
        .body("users", hasSize(1));
    as(ada).queryParam("q", "%").get("/api/users").then().statusCode(200).body("users", hasSize(0));
  }

  @Test
  void changesTheDisplayNameAndNothingElse() {
    Response ada = Somebody.fresh().register();

    as(ada)
        .contentType(ContentType.JSON)
        .body(Map.of("display_name", " Ada 🐘 ", "name", "somebody-else"))
        .patch("/api/users/me")
        .then()
        .statusCode(200)
        .body("display_name", equalTo("Ada 🐘"))
        .body("name", equalTo(ada.path("user.name")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"display_name\":\"\"}", "{\"display_name\":\"a\\u0000b\"}"})
  void refusesABadDisplayName(String body) {
    as(Somebody.fresh().register())
        .contentType(ContentType.JSON)
        .body(body)
        .patch("/api/users/me")
        .then()
        .statusCode(422)
        .body("code", equalTo("invalid"));
  }

  @Test
  void refusesBadQuestions() {
    Response ada = Somebody.fresh().register();
    String tooMany =
        Stream.generate(() -> UUID.randomUUID().toString())
            .limit(101)
            .collect(Collectors.joining(","));

    as(ada).get("/api/users").then().statusCode(422);
    as(ada).queryParam("ids", "nonsense").get("/api/users").then().statusCode(422);
    as(ada).queryParam("ids", tooMany).get("/api/users").then().statusCode(422);
    as(ada).queryParam("q", "a").queryParam("limit", "-1").get("/api/users").then().statusCode(422);
  }

  @Test
  void aStrangerSeesNobody() {
    given().get("/api/users/me").then().statusCode(401).body("code", equalTo("unauthenticated"));
    given().queryParam("q", "a").get("/api/users").then().statusCode(401);
  }

  @Test
  void aForeignTokenOpensNothing() throws GeneralSecurityException {
    Response ada = Somebody.fresh().register();
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    String kid = given().get("/.well-known/jwks.json").path("keys[0].kid");
    String forged =
        Jwt.issuer("parley")
            .subject(ada.<String>path("user.id"))
            .groups("user")
            .jws()
            .algorithm(SignatureAlgorithm.ES256)
            .keyId(kid)
            .sign(generator.generateKeyPair().getPrivate());

    String good = ada.path("access_token");
    String unsigned = "eyJhbGciOiJub25lIn0." + good.split("\\.")[1] + ".";
    for (String token : new String[] {forged, unsigned, "nonsense", good + "x"}) {
      given()
          .auth()
          .oauth2(token)
          .get("/api/users/me")
          .then()
          .statusCode(401)
          .contentType("application/problem+json");
    }
  }

  private static RequestSpecification as(Response signedIn) {
    return given().auth().oauth2(signedIn.path("access_token"));
  }
}
