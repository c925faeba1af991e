package dev.parley.stack.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.stack.process.Ports;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatewayTest {

  private static final int NOBODY = Ports.free();

  @TempDir static Path dist;

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = HttpClient.newHttpClient();
  private int port;

  @BeforeEach
  void start() throws Exception {
    Files.createDirectories(dist.resolve("assets"));
    Files.writeString(dist.resolve("index.html"), "<p>the page</p>");
    Files.writeString(dist.resolve("assets/a-1f.js"), "1");
    int echo = listen(vertx.createHttpServer().requestHandler(GatewayTest::echo)).actualPort();
    int edge =
        listen(
                vertx
                    .createHttpServer()
                    .webSocketHandler(ws -> ws.textMessageHandler(ws::writeTextMessage)))
            .actualPort();
    Gateway gateway =
        new Gateway(
            vertx,
            Map.of(
                Target.IDENTITY, List.of(echo),
                Target.COMMAND, List.of(NOBODY, echo),
                Target.SEARCH, List.of(NOBODY),
                Target.EDGE, List.of(NOBODY, edge)),
            dist);
    port = await(gateway.listen(0)).actualPort();
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    await(vertx.close());
  }

  @Test
  void aRequestReachesItsServiceWithoutHeadersThatMeanSomethingInsideOnly() throws Exception {
    HttpResponse<String> answer =
        client.send(
            request("/api/users/me?x=1")
                .header("Parley-Internal", "guess")
                .header("parley-operator", "guess")
                .header("Authorization", "Bearer t")
                .method("PATCH", HttpRequest.BodyPublishers.ofString("{}"))
                .build(),
            HttpResponse.BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.body()).startsWith("PATCH /api/users/me?x=1 {}");
    assertThat(answer.body())
        .containsIgnoringCase("authorization")
        .doesNotContainIgnoringCase("parley-");
  }

  @Test
  void aServiceSeesTheHostThatThePageWasAskedOf() throws Exception {
    assertThat(get("/api/users/me").body()).contains("host 127.0.0.1:" + port);
  }

  @Test
  void aBodyThatIsTooLargeIsRefusedBeforeItIsRead() throws Exception {
    HttpResponse<String> answer =
        client.send(
            request("/api/users/me")
                .PUT(HttpRequest.BodyPublishers.ofByteArray(new byte[300 * 1024]))
                .build(),
            HttpResponse.BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).contains("too_large");
  }

  @Test
  void aNodeThatIsDownIsPassedOver() throws Exception {
    for (int i = 0; i < 4; i++) {
      HttpResponse<String> answer =
          client.send(
              request("/api/conversations").POST(HttpRequest.BodyPublishers.ofString("{}")).build(),
              HttpResponse.BodyHandlers.ofString());

      assertThat(answer.statusCode()).isEqualTo(201);
    }
  }

  @Test
  void aServiceThatIsDownIsAProblemThatSaysSo() throws Exception {
    HttpResponse<String> answer = get("/api/search/messages?q=x");

    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.body()).contains("The search service does not answer");
  }

  @Test
  void aWebSocketGoesToAnEdgeThatLivesAndBytesFlowBothWays() throws Exception {
    for (int i = 0; i < 3; i++) {
      Listener listener = new Listener();
      WebSocket socket =
          client
              .newWebSocketBuilder()
              .buildAsync(URI.create("ws://127.0.0.1:" + port + "/ws"), listener)
              .get(10, TimeUnit.SECONDS);
      String text = "x".repeat(100_000);

      socket.sendText(text, true);

      assertThat(listener.text.get(10, TimeUnit.SECONDS)).isEqualTo(text);
      socket.sendClose(WebSocket.NORMAL_CLOSURE, "");
      assertThat(listener.closed.get(10, TimeUnit.SECONDS)).isEqualTo(WebSocket.NORMAL_CLOSURE);
    }
  }

  @Test
  void thePageIsServedSafelyAndKeptAsLongAsItsNamesAllow() throws Exception {
    HttpResponse<String> page = get("/");
    HttpResponse<String> asset = get("/assets/a-1f.js");

    assertThat(page.body()).isEqualTo("<p>the page</p>");
    assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-cache");
    assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
        .startsWith("default-src 'none'; script-src 'self'; style-src 'self'")
        .doesNotContain("unsafe")
        .contains("frame-ancestors 'none'");
    assertThat(page.headers().firstValue("Server")).isEmpty();
    assertThat(asset.headers().firstValue("Cache-Control").orElse("")).contains("immutable");
  }

  @Test
  void anAddressOfThePageShowsThePageButAMissingFileIsMissing() throws Exception {
    HttpResponse<String> address =
        client.send(
            request("/c/123").header("Accept", "text/html").build(),
            HttpResponse.BodyHandlers.ofString());

    assertThat(address.body()).isEqualTo("<p>the page</p>");
    assertThat(get("/assets/gone.js").statusCode()).isEqualTo(404);
  }

  @Test
  void whatIsInsideIsNotThere() throws Exception {
    for (String path : List.of("/q/health", "/internal/replay", "/api/nothing")) {
      assertThat(get(path).statusCode()).isEqualTo(404);
    }
    assertThat(get("/api/users/%2e%2e/x").statusCode()).isEqualTo(400);
  }

  private static void echo(io.vertx.core.http.HttpServerRequest request) {
    request
        .body()
        .onSuccess(body ->
            request
                .response()
                .setStatusCode(201)
                .end(
                    request.method()
                        + " "
                        + request.uri()
                        + " "
                        + body
                        + "\n"
                        + request.headers().names()
                        + "\nhost "
                        + request.getHeader("Host")));
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  private static HttpServer listen(HttpServer server) throws Exception {
    return await(server.listen(0, "127.0.0.1"));
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private static final class Listener implements WebSocket.Listener {
    private final CompletableFuture<String> text = new CompletableFuture<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder parts = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      parts.append(data);
      if (last) {
        text.complete(parts.toString());
      }
      socket.request(1);
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      closed.complete(code);
      return CompletableFuture.completedStage(null);
    }
  }
}
