package dev.parley.identity;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.Map;
import java.util.UUID;

/// Somebody new to register, with a name that no other test has.
public record Somebody(String name, String password) {

  public static Somebody fresh() {
    return new Somebody(
        "u" + UUID.randomUUID().toString().substring(0, 18), "correct horse 9 staple");
  }

  public Response register() {
    return post("/api/auth/register", Map.of("name", name, "password", password));
  }

  public Response login() {
    return post("/api/auth/login", Map.of("name", name, "password", password));
  }

  /// Signed in as a browser is.
  public Response loginWithCookies() {
    return post("/api/auth/login", Map.of("name", name, "password", password, "cookie", true));
  }

  public static Response refresh(String token) {
    return post("/api/auth/refresh", Map.of("refresh_token", token));
  }

  public static Response post(String path, Object body) {
    return given().contentType(ContentType.JSON).body(body).post(path);
  }
}
