package dev.parley.command.door;

import dev.parley.schemas.error.ErrorCode;
import jakarta.inject.Inject;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What goes wrong before or beside a command, as problem documents.
public class Problems {

  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  private final Answers answers;

  @Inject
  Problems(Answers answers) {
    this.answers = answers;
  }

  @ServerExceptionMapper
  public Response unknownRoute(WebApplicationException refused) {
    int status = refused.getResponse().getStatus();
    return switch (status) {
      case 404 -> answers.problem(ErrorCode.NOT_FOUND, "There is no such route.");
      case 405 -> answers.problem(ErrorCode.METHOD_NOT_ALLOWED, "The route has other methods.");
      case 413 -> answers.problem(ErrorCode.TOO_LARGE, "The body is too large.");
      default -> status >= 500 ? internal(refused) : malformed();
    };
  }

  @ServerExceptionMapper
  public Response internal(RuntimeException failure) {
    LOG.error("A request failed", failure);
    return answers.problem(ErrorCode.INTERNAL, "The request failed; the service's log says why.");
  }

  private Response malformed() {
    return answers.problem(ErrorCode.MALFORMED, "The request does not have the documented shape.");
  }
}
