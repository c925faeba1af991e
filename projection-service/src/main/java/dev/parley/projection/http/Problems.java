package dev.parley.projection.http;

import dev.parley.log.TransientException;
import dev.parley.projection.views.Postgres;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.wire.KeyMissingException;
import dev.parley.schemas.wire.Problem;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Every failure of a request as a problem document (RFC 9457).
public final class Problems {

  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  @ServerExceptionMapper
  public RestResponse<String> refusal(Refusal refusal) {
    return problem(refusal.code(), String.valueOf(refusal.getMessage()));
  }

  @ServerExceptionMapper
  public RestResponse<String> noSuchPath(NotFoundException noSuchPath) {
    return problem(ErrorCode.NOT_FOUND, "There is nothing here");
  }

  @ServerExceptionMapper
  public RestResponse<String> badMethod(NotAllowedException badMethod) {
    return problem(ErrorCode.METHOD_NOT_ALLOWED, "This path does not know that method");
  }

  @ServerExceptionMapper
  public RestResponse<String> keyMissing(KeyMissingException missing) {
    return problem(ErrorCode.UNAVAILABLE, String.valueOf(missing.getMessage()));
  }

  @ServerExceptionMapper
  public RestResponse<String> away(TransientException away) {
    return problem(ErrorCode.UNAVAILABLE, "The views cannot be read now");
  }

  @ServerExceptionMapper
  public RestResponse<String> web(WebApplicationException refused) {
    int status = refused.getResponse().getStatus();
    if (status >= Response.Status.INTERNAL_SERVER_ERROR.getStatusCode()) {
      return unexpected(refused);
    }
    return problem(ErrorCode.MALFORMED, "The request cannot be read (" + status + ")");
  }

  @ServerExceptionMapper
  public RestResponse<String> unexpected(Throwable failure) {
    if (away(failure)) {
      LOG.warn("A read failed: {}", failure.toString());
      return problem(ErrorCode.UNAVAILABLE, "The views cannot be read now");
    }
    LOG.error("A request failed", failure);
    return problem(ErrorCode.INTERNAL, "This should not have happened");
  }

  /// Whether Postgres could not be asked, or could not answer now, rather than having refused a
  /// statement.
  private static boolean away(Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException
          || cause instanceof ClosedConnectionException
          || cause instanceof TimeoutException
          || (cause instanceof PgException refused && Postgres.passes(refused))) {
        return true;
      }
    }
    return false;
  }

  private static RestResponse<String> problem(ErrorCode code, String detail) {
    return RestResponse.ResponseBuilder.<String>create(code.httpStatus())
        .entity(Problem.of(code, detail).toString())
        .header(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
        .build();
  }
}
