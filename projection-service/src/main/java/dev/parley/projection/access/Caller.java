package dev.parley.projection.access;

import dev.parley.projection.http.Refusal;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.id.Ids;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;

/// Who asks, by the token, and by nothing that the request says.
///
/// @param guest without an account: reads channels, and nothing else
public record Caller(UUID user, boolean guest) {

  private static final String GUESTS = "guest";

  public Caller(UUID user) {
    this(user, false);
  }

  /// For reads that belong to a person.
  ///
  /// @throws Refusal if the caller is a guest
  public static Caller of(JsonWebToken token) {
    var caller = orGuest(token);
    if (caller.guest()) {
      throw new Refusal(ErrorCode.SIGN_IN_REQUIRED, "Guests only read channels: sign in for this");
    }
    return caller;
  }

  /// For reads of channels.
  public static Caller orGuest(JsonWebToken token) {
    var user = Ids.parse(token.getSubject());
    if (user == null) {
      throw new Refusal(ErrorCode.UNAUTHENTICATED, "The token does not name a person");
    }
    var groups = token.getGroups();
    return new Caller(user, groups != null && groups.contains(GUESTS));
  }
}
