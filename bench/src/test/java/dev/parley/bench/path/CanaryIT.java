package dev.parley.bench.path;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.client.Account;
import dev.parley.schemas.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Secrets are shown to every door in every way there is, and in many there is not; then everything
/// that the stack writes down or says of itself is searched for them.
@Timeout(120)
class CanaryIT {

  @RegisterExtension static final Town TOWN = new Town();

  private static final String PASSWORD = "canary horse battery staple 4711";
  private static final Pattern TOKEN =
      Pattern.compile("eyJ[A-Za-z0-9_-]{8,}\\.eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}");

  @Test
  void noSecretIsWrittenDownAnywhere() throws Exception {
    var account = TOWN.rest.register("canary-" + System.nanoTime() % 1_000_000_007L, PASSWORD);
    var canaries = new TreeMap<String, String>();
    canaries.put("password", PASSWORD);
    canaries.put("access token", signature(account.token()));
    canaries.put("refresh token", account.refreshToken());
    var said = new ArrayList<String>();
    said.addAll(overRest(account, canaries));
    said.addAll(overSockets(account, canaries));
    for (var name : List.of("master-key", "internal-secret", "operator-secret")) {
      canaries.put(name, secret(name));
    }

    for (var answer : said) {
      canaries.forEach((what, canary) -> assertThat(answer).as(what).doesNotContain(canary));
    }
    try (Stream<Path> logs = Files.walk(TOWN.stack.data().resolve("logs"))) {
      for (var log : logs.filter(Files::isRegularFile).toList()) {
        var text = Files.readString(log, StandardCharsets.ISO_8859_1);
        canaries.forEach(
            (what, canary) -> assertThat(text.contains(canary)).as(what + " in " + log).isFalse());
        assertThat(TOKEN.matcher(text).find()).as("a token in " + log).isFalse();
      }
    }
  }

  /// @return what was answered
  private static List<String> overRest(Account account, Map<String, String> canaries)
      throws IOException, InterruptedException {
    var said = new ArrayList<String>();
    var ticket =
        TOWN.rest
            .post("/api/auth/ws-ticket", account.token(), Json.MAPPER.createObjectNode())
            .expectOk()
            .body()
            .path("ticket")
            .asText();
    canaries.put("ticket", ticket);
    try (var http = HttpClient.newHttpClient()) {
      for (var path : List.of("/api/users/me", "/api/conversations", "/api/search/messages?q=a")) {
        for (var bad : List.of(account.token() + "x", "x" + account.token(), account.token())) {
          said.add(
              http.send(
                      request(path + (path.contains("?") ? "&" : "?") + "token=unused", bad),
                      BodyHandlers.ofString())
                  .headers()
                  .toString());
        }
      }
      for (var path : List.of("/api/auth/login", "/api/auth/register", "/api/auth/refresh")) {
        var broken =
            "{\"password\":\"" + PASSWORD + "\", \"refresh_token\":\"" + ticket + "\" oops";
        said.add(TOWN.rest.sendText("POST", path, account.token(), broken).body().toString());
        var wrong =
            "{\"password\":[\"" + PASSWORD + "\"],\"refresh_token\":{\"a\":\"" + ticket + "\"}}";
        said.add(TOWN.rest.sendText("POST", path, account.token(), wrong).body().toString());
      }
    }
    return said;
  }

  private static HttpRequest request(String path, String token) {
    return HttpRequest.newBuilder(TOWN.stack.origin().resolve(path))
        .header("Authorization", "Bearer " + token)
        .GET()
        .build();
  }

  private static List<String> overSockets(Account account, Map<String, String> canaries)
      throws InterruptedException {
    var said = new ArrayList<String>();
    for (var edge : TOWN.stack.edges()) {
      try (var socket = RawSocket.live(edge, account.token(), "{}")) {
        var token = account.token();
        socket.send("{\"id\":3,\"t\":\"nonsense\",\"token\":\"" + token + "\"}");
        socket.send("{\"id\":4,\"t\":\"send\",\"token\":\"" + token + "x\",\"d\":{}}");
        socket.send(
            "{\"id\":5,\"t\":\"auth\",\"d\":{\"ticket\":\"" + canaries.get("ticket") + "\"}}");
        socket.send("{\"id\":6,\"t\":\"auth\",\"d\":{\"token\":\"" + token + "\"} oops");
        socket.await("all answers", frame -> frame.path("id").asInt() == 5);
        Await.until(
            "an answer to what is no frame", () -> socket.all().toString().contains("malformed"));
        said.add(socket.all().toString());
      }
      said.add(withQuery(edge, "ticket", canaries.getOrDefault("ticket", "")));
      said.add(withQuery(edge, "token", account.token()));
    }
    return said;
  }

  private static String withQuery(URI edge, String name, String secret)
      throws InterruptedException {
    try (var socket = new RawSocket(URI.create(edge + "?" + name + "=" + secret))) {
      socket.send("{\"id\":1,\"t\":\"ping\"}");
      Await.until("an answer or a close", () -> !socket.all().isEmpty() || !socket.isOpen());
      return socket.all().toString();
    } catch (java.util.concurrent.CompletionException refused) {
      return String.valueOf(refused.getCause()).replace(edge.toString(), "");
    }
  }

  /// What is told apart from every other token: the header and the issuer are the same in all.
  private static String signature(String token) {
    return token.substring(token.lastIndexOf('.') + 1);
  }

  private static String secret(String name) throws IOException {
    try (Stream<Path> files = Files.walk(TOWN.stack.data())) {
      var file =
          files
              .filter(f -> f.getFileName().toString().equals(name))
              .findFirst()
              .orElseThrow(
                  () -> new IllegalStateException("No " + name + " in the stack's folder"));
      return Files.readString(file).strip();
    }
  }
}
