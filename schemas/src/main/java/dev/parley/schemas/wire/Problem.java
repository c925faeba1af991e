package dev.parley.schemas.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.schemas.error.ErrorCode;

/// Errors as REST tells them: problem documents (RFC 9457), media type `application/problem+json`.
public final class Problem {

  public static final String MEDIA_TYPE = "application/problem+json";

  private Problem() {}

  /// @param detail a sentence about this very request; it holds no secret
  public static ObjectNode of(ErrorCode code, String detail) {
    var problem = Json.MAPPER.createObjectNode();
    problem.put("type", "about:blank");
    problem.put("title", code.wireName().replace('_', ' '));
    problem.put("status", code.httpStatus());
    problem.put("detail", detail);
    problem.put("code", code.wireName());
    problem.put("temporary", code.temporary());
    problem.put("advice", code.advice());
    return problem;
  }
}
