package dev.parley.identity;

import static dev.parley.identity.Somebody.post;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a browser holds, and which pages may use it.
@QuarkusTest
@QuarkusTestResource(Engines.class)
@TestProfile(CookiesTest.OneOrigin.class)
class CookiesTest {

  private static final String LISTED = "https://chat.example";

  public static final class OneOrigin implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("parley.door.origins", LISTED);
    }
  }

  @Test
  void noScriptReadsThemAndNoOtherSiteSendsThem() {
    Somebody ada = Somebody.fresh();
    ada.register();

    Response page = ada.loginWithCookies();

    page.then().statusCode(200).body("$", not(hasKey("refresh_token")));
    assertThat(setCookies(page)).containsOnlyKeys("parley_refresh", "parley_access");
    assertThat(setCookies(page).get("parley_refresh"))
        .containsExactlyInAnyOrder(
            "Path=/api/auth", "Max-Age=2592000", "HttpOnly", "Secure", "SameSite=Strict");
    assertThat(setCookies(page).get("parley_access"))
        .containsExactlyInAnyOrder(
            "Path=/ws", "Max-Age=900", "HttpOnly", "Secure", "SameSite=Strict");
    assertThat(page.getCookie("parley_access")).isEqualTo(page.path("access_token"));
  }

  @Test
  void whoDoesNotAskForThemGetsNone() {
    Response answer = Somebody.fresh().register();

    assertThat(answer.headers().getValues("Set-Cookie")).isEmpty();
    assertThat(answer.<String>path("refresh_token")).isNotBlank();
  }

  @Test
  void aTokenThatCameAsACookieIsFollowedByACookieWhateverIsAsked() {
    Response page = signedIn();

    Response next =
        with(page).contentType(ContentType.JSON).body("{\"cookie\":false}").post(REFRESH);

    next.then().statusCode(200).body("$", not(hasKey("refresh_token")));
    assertThat(next.getCookie("parley_refresh"))
        .isNotBlank()
        .isNotEqualTo(page.getCookie("parley_refresh"));
    with(next).post(REFRESH).then().statusCode(200);
  }

  @Test
  void aTokenInTheBodyCanBecomeACookie() {
    Response device = Somebody.fresh().register();

    Response page =
        post(
            REFRESH, Map.of("refresh_token", device.<String>path("refresh_token"), "cookie", true));

    page.then().statusCode(200).body("$", not(hasKey("refresh_token")));
    with(page).post(REFRESH).then().statusCode(200);
  }

  @Test
  void loggingOutTakesThemAway() {
    Response page = signedIn();

    Response gone = with(page).post("/api/auth/logout");

    gone.then().statusCode(204);
    assertThat(setCookies(gone).get("parley_refresh")).contains("Path=/api/auth", "Max-Age=0");
    assertThat(setCookies(gone).get("parley_access")).contains("Path=/ws", "Max-Age=0");
    with(page).post(REFRESH).then().statusCode(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example",
        "null",
        "https://chat.example.evil.example",
        "https://chat.example:8443",
        "http://chat.example",
        "nonsense",
        ""
      })
  void aPageOfAnotherOriginUsesNoCookie(String origin) {
    Response page = signedIn();

    for (String path : List.of(REFRESH, "/api/auth/logout", "/api/auth/ws-ticket")) {
      with(page)
          .header("Origin", origin)
          .post(path)
          .then()
          .statusCode(403)
          .body("code", equalTo("forbidden"));
    }
    with(page).post(REFRESH).then().statusCode(200);
  }

  @Test
  void aPageOfAnotherOriginSignsNobodyIn() {
    Somebody ada = Somebody.fresh();
    ada.register();

    given()
        .header("Origin", "https://evil.example")
        .contentType(ContentType.JSON)
        .body(Map.of("name", ada.name(), "password", ada.password(), "cookie", true))
        .post("/api/auth/login")
        .then()
        .statusCode(403);
  }

  @Test
  void pagesOfTheOwnHostAndOfTheListUseThem() {
    Response page = signedIn();

    Response second = with(page).header("Origin", LISTED).post(REFRESH);
    second.then().statusCode(200);
    with(second)
        .header("Origin", "https://parley.test")
        .header("Host", "parley.test")
        .post(REFRESH)
        .then()
        .statusCode(200);
  }

  private static final String REFRESH = "/api/auth/refresh";

  private static Response signedIn() {
    Somebody ada = Somebody.fresh();
    ada.register();
    return ada.loginWithCookies();
  }

  private static RequestSpecification with(Response page) {
    return given().cookie("parley_refresh", page.getCookie("parley_refresh"));
  }

  /// Attributes by name of the cookie.
  private static Map<String, List<String>> setCookies(Response answer) {
    return answer.headers().getValues("Set-Cookie").stream()
        .map(value -> List.of(value.split("; ")))
        .collect(
            Collectors.toMap(
                parts -> parts.getFirst().substring(0, parts.getFirst().indexOf('=')),
                parts -> parts.subList(1, parts.size())));
  }
}
