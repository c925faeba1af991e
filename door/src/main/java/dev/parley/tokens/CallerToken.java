package dev.parley.tokens;

import dev.parley.schemas.token.Scope;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/// A caller as MicroProfile's token: `sub` is the Parley user also where a foreign issuer names
/// them otherwise. The text of the token is not kept.
record CallerToken(Caller caller) implements JsonWebToken {

  static final String USER = "user";
  static final String GUEST = "guest";
  static final String ADMIN = "admin";

  @Override
  public String getName() {
    return caller.user().toString();
  }

  @Override
  public Set<String> getClaimNames() {
    return claims().keySet();
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  public <T> @Nullable T getClaim(String name) {
    return (T) claims().get(name);
  }

  /// Groups that `@RolesAllowed` names.
  @Override
  public Set<String> getGroups() {
    var groups = new HashSet<String>();
    groups.add(caller.guest() ? GUEST : USER);
    if (caller.admin()) {
      groups.add(ADMIN);
    }
    return groups;
  }

  private Map<String, Object> claims() {
    var claims = new LinkedHashMap<String, Object>();
    claims.put("iss", caller.issuer());
    claims.put("sub", caller.user().toString());
    claims.put("groups", getGroups());
    claims.put("iat", TimeUnit.MILLISECONDS.toSeconds(caller.issuedAtMillis()));
    claims.put("exp", TimeUnit.MILLISECONDS.toSeconds(caller.expiresAtMillis()));
    if (caller.session() != null) {
      claims.put("sid", caller.session().toString());
    }
    var scopes = caller.scopes();
    if (scopes != null) {
      claims.put(
          "scope", scopes.stream().map(Scope::wireName).sorted().collect(Collectors.joining(" ")));
    }
    return claims;
  }

  @Override
  public String toString() {
    return "CallerToken[" + caller.user() + "]";
  }
}
