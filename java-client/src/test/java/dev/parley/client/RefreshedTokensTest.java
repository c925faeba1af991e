package dev.parley.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.parley.schemas.id.Ids;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RefreshedTokensTest {

  private final AtomicInteger calls = new AtomicInteger();
  private HttpServer server;
  private Rest rest;

  /// Each refresh token is good once: refresh-0 gives refresh-1, and so on.
  @BeforeEach
  void anIdentityService() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/api/auth/refresh",
        exchange -> {
          var asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          int call = calls.get();
          boolean good = asked.contains("refresh-" + call + "\"");
          if (good) {
            calls.incrementAndGet();
          }
          var answer =
              good
                  ? "{\"access_token\":\"access-%d\",\"refresh_token\":\"refresh-%d\"}"
                      .formatted(call + 1, call + 1)
                  : "{\"code\":\"unauthenticated\"}";
          exchange.sendResponseHeaders(good ? 200 : 401, answer.length());
          try (var body = exchange.getResponseBody()) {
            body.write(answer.getBytes(StandardCharsets.UTF_8));
          }
        });
    server.start();
    rest = new Rest(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
  }

  @AfterEach
  void end() {
    rest.close();
    server.stop(0);
  }

  @Test
  void eachRenewalUsesTheRefreshTokenOfTheOneBefore() throws Exception {
    var tokens = Tokens.of(rest, new Account(Ids.uuid7(), "ada", "access-0", "refresh-0"));

    assertThat(get(tokens.fresh())).isEqualTo("access-0");
    assertThat(get(tokens.renew())).isEqualTo("access-1");
    assertThat(get(tokens.fresh())).isEqualTo("access-1");
    assertThat(get(tokens.renew())).isEqualTo("access-2");
  }

  @Test
  void whoeverAsksDuringARenewalWaitsForThatOne() throws Exception {
    var tokens = Tokens.of(rest, new Account(Ids.uuid7(), "ada", "access-0", "refresh-0"));

    var one = tokens.renew();
    var other = tokens.renew();

    assertThat(get(one)).isEqualTo(get(other)).isEqualTo("access-1");
    assertThat(calls).hasValue(1);
  }

  @Test
  void aVoidRefreshTokenMeansSignedOut() {
    var tokens = Tokens.of(rest, new Account(Ids.uuid7(), "ada", "access-0", "stolen"));

    assertThatThrownBy(() -> get(tokens.renew()))
        .hasRootCauseInstanceOf(Tokens.SignedOutException.class);
  }

  private static String get(CompletionStage<String> token) throws Exception {
    return token.toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}
