package dev.parley.tokens;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.security.PublicKey;
import java.util.Locale;
import java.util.Set;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/// A token as somebody showed it: readable, and not believed yet.
final class Presented {

  private static final int PARTS = 3;
  private static final int KEY_ID_CHARS_MAX = 256;
  private static final ObjectMapper STRICT =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final JsonWebSignature signed;
  private final JsonNode claims;

  private Presented(JsonWebSignature signed, JsonNode claims) {
    this.signed = signed;
    this.claims = claims;
  }

  /// Null: it is no signed token of the compact form (RFC 7515), or has claims that are no object,
  /// or names extensions that one would have to understand.
  static @Nullable Presented read(String token) {
    if (!isCompact(token)) {
      return null;
    }
    try {
      var signed = new JsonWebSignature();
      signed.setCompactSerialization(token);
      var claims = STRICT.readTree(signed.getUnverifiedPayload());
      var read = new Presented(signed, claims);
      return claims.isObject() && read.isPlain() ? read : null;
    } catch (JoseException | JacksonException | RuntimeException unreadable) {
      // Whatever is in the texts of these was sent by a stranger.
      return null;
    }
  }

  JsonNode claims() {
    return claims;
  }

  String algorithm() {
    return String.valueOf(signed.getAlgorithmHeaderValue());
  }

  @Nullable String keyId() {
    return signed.getKeyIdHeaderValue();
  }

  /// The header `typ` without the prefix that may be left out; empty: there is none.
  String type() {
    var type = signed.getHeader("typ");
    if (type == null) {
      return "";
    }
    var lower = type.toLowerCase(Locale.ROOT);
    return lower.startsWith("application/") ? lower.substring("application/".length()) : lower;
  }

  /// Whether the owner of `key` signed it, with one of these algorithms.
  boolean isSignedBy(PublicKey key, Set<String> algorithms) {
    signed.setAlgorithmConstraints(
        new AlgorithmConstraints(ConstraintType.PERMIT, algorithms.toArray(String[]::new)));
    signed.setKey(key);
    try {
      return signed.verifySignature();
    } catch (JoseException notSigned) {
      return false;
    }
  }

  private boolean isPlain() {
    var id = keyId();
    return signed.getHeaders().getObjectHeaderValue("crit") == null
        && signed.getHeaders().getObjectHeaderValue("b64") == null
        && (id == null || id.length() <= KEY_ID_CHARS_MAX);
  }

  /// Three parts of base64url: a decoder that forgives would let one token have many spellings.
  private static boolean isCompact(String token) {
    int parts = 1;
    for (int i = 0; i < token.length(); i++) {
      char c = token.charAt(i);
      boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
      if (c == '.') {
        parts++;
      } else if (!letter && c != '-' && c != '_') {
        return false;
      }
    }
    return parts == PARTS;
  }
}
