package dev.parley.projection.access;

import dev.parley.projection.http.Refusal;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.id.Ids;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;

/// Who asks, by the token, and by nothing that the request says.
public record Caller(UUID user) {

  public static Caller of(JsonWebToken token) {
    var user = Ids.parse(token.getSubject());
    if (user == null) {
      throw new Refusal(ErrorCode.UNAUTHENTICATED, "The token does not name a person");
    }
    return new Caller(user);
  }
}
