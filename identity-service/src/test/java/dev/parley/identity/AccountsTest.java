package dev.parley.identity;

import static dev.parley.identity.Bearer.issuedAtMillis;
import static dev.parley.identity.Somebody.post;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(Engines.class)
class AccountsTest {

  @Test
  void whoRegistersIsSignedInAtOnce() {
    Somebody ada = Somebody.fresh();

    Response answer = ada.register();

    answer.then().statusCode(201).body("user.name", equalTo(ada.name()));
    given()
        .auth()
        .oauth2(answer.path("access_token"))
        .get("/api/users/me")
        .then()
        .statusCode(200)
        .body("id", equalTo(answer.path("user.id")))
        .body("display_name", equalTo(ada.name()));
  }

  @Test
  void theAccessTokenCarriesTheClaimsOfTheContract() {
    Response answer = Somebody.fresh().register();

    String[] parts = answer.<String>path("access_token").split("\\.");
    JsonPath header = json(parts[0]);
    JsonPath claims = json(parts[1]);
    String kid = given().get("/.well-known/jwks.json").path("keys[0].kid");
    assertThat(header.getString("alg")).isEqualTo("RS256");
    assertThat(header.getString("kid")).isEqualTo(kid);
    assertThat(header.getString("typ")).isEqualTo("at+jwt");
    assertThat(claims.getString("iss")).isEqualTo("parley");
    assertThat(claims.getString("aud")).isEqualTo("parley");
    assertThat(claims.getString("scope")).isNull();
    assertThat(claims.getString("sub")).isEqualTo(answer.path("user.id"));
    assertThat(claims.getString("sid")).isNotBlank();
    assertThat(claims.getList("groups")).containsExactly("user");
    assertThat(claims.getLong("exp") - issuedAtMillis(answer) / 1_000).isEqualTo(15 * 60);
    assertThat(Instant.parse(answer.path("expires_at")).getEpochSecond())
        .isEqualTo(claims.getLong("exp"));
  }

  @Test
  void publishesNothingPrivateInTheKeySet() {
    given()
        .get("/.well-known/jwks.json")
        .then()
        .statusCode(200)
        .body("keys[0].kty", equalTo("RSA"))
        .body("keys[0].d", equalTo(null));
  }

  @Test
  void aNameBelongsToWhoeverCameFirst() {
    Somebody ada = Somebody.fresh();
    ada.register().then().statusCode(201);

    ada.register().then().statusCode(409).body("code", equalTo("name_taken"));
  }

  @Test
  void onlyOneOfManyWhoWantANameAtOnceGetsIt() throws InterruptedException {
    Somebody ada = Somebody.fresh();
    List<Integer> statuses = java.util.Collections.synchronizedList(new ArrayList<>());

    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      threads.add(Thread.startVirtualThread(() -> statuses.add(ada.register().statusCode())));
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(statuses).containsExactlyInAnyOrder(201, 409, 409, 409);
  }

  @Test
  void logsInWithThePasswordAlone() {
    Somebody ada = Somebody.fresh();
    ada.register().then().statusCode(201);

    ada.login().then().statusCode(200).body("user.name", equalTo(ada.name()));
  }

  @Test
  void aWrongNameAndAWrongPasswordAreAnsweredAlike() {
    Somebody ada = Somebody.fresh();
    ada.register().then().statusCode(201);

    Response wrongPassword = new Somebody(ada.name(), "not the password").login();
    Response wrongName = Somebody.fresh().login();
    Response noName = new Somebody("No Such Name!", "not the password").login();
    Response tooLong = new Somebody(ada.name(), "x".repeat(300)).login();

    assertThat(wrongPassword.statusCode()).isEqualTo(401);
    for (Response other : List.of(wrongName, noName, tooLong)) {
      assertThat(other.statusCode()).isEqualTo(401);
      assertThat(other.asString()).isEqualTo(wrongPassword.asString());
    }
  }

  @Test
  void eachRefreshTokenWorksOnce() {
    Response first = Somebody.fresh().register();

    Response second = Somebody.refresh(first.path("refresh_token"));

    second.then().statusCode(200).body("user.id", equalTo(first.path("user.id")));
    assertThat(second.<String>path("refresh_token")).isNotEqualTo(first.path("refresh_token"));
    Somebody.refresh(second.path("refresh_token")).then().statusCode(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nonsense", "eyJhbGciOiJub25lIn0.e30."})
  void aRefreshTokenThatIsNoneIsRefused(String token) {
    Somebody.refresh(token).then().statusCode(401);
  }

  @ParameterizedTest
  @CsvSource({
    "A, correct horse 9, name:",
    "Ada, correct horse 9, name:",
    "'', correct horse 9, name:",
    "good-name, short, password:",
    "good-name, password123, password:",
    "good-name, '', password:",
  })
  void badInputIsRefusedWithTheReason(String name, String password, String detail) {
    new Somebody(name, password)
        .register()
        .then()
        .statusCode(422)
        .contentType("application/problem+json")
        .body("code", equalTo("invalid"))
        .body("detail", startsWith(detail));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "[]", "null", "\"text\"", "{\"name\":{}}", "{\"name\":\"a\" \"b\"}"})
  void whatIsNoJsonObjectIsMalformed(String body) {
    given()
        .contentType(ContentType.JSON)
        .body(body)
        .post("/api/auth/register")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("code", equalTo("malformed"));
  }

  @Test
  void aBodyBeyondTheLimitIsRefusedUnread() {
    post("/api/auth/register", Map.of("name", "x".repeat(20_000)))
        .then()
        .statusCode(413)
        .body("code", equalTo("too_large"));
  }

  @Test
  void otherAddressesAndMethodsAreProblemsToo() {
    given().get("/api/auth/nothing").then().statusCode(404).body("code", equalTo("not_found"));
    given()
        .get("/api/auth/login")
        .then()
        .statusCode(405)
        .body("code", equalTo("method_not_allowed"));
    given()
        .contentType(ContentType.TEXT)
        .body("x")
        .post("/api/auth/login")
        .then()
        .statusCode(400)
        .body("code", equalTo("malformed"));
  }

  private static JsonPath json(String base64) {
    return new JsonPath(new String(Base64.getUrlDecoder().decode(base64), StandardCharsets.UTF_8));
  }
}
