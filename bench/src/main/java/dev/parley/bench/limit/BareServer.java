package dev.parley.bench.limit;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.wire.Json;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrameType;
import io.vertx.core.http.impl.ws.WebSocketFrameImpl;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// A process of its own with a Vert.x WebSocket server that does nothing but hand each message to
/// all sockets, encoded once: the least that an edge can cost. It speaks as much of the protocol as
/// the sockets of a bench need, and its frames are as long as an edge's.
public final class BareServer implements AutoCloseable {

  private static final int BACKLOG = 4_096;
  private static final UUID SOMEBODY = Ids.uuid7();

  private final Process process;
  private final URI address;

  private BareServer(Process process, URI address) {
    this.process = process;
    this.address = address;
  }

  public static BareServer start() {
    try {
      var process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  // As the edges of a stack run.
                  "-Xmx320m",
                  "-XX:+UseSerialGC",
                  "-XX:+UseCompactObjectHeaders",
                  "-cp",
                  System.getProperty("java.class.path"),
                  BareServer.class.getName())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      var lines =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      var port = lines.readLine();
      if (port == null) {
        throw new IllegalStateException("Expected the bare server to listen");
      }
      return new BareServer(process, URI.create("ws://127.0.0.1:" + port + "/ws"));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  public URI address() {
    return address;
  }

  public long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /// The process itself: prints its port, and ends when nobody reads it any more.
  public static void main(String[] arguments) throws IOException {
    var vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    var server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setAcceptBacklog(BACKLOG)
                    .addWebSocketSubProtocol("parley.v1.json"))
            .webSocketHandler(new Room()::accept)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    System.out.println(server.actualPort());
    var unused = System.in.read();
    System.exit(0);
  }

  /// All sockets, on the one event loop.
  private static final class Room {
    private final List<ServerWebSocket> sockets = new ArrayList<>();
    private long seq;

    void accept(ServerWebSocket socket) {
      sockets.add(socket);
      socket.closeHandler(_ -> sockets.remove(socket));
      socket.exceptionHandler(_ -> {});
      socket.textMessageHandler(text -> received(socket, text));
    }

    private void received(ServerWebSocket from, String text) {
      try {
        var frame = Json.MAPPER.readTree(text);
        switch (frame.path("t").asText()) {
          case "resume" -> from.writeTextMessage("{\"t\":\"live\",\"d\":{\"cursor\":\"\"}}");
          case "create", "send" -> {
            var d = frame.path("d");
            seq++;
            toAll(event(d.path("conversation").asText(), d.path("text").asText()));
            from.writeTextMessage(
                "{\"id\":%d,\"ok\":{\"seq\":%d}}".formatted(frame.path("id").asLong(), seq));
          }
          default -> {}
        }
      } catch (JsonProcessingException noFrame) {
        throw new IllegalStateException("Expected a frame", noFrame);
      }
    }

    private void toAll(byte[] bytes) {
      for (var socket : sockets) {
        socket.writeFrame(new WebSocketFrameImpl(WebSocketFrameType.TEXT, bytes, true));
      }
    }

    private byte[] event(String conversation, String text) {
      var json = Json.MAPPER.createObjectNode().put("t", "event");
      var d = json.putObject("d").put("conversation", conversation).put("seq", seq);
      d.put("ordinal", seq).put("type", "message.sent").put("id", SOMEBODY.toString());
      d.put("at", Instant.now().toString()).put("actor", SOMEBODY.toString());
      d.putObject("data").put("text", text);
      return json.toString().getBytes(StandardCharsets.UTF_8);
    }
  }
}
