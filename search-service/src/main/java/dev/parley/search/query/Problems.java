package dev.parley.search.query;

import dev.parley.log.TransientException;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.wire.Problem;
import dev.parley.search.query.CursorSeal.InvalidCursorException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Failures as problem documents.
public class Problems {

  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
  private static final int RETRY_AFTER_SECONDS = 2;

  @ServerExceptionMapper
  public Response refused(RefusedException refused) {
    return problem(refused.code(), String.valueOf(refused.getMessage())).build();
  }

  @ServerExceptionMapper
  public Response cursor(InvalidCursorException invalid) {
    return problem(ErrorCode.CURSOR_INVALID, String.valueOf(invalid.getMessage())).build();
  }

  @ServerExceptionMapper
  public Response unavailable(TransientException notThere) {
    LOG.warn("Search is unavailable: {}", notThere.getMessage());
    return problem(ErrorCode.UNAVAILABLE, "The search engine does not answer at the moment")
        .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
        .build();
  }

  @ServerExceptionMapper
  public Response web(WebApplicationException failure) {
    int status = failure.getResponse().getStatus();
    if (status == ErrorCode.NOT_FOUND.httpStatus()) {
      return problem(ErrorCode.NOT_FOUND, "There is nothing at this address").build();
    }
    if (status == ErrorCode.METHOD_NOT_ALLOWED.httpStatus()) {
      return problem(ErrorCode.METHOD_NOT_ALLOWED, "This address does not know the method").build();
    }
    return status >= 500
        ? failed(failure)
        : problem(ErrorCode.MALFORMED, "The request cannot be read").build();
  }

  @ServerExceptionMapper
  public Response failed(RuntimeException failure) {
    LOG.error("A request failed", failure);
    return problem(ErrorCode.INTERNAL, "The request failed here; the log says why").build();
  }

  static Response.ResponseBuilder problem(ErrorCode code, String detail) {
    return Response.status(code.httpStatus())
        .type(Problem.MEDIA_TYPE)
        .entity(Problem.of(code, detail).toString());
  }
}
