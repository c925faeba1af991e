package dev.parley.client;

import java.lang.System.Logger.Level;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// The threads and sockets of clients: a process with many clients shares one. Each client lives on
/// one of its threads.
public final class Network implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Network.class.getName());
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

  /// A thread, and the sockets that it serves. After its end it takes nothing more, in silence: the
  /// network was closed under whoever still comes.
  record Loop(ScheduledExecutorService thread, HttpClient http) implements Timers, Executor {

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

    @Override
    public void execute(Runnable task) {
      try {
        thread.execute(guarded(task));
      } catch (RejectedExecutionException ended) {
        LOG.log(Level.DEBUG, "The network was closed before its clients");
      }
    }

    @Override
    public Timer after(long millis, Runnable task) {
      try {
        var waiting = thread.schedule(guarded(task), millis, TimeUnit.MILLISECONDS);
        return () -> waiting.cancel(false);
      } catch (RejectedExecutionException ended) {
        return () -> {};
      }
    }

    boolean ended() {
      return thread.isShutdown();
    }

    void stop() {
      http.shutdownNow();
      thread.shutdownNow();
    }

    /// The executor would keep what a task throws to itself.
    private static Runnable guarded(Runnable task) {
      return () -> {
        try {
          task.run();
        } catch (RuntimeException thrown) {
          var here = Thread.currentThread();
          here.getUncaughtExceptionHandler().uncaughtException(here, thrown);
        }
      };
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
