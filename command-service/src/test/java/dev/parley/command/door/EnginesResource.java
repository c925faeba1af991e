package dev.parley.command.door;

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
      server.start();
      keys = server;
      String port = Integer.toString(server.getAddress().getPort());
      return Map.of(
          "parley.kafka.bootstrap-servers",
          TestEngines.kafka().bootstrapServers(),
          "parley.decider.state-directory",
          Files.createTempDirectory("decider").toString(),
          "parley.decider.threads",
          "1",
          "parley.topics.partitions",
          "4",
          "parley.node",
          "command-test-" + UUID.randomUUID(),
          "parley.master-key",
          MasterKey.randomBase64(),
          "quarkus.redis.hosts",
          TestEngines.redis().url(),
          "mp.jwt.verify.publickey.location",
          "http://127.0.0.1:" + port + "/jwks.json",
          "quarkus.http.test-port",
          "0",
          "test.token-key",
          tokens.encoded());
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
}
