package dev.parley.bench.access;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.bench.access.Calls.Request;
import dev.parley.client.Account;
import dev.parley.client.Answer;
import dev.parley.client.Rest;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// What came of a question, in a word: `ok`; `sees`, if the answer holds what the host said last;
/// or the code of the refusal.
///
/// @param whole all that the one who asked was told
record Asked(String word, String whole) {

  static final String SEES = "sees";
  static final String OK = "ok";

  /// What passes is waited for, by the limit of the test: it is no answer about access.
  static Asked over(Rest rest, Account caller, Request request, String secret) {
    var token = caller.token().isEmpty() ? null : caller.token();
    while (true) {
      var answer =
          request.method().equals("GET")
              ? rest.get(request.path(), token)
              : rest.send(request.method(), request.path(), token, request.body());
      var passes = answer.status() == 429 || answer.status() == 503;
      if (!passes) {
        return of(answer, secret);
      }
      LockSupport.parkNanos(answer.retryAfter().orElse(Duration.ofSeconds(1)).toNanos());
    }
  }

  private static Asked of(Answer answer, String secret) {
    var whole = answer.status() + " " + answer.body();
    if (!answer.ok()) {
      return new Asked(
          answer.code().isEmpty() ? "status " + answer.status() : answer.code(), whole);
    }
    return new Asked(whole.contains(secret) ? SEES : OK, whole);
  }

  static Asked of(JsonNode frame) {
    var error = frame.path("err");
    return error.isMissingNode()
        ? new Asked(OK, frame.path("ok").toString())
        : new Asked(error.path("code").asText(), error.toString());
  }
}
