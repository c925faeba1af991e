package dev.parley.identity;

import static io.restassured.RestAssured.given;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Asking with an access token, and what stands in one.
public final class Bearer {

  private static final Pattern ISSUED_AT = Pattern.compile("\"iat\":([0-9.]+)");

  private Bearer() {}

  /// As whoever got this answer, which has a token.
  public static RequestSpecification as(Response signedIn) {
    return given().auth().oauth2(signedIn.path("access_token"));
  }

  public static JsonPath claims(Response signedIn) {
    return claims(signedIn.<String>path("access_token"));
  }

  public static JsonPath claims(String token) {
    return new JsonPath(payload(token));
  }

  /// Read from the text: a JsonPath has fractions as floats, which hold no milliseconds.
  public static long issuedAtMillis(Response signedIn) {
    Matcher iat = ISSUED_AT.matcher(payload(signedIn.path("access_token")));
    if (!iat.find()) {
      throw new AssertionError("Expected a token that says when it was issued");
    }
    return new BigDecimal(iat.group(1)).movePointRight(3).longValueExact();
  }

  private static String payload(String token) {
    return new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8);
  }
}
