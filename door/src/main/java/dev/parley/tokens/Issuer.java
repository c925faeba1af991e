package dev.parley.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/// Somebody whose tokens are taken, and by which rules.
///
/// @param id the claim `iss`
/// @param audience what `aud` must name
/// @param algorithms that it may sign with
/// @param types of tokens, by the header `typ`; empty for a token that has none
/// @param lifeMaxMillis from a token's issue on
record Issuer(
    String id,
    String audience,
    Set<String> algorithms,
    Set<String> types,
    long lifeMaxMillis,
    Keys keys,
    ClaimReader reader) {

  /// Whether the token was made for this deployment.
  boolean addresses(JsonNode claims) {
    var named = claims.path("aud");
    if (!named.isArray()) {
      return audience.equals(named.textValue());
    }
    for (var one : named) {
      if (audience.equals(one.textValue())) {
        return true;
      }
    }
    return false;
  }
}
