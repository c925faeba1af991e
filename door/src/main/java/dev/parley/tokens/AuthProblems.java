package dev.parley.tokens;

import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.wire.Problem;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/// Refusals of who asks, at every service the same: a client is not told what is wrong with a
/// token.
public class AuthProblems {

  private static final int RETRY_AFTER_SECONDS = 2;

  private final CurrentCaller caller;

  AuthProblems(CurrentCaller caller) {
    this.caller = caller;
  }

  @ServerExceptionMapper
  public Response nobody(UnauthorizedException nobody) {
    return unauthenticated("Bearer");
  }

  @ServerExceptionMapper
  public Response refused(AuthenticationFailedException refused) {
    return unauthenticated("Bearer error=\"invalid_token\"");
  }

  @ServerExceptionMapper
  public Response unavailable(TokenUnavailableException notNow) {
    return problem(ErrorCode.UNAVAILABLE, "Access tokens cannot be checked at the moment.")
        .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
        .build();
  }

  @ServerExceptionMapper
  public Response forbidden(ForbiddenException forbidden) {
    var who = caller.orNull();
    return who != null && who.guest()
        ? problem(ErrorCode.SIGN_IN_REQUIRED, "Guests read public channels and nothing else.")
            .build()
        : problem(ErrorCode.FORBIDDEN, "This is not for you.").build();
  }

  static Response.ResponseBuilder problem(ErrorCode code, String detail) {
    return Response.status(code.httpStatus())
        .type(Problem.MEDIA_TYPE)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .entity(Problem.of(code, detail).toString());
  }

  private static Response unauthenticated(String challenge) {
    return problem(ErrorCode.UNAUTHENTICATED, "A valid access token is needed.")
        .header(HttpHeaders.WWW_AUTHENTICATE, challenge)
        .build();
  }
}
