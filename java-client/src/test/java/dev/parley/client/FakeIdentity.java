package dev.parley.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// The smallest identity-service: tickets and service tokens, numbered, and a log of what was
/// asked.
final class FakeIdentity implements AutoCloseable {

  final List<String> asked = new CopyOnWriteArrayList<>();
  volatile Consumer<String> onTicket = ticket -> {};
  volatile String goodKey = "pk_good";
  volatile String tokensEnd = "2100-01-01T00:00:00Z";
  private final AtomicInteger given = new AtomicInteger();
  private final HttpServer server;

  FakeIdentity() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/api/auth/", this::answer);
    server.start();
  }

  URI origin() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().getPath();
    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    asked.add(exchange.getRequestMethod() + " " + path + " " + body);
    switch (path) {
      case "/api/auth/ws-ticket" -> {
        var ticket = "ticket-" + given.incrementAndGet();
        onTicket.accept(ticket);
        write(exchange, 200, "{\"ticket\":\"" + ticket + "\"}");
      }
      case "/api/auth/service-token" -> {
        if (body.contains("\"" + goodKey + "\"")) {
          write(
              exchange,
              200,
              "{\"access_token\":\"token-%d\",\"expires_at\":\"%s\"}"
                  .formatted(given.incrementAndGet(), tokensEnd));
        } else {
          write(exchange, 401, "{\"code\":\"unauthenticated\"}");
        }
      }
      default -> write(exchange, 204, "");
    }
  }

  private static void write(HttpExchange exchange, int status, String text) throws IOException {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    try (var out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }
}
