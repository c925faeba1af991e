package dev.parley.origins;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BrowserHeadersTest {

  private static final String LISTED = "https://chat.example";

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = HttpClient.newHttpClient();
  private int port;

  @BeforeEach
  void serve() throws Exception {
    var router = Router.router(vertx);
    router.route().handler(new BrowserHeaders(new Origins(List.of(LISTED)))::answer);
    router.route("/api/me").handler(routing -> routing.response().end("me"));
    router
        .route("/keys")
        .handler(routing ->
            routing.response().putHeader("Cache-Control", "public, max-age=60").end("keys"));
    router.route("/fails").handler(routing -> routing.fail(500));
    port =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS)
            .actualPort();
  }

  @AfterEach
  void close() {
    client.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void everyAnswerTellsABrowserWhatNotToDo() throws Exception {
    for (var path : List.of("/api/me", "/fails", "/nothing")) {
      var headers = ask("GET", path).headers();
      assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
      assertThat(headers.firstValue("Referrer-Policy")).hasValue("no-referrer");
      assertThat(headers.firstValue("X-Frame-Options")).hasValue("DENY");
      assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
          .contains("frame-ancestors 'none'");
      assertThat(headers.firstValue("Cross-Origin-Resource-Policy")).hasValue("same-origin");
      assertThat(headers.firstValue("Cache-Control")).as(path).hasValue("no-store");
    }
    assertThat(ask("GET", "/keys").headers().firstValue("Cache-Control"))
        .hasValue("public, max-age=60");
  }

  @Test
  void aPageOfAListedOriginMayReadTheAnswer() throws Exception {
    var headers = ask("GET", "/api/me", "Origin", LISTED).headers();
    assertThat(headers.firstValue("Access-Control-Allow-Origin")).hasValue(LISTED);
    assertThat(headers.firstValue("Access-Control-Allow-Credentials")).hasValue("true");
    assertThat(headers.allValues("Vary")).contains("Origin");
  }

  @Test
  void aPageOfAnyOtherOriginMayNot() throws Exception {
    for (var origin :
        List.of(
            "https://evil.example",
            "null",
            "https://chat.example.evil",
            "http://chat.example",
            "*")) {
      var answer = ask("GET", "/api/me", "Origin", origin);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().map())
          .as(origin)
          .doesNotContainKey("access-control-allow-origin");
    }
  }

  @Test
  void aPreflightIsAnsweredForListedOriginsAlone() throws Exception {
    var allowed =
        ask("OPTIONS", "/api/me", "Origin", LISTED, "Access-Control-Request-Method", "PATCH");
    assertThat(allowed.statusCode()).isEqualTo(204);
    assertThat(allowed.headers().firstValue("Access-Control-Allow-Methods").orElse(""))
        .contains("PATCH");
    var refused =
        ask(
            "OPTIONS",
            "/api/me",
            "Origin",
            "https://evil.example",
            "Access-Control-Request-Method",
            "PATCH");
    assertThat(refused.headers().map()).doesNotContainKey("access-control-allow-methods");
  }

  private HttpResponse<String> ask(String method, String path, String... headers)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(method, BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }
}
