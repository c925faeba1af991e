package dev.parley.tokens;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parley.schemas.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/// Where people are provisioned, over real HTTP: it answers when it may.
final class IdentityServer implements AutoCloseable {

  final List<String> bodies = new CopyOnWriteArrayList<>();
  final CountDownLatch may = new CountDownLatch(1);
  volatile int status = 200;
  private final HttpServer server;

  IdentityServer() {
    try {
      this.server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/internal/people:provision", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    bodies.add(body);
    boolean known = "secret".equals(exchange.getRequestHeaders().getFirst("Parley-Internal"));
    try {
      may.await();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
    var answer = Json.MAPPER.readTree(body).toString().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(known ? status : 401, answer.length);
    try (var out = exchange.getResponseBody()) {
      out.write(answer);
    }
  }

  @Override
  public void close() {
    may.countDown();
    server.stop(0);
  }
}
