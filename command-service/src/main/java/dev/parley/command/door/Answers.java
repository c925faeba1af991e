package dev.parley.command.door;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.command.CommandServiceConfig;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.wire.Json;
import dev.parley.schemas.wire.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.UUID;

/// Answers as HTTP responses.
@ApplicationScoped
public class Answers {

  private static final int CREATED = 201;
  private static final int OK = 200;
  private static final int ACCEPTED = 202;

  private final int retryAfterSeconds;

  @Inject
  Answers(CommandServiceConfig config) {
    this.retryAfterSeconds = config.door().retryAfterSeconds();
  }

  Response of(Answer answer) {
    return switch (answer) {
      case Answer.Decided decided -> {
        ObjectNode body = body(decided.conversation(), decided.id());
        body.put("seq", decided.seq());
        body.put("at", Instant.ofEpochMilli(decided.atMillis()).toString());
        body.put("duplicate", decided.duplicate());
        yield json(decided.duplicate() ? OK : CREATED, MediaType.APPLICATION_JSON, body);
      }
      case Answer.Kept() -> Response.noContent().build();
      case Answer.Stored(var conversation, var id) ->
          json(ACCEPTED, MediaType.APPLICATION_JSON, body(conversation, id));
      case Answer.Refused(var code, var detail, var retryAfterMillis) ->
          problem(code, detail, retryAfterMillis);
    };
  }

  Response problem(ErrorCode code, String detail) {
    return problem(code, detail, 0);
  }

  private Response problem(ErrorCode code, String detail, long retryAfterMillis) {
    ObjectNode body = Problem.of(code, detail);
    if (retryAfterMillis > 0) {
      body.put("retry_after_ms", retryAfterMillis);
    }
    Response.ResponseBuilder response =
        Response.status(code.httpStatus()).type(Problem.MEDIA_TYPE).entity(body.toString());
    if (code.temporary()) {
      response.header(
          HttpHeaders.RETRY_AFTER,
          retryAfterMillis > 0 ? Math.ceilDiv(retryAfterMillis, 1_000) : retryAfterSeconds);
    }
    if (code == ErrorCode.UNAUTHENTICATED) {
      response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    }
    return response.build();
  }

  private static Response json(int status, String mediaType, ObjectNode body) {
    return Response.status(status).type(mediaType).entity(body.toString()).build();
  }

  private static ObjectNode body(UUID conversation, UUID id) {
    ObjectNode body = Json.MAPPER.createObjectNode();
    body.put("conversation", conversation.toString());
    body.put("id", id.toString());
    return body;
  }
}
