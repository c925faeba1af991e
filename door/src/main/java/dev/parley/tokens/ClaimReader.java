package dev.parley.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.token.Scope;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who asks, by the claims of a token whose signature held.
sealed interface ClaimReader {

  /// Null: the claims do not say what they must.
  @Nullable Told read(String issuer, JsonNode claims, Times times);

  /// @param newcomer whom to provision if nobody has heard of them; null: nobody
  record Told(Caller caller, @Nullable Newcomer newcomer) {}

  /// Tokens of identity-service.
  record Own() implements ClaimReader {
    @Override
    public @Nullable Told read(String issuer, JsonNode claims, Times times) {
      var user = Ids.parse(claims.path("sub").textValue());
      boolean hasSession = claims.has("sid");
      var session = hasSession ? Ids.parse(claims.path("sid").textValue()) : null;
      boolean guest = Claim.holds(claims.path("groups"), CallerToken.GUEST);
      boolean signedIn = Claim.holds(claims.path("groups"), CallerToken.USER);
      if (user == null || guest == signedIn || (hasSession && (session == null || guest))) {
        return null;
      }
      var scopes = claims.has("scope") ? Claim.scopes(claims.path("scope")) : null;
      boolean admin = signedIn && Claim.holds(claims.path("groups"), CallerToken.ADMIN);
      return new Told(caller(issuer, user, session, guest, admin, scopes, times), null);
    }
  }

  /// Tokens of an issuer that names people in its own way.
  record Foreign(TokensConfig.Claims names) implements ClaimReader {

    private static final int SUBJECT_CHARS_MAX = 255;
    private static final int NAME_CHARS_MAX = 200;

    @Override
    public @Nullable Told read(String issuer, JsonNode claims, Times times) {
      var subject = Claim.find(claims, names.subject()).textValue();
      var user = subject == null ? null : user(issuer, subject, claims);
      if (user == null) {
        return null;
      }
      boolean admin =
          names
              .admin()
              .map(claim -> Claim.holds(Claim.find(claims, claim), names.adminValue()))
              .orElse(false);
      var scopes = names.scope().map(claim -> Claim.scopes(Claim.find(claims, claim))).orElse(null);
      var name = text(claims, names.name(), "person-" + user.toString().substring(0, 8));
      return new Told(
          caller(issuer, user, null, false, admin, scopes, times),
          new Newcomer(user, name, text(claims, names.displayName(), name), issuer, subject));
    }

    private @Nullable UUID user(String issuer, String subject, JsonNode claims) {
      if (subject.isBlank() || subject.length() > SUBJECT_CHARS_MAX) {
        return null;
      }
      return names
          .userId()
          .map(claim -> Claim.find(claims, claim).textValue())
          .map(Ids::parse)
          .orElseGet(() -> names.userId().isPresent() ? null : Ids.foreign(issuer, subject));
    }

    private static String text(JsonNode claims, String name, String otherwise) {
      var text = Objects.requireNonNullElse(Claim.find(claims, name).textValue(), "").strip();
      return text.isEmpty()
          ? otherwise
          : text.substring(0, text.offsetByCodePoints(0, codePoints(text)));
    }

    private static int codePoints(String text) {
      return Math.min(NAME_CHARS_MAX, text.codePointCount(0, text.length()));
    }
  }

  private static Caller caller(
      String issuer,
      UUID user,
      @Nullable UUID session,
      boolean guest,
      boolean admin,
      @Nullable Set<Scope> scopes,
      Times times) {
    return new Caller(
        user,
        session,
        guest,
        admin && (scopes == null || scopes.contains(Scope.ADMIN)),
        scopes,
        times.issuedAtMillis(),
        times.expiresAtMillis(),
        issuer);
  }

  /// What single claims say.
  final class Claim {

    private Claim() {}

    /// The claim of that name, or the one that its dots lead to.
    static JsonNode find(JsonNode claims, String name) {
      if (claims.has(name)) {
        return claims.path(name);
      }
      var at = claims;
      for (var step : name.split("\\.", -1)) {
        at = at.path(step);
      }
      return at;
    }

    /// Whether the claim is `value`, or an array that holds it.
    static boolean holds(JsonNode claim, String value) {
      if (claim.isArray()) {
        for (var one : claim) {
          if (value.equals(one.textValue())) {
            return true;
          }
        }
        return false;
      }
      return !claim.isMissingNode() && value.equals(claim.asText());
    }

    /// Those of Parley's scopes that the claim names, in a text or an array; what is none is left
    /// out, so that a claim without any of them allows nothing.
    static Set<Scope> scopes(JsonNode claim) {
      var scopes = EnumSet.noneOf(Scope.class);
      if (claim.isArray()) {
        claim.forEach(one -> add(scopes, one.asText()));
      } else {
        for (var word : claim.asText("").split(" ", -1)) {
          add(scopes, word);
        }
      }
      return scopes;
    }

    private static void add(Set<Scope> scopes, String word) {
      var scope = Scope.fromWire(word);
      if (scope != null) {
        scopes.add(scope);
      }
    }
  }
}
