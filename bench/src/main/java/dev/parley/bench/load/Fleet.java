package dev.parley.bench.load;

import dev.parley.client.Account;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// Many sockets with little around them: a client library would cost more than the server that is
/// measured. Each lives on one of the fleet's threads.
public final class Fleet implements AutoCloseable {

  private static final int MESSAGE_BYTES_MAX = 16 << 20;
  private static final int CONNECT_MILLIS_MAX = 60_000;

  /// One thread and what opens sockets on it.
  private record Loop(Vertx vertx, WebSocketClient client) {
    static Loop start(int receiveBytes) {
      var vertx =
          Vertx.vertx(
              new VertxOptions()
                  .setEventLoopPoolSize(1)
                  .setWorkerPoolSize(1)
                  .setInternalBlockingPoolSize(1));
      var options =
          new WebSocketClientOptions()
              .setMaxConnections(Integer.MAX_VALUE)
              .setMaxFrameSize(MESSAGE_BYTES_MAX)
              .setMaxMessageSize(MESSAGE_BYTES_MAX)
              .setConnectTimeout(CONNECT_MILLIS_MAX)
              .setTcpNoDelay(true);
      if (receiveBytes > 0) {
        options.setReceiveBufferSize(receiveBytes);
      }
      return new Loop(vertx, vertx.createWebSocketClient(options));
    }
  }

  private final List<Loop> loops;
  private final AtomicInteger next = new AtomicInteger();

  /// @param threads sockets are dealt out to them
  public Fleet(int threads) {
    this(threads, 0);
  }

  /// @param receiveBytes what the system may hold of a socket that is not read; 0: as it likes
  Fleet(int threads, int receiveBytes) {
    loops = IntStream.range(0, threads).mapToObj(_ -> Loop.start(receiveBytes)).toList();
  }

  /// A socket that is not connected yet.
  public Line line(Account account, URI edge, Line.Ear ear) {
    var loop = loops.get(Math.floorMod(next.getAndIncrement(), loops.size()));
    return new Line(loop.vertx(), loop.client(), account, edge, ear);
  }

  @Override
  public void close() {
    loops.forEach(loop -> loop.vertx().close().toCompletionStage().toCompletableFuture().join());
  }
}
