package dev.parley.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parley.schemas.wire.Json;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/// A deployment's filter, which answers as a test wants it to.
final class HookServer implements AutoCloseable {

  /// @param signature the header
  record Call(byte[] body, String signature) {
    JsonNode json() throws IOException {
      return Json.MAPPER.readTree(body);
    }
  }

  final Queue<Call> calls = new ConcurrentLinkedQueue<>();
  private final HttpServer server;
  private final CountDownLatch open = new CountDownLatch(1);
  private volatile boolean silent;
  private volatile int status = 200;
  private volatile byte[] answer = utf8("{\"judgement\":\"pass\"}");

  HookServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::serve);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/judge";
  }

  void answers(int newStatus, String newAnswer) {
    status = newStatus;
    answer = utf8(newAnswer);
  }

  /// Takes calls and answers none until it is closed.
  void isSilent() {
    silent = true;
  }

  @Override
  public void close() {
    open.countDown();
    server.stop(0);
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = exchange.getRequestBody().readAllBytes();
      calls.add(new Call(body, exchange.getRequestHeaders().getFirst(FilterHook.SIGNATURE_HEADER)));
      if (silent) {
        open.await();
        return;
      }
      exchange.sendResponseHeaders(status, answer.length);
      exchange.getResponseBody().write(answer);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
