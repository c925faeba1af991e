package dev.parley.command.door;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parley.schemas.command.Command;
import dev.parley.schemas.command.SendCodec;
import dev.parley.schemas.content.Body;
import dev.parley.schemas.content.Content;
import dev.parley.schemas.content.MasterKey;
import dev.parley.stack.test.TestEngines;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The real Kafka and Redis, and a page of keys as identity-service publishes it.
public final class EnginesResource implements QuarkusTestResourceLifecycleManager {

  private static final int OK = 200;
  private static final Command.SendMessage HELD =
      new Command.SendMessage(new Body.Plain(new Content("held", List.of())), null, null);
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
      settings.put("parley.filter.words", "forbiddenword");
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

  /// The views, where everybody is a member of what ends in an even digit and reads its messages,
  /// and a moderator of what ends in 4. Messages that end in an even digit were reported or held,
  /// and among them those that end in 2 were released.
  private static void views(HttpExchange exchange) throws IOException {
    String[] path = exchange.getRequestURI().getPath().split("/");
    boolean member = isEven(path[3]);
    boolean known = "secret".equals(exchange.getRequestHeaders().getFirst("Parley-Internal"));
    String message = path[path.length - 1];
    boolean there =
        switch (path[4]) {
          case "access" -> true;
          case "held", "reports" -> isEven(message);
          default -> member;
        };
    byte[] body = body(path, member, message).getBytes(StandardCharsets.UTF_8);
    int status = !known ? 401 : there ? OK : 404;
    exchange.sendResponseHeaders(status, status == OK ? body.length : -1);
    if (status == OK) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  private static String body(String[] path, boolean member, String message) {
    return switch (path[4]) {
      case "access" ->
          "{\"member\":%s,\"role\":%s,\"kind\":\"group\",\"members_count\":2,\"head_seq\":7}"
              .formatted(
                  member,
                  !member ? "null" : path[3].endsWith("4") ? "\"moderator\"" : "\"member\"");
      case "held" ->
          "{\"send\":\"%s\",\"settled\":%s}"
              .formatted(
                  Base64.getEncoder().encodeToString(SendCodec.toProto(HELD).toByteArray()),
                  message.endsWith("2") ? "{\"released\":true}" : "null");
      case "reports" -> "{}";
      default -> "{\"author\":\"%s\",\"text\":\"once\"}".formatted(path[3]);
    };
  }

  private static boolean isEven(String id) {
    return Character.digit(id.charAt(id.length() - 1), 16) % 2 == 0;
  }
}
