package dev.parley.identity;

import static dev.parley.identity.Somebody.post;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A product that brings its own users.
@QuarkusTest
@QuarkusTestResource(Engines.class)
@TestProfile(SwitchesTest.NoAccounts.class)
class SwitchesTest {

  public static final class NoAccounts implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("parley.identity.accounts.enabled", "false");
    }
  }

  @Test
  void withoutAccountsThereIsNothingToRegisterAtOrLogInTo() {
    Somebody ada = Somebody.fresh();

    ada.register().then().statusCode(404).body("code", equalTo("not_found"));
    ada.login().then().statusCode(404).body("code", equalTo("not_found"));
    post("/api/auth/login", Map.of()).then().statusCode(404);
  }

  @Test
  void guestsTokensAndKeysStay() {
    given().post("/api/auth/guest").then().statusCode(201);
    Somebody.refresh("nonsense").then().statusCode(401);
    given()
        .get("/.well-known/jwks.json")
        .then()
        .statusCode(200)
        .header("Cache-Control", equalTo("public, max-age=60"))
        .body("keys", not(List.of()));
  }
}
