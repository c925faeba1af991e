package dev.parley.projection.access;

import dev.parley.projection.http.Refusal;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.id.Ids;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;

/// Who asks, by the token, and by nothing that the request says.
///
/// @param guest without an account: reads channels, and nothing else
/// @param admin of the whole deployment, by a token that reaches so far
public record Caller(UUID user, boolean guest, boolean admin) {

  private static final String GUESTS = "guest";
  private static final String ADMINS = "admin";

  public Caller(UUID user) {
    this(user, false, false);
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

  /// For reads of admins: to anybody else the path does not exist.
  ///
  /// @throws Refusal if the caller is none
  public static Caller ofAdmin(JsonWebToken token) {
    var caller = orGuest(token);
    if (!caller.admin()) {
      throw new Refusal(ErrorCode.NOT_FOUND, "There is nothing here");
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
    boolean guest = groups != null && groups.contains(GUESTS);
    boolean admin = groups != null && !guest && groups.contains(ADMINS);
    return new Caller(user, guest, admin);
  }
}
