package dev.parley.bench.fault;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// Carries faults out. Whatever this program froze or filled is let go when it ends, whichever way.
final class Harm implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(10);

  /// What is left of a fault.
  ///
  /// @param overNanos when it is over by itself; those that a supervisor mends are over last
  /// @param mending returns when the cause is gone
  record Wound(long overNanos, Mending mending) {

    static final Wound NONE = new Wound(0, () -> {});

    /// What ends a wound; it may wait for that.
    @FunctionalInterface
    interface Mending {
      void run() throws IOException, InterruptedException;
    }

    void heal() throws IOException, InterruptedException {
      mending.run();
    }
  }

  private final Deployment where;
  private final BadNetwork network;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(LIMIT).build();
  private final Set<Wound.Mending> lasting = ConcurrentHashMap.newKeySet();
  private final Thread atExit = new Thread(this::letGo, "let-go");

  Harm(Deployment where, BadNetwork network) {
    this.where = where;
    this.network = network;
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /// @throws IOException if it cannot be done here
  Wound strike(Fault fault) throws IOException, InterruptedException {
    return switch (fault) {
      case Fault.Kill(var part, var pick) -> replaced(part, pick, "KILL");
      case Fault.Restart(var part, var pick) -> replaced(part, pick, goodbye(part));
      case Fault.Freeze(var part, var pick, var length) -> freeze(part, pick, length);
      case Fault.Pair(var one, var other) -> both(strike(one), strike(other));
      case Fault.Cut() -> {
        network.cut();
        yield Wound.NONE;
      }
      case Fault.Slow(var delay, var bytesPerSecond, var length) -> {
        network.slow(delay, bytesPerSecond);
        yield lasting(length, network::flow);
      }
      case Fault.Forget(var command) -> {
        tellRedis(command);
        yield Wound.NONE;
      }
      case Fault.FullIndex(var length) -> {
        block("true");
        yield lasting(length, () -> block("null"));
      }
      case Fault.FullViews(var bytesMax, var length) -> fill(bytesMax, length);
      case Fault.Rolling() -> new Wound(Long.MAX_VALUE, this::restartAll);
    };
  }

  private Wound replaced(Part part, int pick, String signal) throws IOException {
    var processes = picked(part, pick);
    var gone = processes.running();
    signal(signal, gone.stream().mapToLong(pid -> pid));
    return new Wound(Long.MAX_VALUE, () -> processes.awaitOthers(gone));
  }

  /// Postgres takes TERM for a wish to wait until its clients leave.
  private static String goodbye(Part part) {
    return part == Part.POSTGRES ? "INT" : "TERM";
  }

  private Wound freeze(Part part, int pick, Duration length) throws IOException {
    var all = withChildren(picked(part, pick));
    signal("STOP", LongStream.of(all));
    return lasting(length, () -> signal("CONT", LongStream.of(all)));
  }

  private Wound fill(long bytesMax, Duration length) throws IOException, InterruptedException {
    limitFiles(Long.toString(bytesMax));
    return lasting(length, () -> limitFiles("unlimited"));
  }

  /// The soft limit, which can be lifted again; children that come later have it, too.
  private void limitFiles(String bytesMax) throws IOException, InterruptedException {
    for (long pid : withChildren(new Processes(where.data(), Part.POSTGRES.unit()))) {
      run("prlimit", "--pid=" + pid, "--fsize=" + bytesMax + ":unlimited");
    }
  }

  private static Wound both(Wound one, Wound other) {
    var inOrder = Stream.of(one, other).sorted(Comparator.comparingLong(Wound::overNanos)).toList();
    return new Wound(
        inOrder.getLast().overNanos(),
        () -> {
          for (var wound : inOrder) {
            wound.heal();
          }
        });
  }

  private void restartAll() throws IOException, InterruptedException {
    for (var part : Part.values()) {
      int count = new Processes(where.data(), part.unit()).units().size();
      for (int pick = 0; pick < count; pick++) {
        replaced(part, pick, goodbye(part)).heal();
      }
    }
  }

  /// A wound that ends after this time, or when this program does.
  private Wound lasting(Duration length, Wound.Mending mending) {
    long over = System.nanoTime() + length.toNanos();
    lasting.add(mending);
    return new Wound(
        over,
        () -> {
          TimeUnit.NANOSECONDS.sleep(over - System.nanoTime());
          mending.run();
          lasting.remove(mending);
        });
  }

  private Processes picked(Part part, int pick) {
    var units = new Processes(where.data(), part.unit()).units();
    if (units.isEmpty()) {
      throw new IllegalStateException("Expected a " + part.unit() + " in " + where.data());
    }
    return new Processes(where.data(), units.get(pick % units.size()));
  }

  private static long[] withChildren(Processes processes) {
    return processes.running().stream()
        .flatMap(pid -> ProcessHandle.of(pid).stream())
        .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
        .mapToLong(ProcessHandle::pid)
        .toArray();
  }

  /// Those that have ended meanwhile are passed over.
  private static void signal(String name, LongStream pids) throws IOException {
    var command = new ArrayList<>(List.of("sh", "-c", "kill -s " + name + " \"$@\"", "kill"));
    pids.forEach(pid -> command.add(Long.toString(pid)));
    try {
      new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start().waitFor();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void run(String... command) throws IOException, InterruptedException {
    new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
  }

  /// One inline command; the answer is read, so that it was done.
  private void tellRedis(String command) throws IOException {
    try (var socket = new Socket(where.redis().getHost(), where.redis().getPort())) {
      socket.setSoTimeout((int) LIMIT.toMillis());
      socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
      int first = socket.getInputStream().read();
      if (first != '+' && first != ':') {
        throw new IOException("Redis does not take " + command);
      }
    }
  }

  /// What Elasticsearch does to its indices when its disk is at the flood stage.
  private void block(String value) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(where.elasticsearch().resolve("/parley-*/_settings"))
            .timeout(LIMIT)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString("{\"index.blocks.read_only_allow_delete\":" + value + "}"))
            .build();
    var answer = http.send(request, BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("Elasticsearch does not take the block: " + answer.body());
    }
  }

  private void letGo() {
    for (var open : lasting) {
      try {
        open.run();
      } catch (IOException | InterruptedException failed) {
        System.err.println("Something stays frozen or full: " + failed);
      }
    }
    lasting.clear();
  }

  @Override
  public void close() {
    letGo();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException endingAlready) {
      // Then it has run.
    }
    http.close();
  }
}
