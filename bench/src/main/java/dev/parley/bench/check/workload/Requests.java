package dev.parley.bench.check.workload;

import dev.parley.client.Answer;
import dev.parley.client.Reply;
import dev.parley.client.Rest;
import dev.parley.client.Tokens;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// One person's messages by REST, answered as a socket answers: each once, without a client that
/// repeats it, so that whatever is no decision leaves the outcome unknown.
record Requests(Rest rest, Tokens tokens) {

  private static final String AWAY = "away";
  private static final int STORED = 202;
  private static final int UNAUTHENTICATED = 401;
  private static final int RATE_LIMITED = 429;
  private static final int SERVER = 500;

  CompletableFuture<Reply> send(UUID conversation, UUID message, String text) {
    return CompletableFuture.supplyAsync(
        () -> sent(conversation, message, text),
        task -> Thread.ofVirtual().name("request").start(task));
  }

  /// Whether the views have this message.
  boolean isThere(UUID conversation, UUID message) {
    try {
      var token = tokens.fresh().toCompletableFuture().join();
      return rest.get("/api/conversations/" + conversation + "/messages/" + message, token).ok();
    } catch (UncheckedIOException | CompletionException unreachable) {
      return false;
    }
  }

  private Reply sent(UUID conversation, UUID message, String text) {
    try {
      var token = tokens.fresh().toCompletableFuture().join();
      var path = "/api/conversations/" + conversation + "/messages";
      return reply(rest.post(path, token, Map.of("id", message.toString(), "text", text)));
    } catch (UncheckedIOException | CompletionException unreachable) {
      return new Reply.Refused(AWAY, true, 0, String.valueOf(unreachable.getMessage()));
    }
  }

  static Reply reply(Answer answer) {
    int status = answer.status();
    if (answer.ok() && status != STORED) {
      return new Reply.Done(answer.body());
    }
    boolean undecided =
        status == STORED || status == UNAUTHENTICATED || status == RATE_LIMITED || status >= SERVER;
    return new Reply.Refused(answer.code(), undecided, 0, answer.body().path("detail").asText());
  }
}
