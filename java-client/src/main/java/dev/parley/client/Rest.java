package dev.parley.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The REST API behind one origin. Blocking, besides [#events]; safe to share.
public final class Rest implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final URI origin;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  /// @param origin such as `http://127.0.0.1:8080`
  public Rest(URI origin) {
    this.origin = origin;
  }

  /// Makes a person and logs them in.
  public Account register(String name, String password) {
    var body = Map.of("name", name, "password", password, "display_name", name);
    return account(name, post("/api/auth/register", null, body).expectOk());
  }

  public Account login(String name, String password) {
    var body = Map.of("name", name, "password", password);
    return account(name, post("/api/auth/login", null, body).expectOk());
  }

  /// A stranger who may read public channels, and nothing else.
  public Account guest() {
    var token =
        post("/api/auth/guest", null, Map.of()).expectOk().body().path("access_token").asText();
    return new Account(subject(token), "guest", token, "");
  }

  /// New tokens for the refresh token of `account`, which is void afterwards. Fails with
  /// [Tokens.SignedOutException] where it was void before.
  public CompletableFuture<Account> refresh(Account account) {
    var body = Json.MAPPER.createObjectNode().put("refresh_token", account.refreshToken());
    return posted("/api/auth/refresh", null, body).thenApply(answer -> refreshed(account, answer));
  }

  /// Ends the session of this account on the server, and the sockets of it.
  public void logout(Account account) {
    post("/api/auth/logout", null, Map.of("refresh_token", account.refreshToken())).expectOk();
  }

  /// Ends all sessions of this person.
  public void logoutAll(String token) {
    post("/api/auth/logout-all", token, Map.of()).expectOk();
  }

  /// Where this person is signed in: `sessions`, each with `id`, `client`, `last_used_at`,
  /// `current`.
  public Answer sessions(String token) {
    return get("/api/auth/sessions", token);
  }

  public void endSession(String token, UUID session) {
    send("DELETE", "/api/auth/sessions/" + session, token, Map.of()).expectOk();
  }

  /// All other sessions of this person end with it.
  public void changePassword(String token, String current, String next) {
    post("/api/auth/password", token, Map.of("current", current, "password", next)).expectOk();
  }

  /// Opens one connection within 30 s, in place of the token. Fails with
  /// [Tokens.SignedOutException] where the token is void.
  public CompletableFuture<String> ticket(String token) {
    return posted("/api/auth/ws-ticket", token, Json.MAPPER.createObjectNode())
        .thenApply(answer -> expectSignedIn(answer).body().path("ticket").asText());
  }

  /// A token for the key of a bot. Fails with [Tokens.SignedOutException] where the key is void.
  CompletableFuture<Timed> serviceToken(String key) {
    return posted("/api/auth/service-token", null, Json.MAPPER.createObjectNode().put("key", key))
        .thenApply(answer -> Timed.of(expectSignedIn(answer).body()));
  }

  /// A token and its end, as the server tells them.
  record Timed(String token, Instant endsAt) {
    static Timed of(JsonNode body) {
      var end = body.path("expires_at");
      return new Timed(
          body.path("access_token").asText(),
          end.isNumber() ? Instant.ofEpochMilli(end.asLong()) : Instant.parse(end.asText()));
    }

    /// Without the token.
    @Override
    public String toString() {
      return "Timed[" + endsAt + "]";
    }
  }

  private static Answer expectSignedIn(Answer answer) {
    if (answer.status() >= 400 && answer.status() < 500 && answer.status() != 429) {
      throw new Tokens.SignedOutException("The token or key is void: " + answer.code());
    }
    return answer.expectOk();
  }

  private static Account refreshed(Account account, Answer answer) {
    var body = expectSignedIn(answer).body();
    return new Account(
        account.user(),
        account.name(),
        body.path("access_token").asText(),
        body.path("refresh_token").asText());
  }

  /// A page of a conversation's messages, ascending.
  ///
  /// @param query such as `before=12&limit=50`, or empty
  public Answer history(Account reader, UUID conversation, String query) {
    return get("/api/conversations/" + conversation + "/messages?" + query, reader.token());
  }

  public Answer search(Account reader, String words) {
    var q = URLEncoder.encode(words, StandardCharsets.UTF_8);
    return get("/api/search/messages?q=" + q, reader.token());
  }

  /// Events after a seq; completes exceptionally where they are refused.
  public CompletableFuture<JsonNode> events(String token, UUID conversation, long after) {
    var path = "/api/conversations/" + conversation + "/events?limit=500&after=" + after;
    var request = request(path, token).GET().build();
    return http.sendAsync(request, BodyHandlers.ofByteArray())
        .thenApply(response -> answer(response).expectOk().body());
  }

  public Answer get(String path, @Nullable String token) {
    return send(request(path, token).GET());
  }

  public Answer post(String path, @Nullable String token, Object body) {
    return send("POST", path, token, body);
  }

  /// Any method with a JSON body.
  public Answer send(String method, String path, @Nullable String token, Object body) {
    return sendText(method, path, token, Json.MAPPER.valueToTree(body).toString());
  }

  /// Any method with any body, also one that is no JSON.
  public Answer sendText(String method, String path, @Nullable String token, String body) {
    return send(
        request(path, token)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body)));
  }

  /// Ends it; calls that wait fail.
  @Override
  public void close() {
    http.shutdownNow();
  }

  private CompletableFuture<Answer> posted(String path, @Nullable String token, JsonNode body) {
    var request =
        request(path, token)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString()))
            .build();
    return http.sendAsync(request, BodyHandlers.ofByteArray()).thenApply(Rest::answer);
  }

  /// Whose token it is; a guest has no account that could say so.
  private static UUID subject(String token) {
    try {
      var claims = Base64.getUrlDecoder().decode(token.split("\\.")[1]);
      return Ids.required(Json.MAPPER.readTree(claims).path("sub").asText());
    } catch (IOException broken) {
      throw new IllegalArgumentException("Expected an access token, but found other text", broken);
    }
  }

  private static Account account(String name, Answer answer) {
    return new Account(
        Ids.required(answer.body().path("user").path("id").asText()),
        name,
        answer.body().path("access_token").asText(),
        answer.body().path("refresh_token").asText());
  }

  private HttpRequest.Builder request(String path, @Nullable String token) {
    var request = HttpRequest.newBuilder(origin.resolve(path)).timeout(TIMEOUT);
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return request;
  }

  private Answer send(HttpRequest.Builder request) {
    try {
      return answer(http.send(request.build(), BodyHandlers.ofByteArray()));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for an answer", interrupted);
    }
  }

  private static Answer answer(HttpResponse<byte[]> response) {
    return new Answer(
        response.statusCode(),
        json(response.body()),
        response.headers().firstValue("Parley-Position"),
        response.headers().firstValue("Retry-After").flatMap(Rest::seconds));
  }

  private static Optional<Duration> seconds(String header) {
    try {
      return Optional.of(Duration.ofSeconds(Long.parseLong(header.strip())));
    } catch (NumberFormatException date) {
      return Optional.empty();
    }
  }

  private static JsonNode json(byte[] body) {
    try {
      return body.length == 0 ? MissingNode.getInstance() : Json.MAPPER.readTree(body);
    } catch (IOException noJson) {
      return Json.MAPPER.createObjectNode().put("text", new String(body, StandardCharsets.UTF_8));
    }
  }
}
