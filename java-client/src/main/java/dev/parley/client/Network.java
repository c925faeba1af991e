package dev.parley.client;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// The threads and sockets of clients: a process with many clients shares one. Each client lives on
/// one of its threads.
public final class Network implements AutoCloseable {

  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

  /// A thread, and the sockets that it serves.
  record Loop(ScheduledExecutorService thread, HttpClient http) {

    static Loop start(String name) {
      var thread =
          new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name(name).factory());
      thread.setRemoveOnCancelPolicy(true);
      var http =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .connectTimeout(CONNECT_LIMIT)
              .executor(thread)
              .build();
      return new Loop(thread, http);
    }

    void stop() {
      http.shutdownNow();
      thread.shutdownNow();
    }
  }

  private final List<Loop> loops;
  private final AtomicInteger next = new AtomicInteger();

  /// @param threads clients are dealt out to them
  public Network(int threads) {
    loops = IntStream.range(0, threads).mapToObj(i -> Loop.start("parley-client-" + i)).toList();
  }

  Loop loop() {
    return loops.get(Math.floorMod(next.getAndIncrement(), loops.size()));
  }

  /// Ends all sockets without a goodbye. Close the clients first.
  @Override
  public void close() {
    loops.forEach(Loop::stop);
  }
}
