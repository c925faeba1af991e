package dev.parley.tokens;

import dev.parley.schemas.token.Scope;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who asks, as a valid token tells.
///
/// @param user the Parley user; of a guest: an id of this token alone
/// @param session the session that the token belongs to; null: it has none (guests, foreign tokens)
/// @param guest nobody is signed in
/// @param admin may administer: group `admin`, and no scopes or the scope `admin` among them
/// @param scopes what the token was narrowed to; null: to nothing
/// @param issuedAtMillis when it was issued; a revocation of the person voids what is older
/// @param expiresAtMillis when it ends
/// @param issuer who issued it
public record Caller(
    UUID user,
    @Nullable UUID session,
    boolean guest,
    boolean admin,
    @Nullable Set<Scope> scopes,
    long issuedAtMillis,
    long expiresAtMillis,
    String issuer) {

  public Caller {
    scopes = scopes == null ? null : Set.copyOf(scopes);
    if (guest && (admin || session != null)) {
      throw new IllegalArgumentException("Expected a guest without a session or powers");
    }
    if (admin && scopes != null && !scopes.contains(Scope.ADMIN)) {
      throw new IllegalArgumentException("Expected the scope admin of who may administer");
    }
  }

  /// Whether the token reaches so far. What the person may do there is another question, except for
  /// [Scope#ADMIN].
  public boolean may(Scope scope) {
    return switch (scope) {
      case READ, WRITE, SEARCH -> scopes == null || scopes.contains(scope);
      case ADMIN -> admin;
    };
  }
}
