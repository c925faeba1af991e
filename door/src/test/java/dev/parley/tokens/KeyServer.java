package dev.parley.tokens;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;

/// An issuer's page of keys, over real HTTP: with keys that change, and that can be broken.
final class KeyServer implements AutoCloseable {

  private final HttpServer server;
  private final AtomicInteger reads = new AtomicInteger();
  private final List<String> paths = new CopyOnWriteArrayList<>();
  private volatile List<PublicJsonWebKey> keys;
  private volatile int status = 200;
  private volatile int padding;

  KeyServer(PublicJsonWebKey... keys) {
    this.keys = List.of(keys);
    try {
      this.server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  String origin() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  String jwksUrl() {
    return origin() + "/jwks.json";
  }

  void publish(PublicJsonWebKey... now) {
    keys = List.of(now);
  }

  void fail(int with) {
    status = with;
  }

  void pad(int bytes) {
    padding = bytes;
  }

  int reads() {
    return reads.get();
  }

  List<String> paths() {
    return paths;
  }

  private void answer(HttpExchange exchange) throws IOException {
    reads.incrementAndGet();
    paths.add(exchange.getRequestURI().toString());
    var path = exchange.getRequestURI().getPath();
    var text =
        path.endsWith("openid-configuration")
            ? "{\"issuer\":\"%s\",\"jwks_uri\":\"%s\"}".formatted(origin(), jwksUrl())
            : new JsonWebKeySet(keys).toJson(OutputControlLevel.PUBLIC_ONLY);
    var body = (text + " ".repeat(padding)).getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    try (var out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
