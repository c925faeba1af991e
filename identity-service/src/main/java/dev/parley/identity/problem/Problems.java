package dev.parley.identity.problem;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.parley.identity.password.HashingOverloadedException;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.wire.Problem;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.ConnectException;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/// Answers for what went wrong. Details are written for this purpose: never an exception's message,
/// which may repeat what the client sent.
public final class Problems {

  private static final long MILLIS_PER_SECOND = 1_000;
  private static final Logger LOG = Logger.getLogger(Problems.class);
  // Classes of SQLSTATE: connection, resources, operator, system.
  private static final Set<String> CANNOT_NOW = Set.of("08", "53", "57", "58");

  /// A refusal with its code's status.
  public static Response of(ErrorCode code, String detail) {
    Response.ResponseBuilder response =
        Response.status(code.httpStatus())
            .type(Problem.MEDIA_TYPE)
            .header(HttpHeaders.CACHE_CONTROL, "no-store")
            .entity(Problem.of(code, detail).toString());
    return code == ErrorCode.UNAUTHENTICATED
        ? response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer").build()
        : response.build();
  }

  /// Too many of one kind; another one may be taken after that time.
  public static Response throttled(long retryAfterMillis) {
    long seconds = Math.max(1, Math.ceilDiv(retryAfterMillis, MILLIS_PER_SECOND));
    return Response.fromResponse(
            of(
                ErrorCode.RATE_LIMITED,
                "Too many attempts; the next one is taken in " + seconds + " s."))
        .header(HttpHeaders.RETRY_AFTER, seconds)
        .build();
  }

  /// Named one by one, since the framework has an answer of its own for the second.
  @ServerExceptionMapper({JacksonException.class, MismatchedInputException.class})
  public Response malformed(JacksonException e) {
    return of(ErrorCode.MALFORMED, "The body is not the JSON object that this address takes.");
  }

  @ServerExceptionMapper
  public Response overloaded(HashingOverloadedException e) {
    return Response.fromResponse(
            of(ErrorCode.OVERLOADED, "Too many people are logging in at this moment."))
        .header(HttpHeaders.RETRY_AFTER, e.retryAfterSeconds())
        .build();
  }

  @ServerExceptionMapper
  public Response http(WebApplicationException e) {
    int status = e.getResponse().getStatus();
    return switch (status) {
      case 404 -> of(ErrorCode.NOT_FOUND, "There is nothing at this address.");
      case 405 -> of(ErrorCode.METHOD_NOT_ALLOWED, "This address does not take that method.");
      case 413 -> of(ErrorCode.TOO_LARGE, "The body is too large.");
      default ->
          status < 500
              ? of(ErrorCode.MALFORMED, "The request is not what this address takes.")
              : internal(e);
    };
  }

  /// The log and the answer share a number, so that one finds the other.
  @ServerExceptionMapper
  public Response internal(Throwable e) {
    if (away(e)) {
      LOG.warnf("Postgres cannot be asked: %s", e);
      return of(ErrorCode.UNAVAILABLE, "Accounts cannot be had at this moment.");
    }
    String number = UUID.randomUUID().toString();
    LOG.errorf(e, "request failed number=%s", number);
    return of(ErrorCode.INTERNAL, "Something failed here; the log has it under " + number + ".");
  }

  /// Whether Postgres could not be reached, or could not answer now.
  private static boolean away(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException
          || cause instanceof ClosedConnectionException
          || (cause instanceof PgException refused
              && cannotNow(String.valueOf(refused.getSqlState())))) {
        return true;
      }
    }
    return false;
  }

  private static boolean cannotNow(String state) {
    return state.length() == 5 && CANNOT_NOW.contains(state.substring(0, 2));
  }
}
