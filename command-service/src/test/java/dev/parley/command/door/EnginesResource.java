package dev.parley.command.door;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parley.schemas.content.MasterKey;
import dev.parley.stack.test.TestEngines;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The real Kafka and Redis, and a page of keys as identity-service publishes it.
public final class EnginesResource implements QuarkusTestResourceLifecycleManager {

  private static final int OK = 200;
  private @Nullable HttpServer keys;

  @Override
  public Map<String, String> start() {
    try {
      TestTokens tokens = TestTokens.generate();
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/jwks.json",
          exchange -> {
            byte[] body = tokens.jwks().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("content-type", "application/json");
            exchange.sendResponseHeaders(OK, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
          });
      server.createContext("/internal/conversations/", EnginesResource::views);
      server.start();
      keys = server;
      String port = Integer.toString(server.getAddress().getPort());
      Map<String, String> settings = new HashMap<>();
      settings.put("parley.kafka.bootstrap-servers", TestEngines.kafka().bootstrapServers());
      settings.put(
          "parley.decider.state-directory", Files.createTempDirectory("decider").toString());
      settings.put("parley.decider.threads", "1");
      settings.put("parley.topics.partitions", "4");
      settings.put("parley.node", "command-test-" + UUID.randomUUID());
      settings.put("parley.master-key", MasterKey.randomBase64());
      settings.put("parley.internal-secret", "secret");
      settings.put("parley.projection.url", "http://127.0.0.1:" + port);
      settings.put("quarkus.redis.hosts", TestEngines.redis().url());
      settings.put("mp.jwt.verify.publickey.location", "http://127.0.0.1:" + port + "/jwks.json");
      settings.put("quarkus.http.test-port", "0");
      settings.put("test.token-key", tokens.encoded());
      return settings;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public void stop() {
    HttpServer server = keys;
    if (server != null) {
      server.stop(0);
    }
  }

  /// The views, where everybody is a member of what ends in an even digit and reads its messages.
  private static void views(HttpExchange exchange) throws IOException {
    String[] path = exchange.getRequestURI().getPath().split("/");
    char last = path[3].charAt(path[3].length() - 1);
    boolean member = Character.digit(last, 16) % 2 == 0;
    boolean known = "secret".equals(exchange.getRequestHeaders().getFirst("Parley-Internal"));
    byte[] body =
        (path[4].equals("access")
                ? "{\"member\":%s,\"members_count\":2,\"head_seq\":7}".formatted(member)
                : "{\"author\":\"%s\",\"text\":\"once\"}".formatted(path[3]))
            .getBytes(StandardCharsets.UTF_8);
    int status = !known ? 401 : member || path[4].equals("access") ? OK : 404;
    exchange.sendResponseHeaders(status, status == OK ? body.length : -1);
    if (status == OK) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }
}
