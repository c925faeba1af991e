package dev.parley.bench.check.workload;

import dev.parley.bench.check.history.History;
import dev.parley.bench.load.Stage;
import dev.parley.client.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/// People at work, until they are stopped.
public final class RunningWorkload implements AutoCloseable {

  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  private final History history;
  private final WorkloadSettings settings;
  private final List<Device> devices;
  private final List<Room> rooms;
  private final Answers answers;
  private final ScheduledExecutorService later;
  private final Thread driver;
  private volatile boolean enough;
  private boolean stopped;

  /// The answers that are waited for.
  static final class Answers implements Device.Pending {
    private final Set<CompletableFuture<?>> open = ConcurrentHashMap.newKeySet();

    @Override
    public void began(CompletableFuture<?> answer) {
      open.add(answer);
      var unused = answer.whenComplete((_, _) -> open.remove(answer));
    }
  }

  RunningWorkload(
      History history,
      WorkloadSettings settings,
      List<Device> devices,
      List<Room> rooms,
      Answers answers,
      ScheduledExecutorService later) {
    this.history = history;
    this.settings = settings;
    this.devices = devices;
    this.rooms = rooms;
    this.answers = answers;
    this.later = later;
    this.driver = Thread.ofPlatform().name("workload").start(this::drive);
  }

  public History history() {
    return history;
  }

  /// Commands that were answered with a seq so far.
  public long answered() {
    return history.answered();
  }

  /// Nothing more is sent; waits, with the bound of the settings, until everything is answered,
  /// what was scheduled is there, and every client has what its person may see; then all clients
  /// end. Again does nothing.
  public void stop() throws InterruptedException {
    if (stopped) {
      return;
    }
    stopped = true;
    enough = true;
    driver.join();
    long deadline = System.nanoTime() + settings.settle().toNanos();
    awaitAnswers(deadline);
    awaitScheduled(deadline);
    awaitHeads(lastSeqs(deadline), deadline);
    for (var device : devices) {
      end(device);
    }
    later.shutdownNow();
  }

  /// As [#stop], and ends the journal.
  @Override
  public void close() throws IOException {
    try {
      stop();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    history.close();
  }

  private void drive() {
    long pause = TimeUnit.SECONDS.toNanos(1) / settings.ratePerSecond();
    long next = System.nanoTime();
    for (int k = 0; !enough; k++) {
      next += pause;
      for (long left = next - System.nanoTime();
          left > 0 && !enough;
          left = next - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      if (answers.open.size() < settings.unansweredMax()) {
        devices.get(k % devices.size()).act();
      }
    }
  }

  private void awaitAnswers(long deadline) throws InterruptedException {
    while (!answers.open.isEmpty() && System.nanoTime() - deadline < 0) {
      Thread.sleep(LOOK_EVERY);
    }
  }

  private void awaitScheduled(long deadline) throws InterruptedException {
    while (!devices.stream().allMatch(Device::hasAllScheduled)
        && System.nanoTime() - deadline < 0) {
      Thread.sleep(LOOK_EVERY);
    }
  }

  /// A last message in each room tells how far everybody has to come.
  private Map<Room, Long> lastSeqs(long deadline) throws InterruptedException {
    var sent = new HashMap<Room, CompletableFuture<Reply>>();
    for (var room : rooms) {
      sent.put(room, deviceOf(room.owner()).sendLast(room));
    }
    var seqs = new HashMap<Room, Long>();
    for (var last : sent.entrySet()) {
      try {
        var reply = last.getValue().get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (reply instanceof Reply.Done done) {
          seqs.put(last.getKey(), done.seq());
        }
      } catch (ExecutionException | TimeoutException noAnswer) {
        // Its outcome stays unknown, as the history says.
      }
    }
    return seqs;
  }

  private void awaitHeads(Map<Room, Long> seqs, long deadline) throws InterruptedException {
    while (!seqs.entrySet().stream().allMatch(last -> arrived(last.getKey(), last.getValue()))
        && System.nanoTime() - deadline < 0) {
      Thread.sleep(LOOK_EVERY);
    }
  }

  private boolean arrived(Room room, long seq) {
    return devices.stream()
        .filter(device -> room.has(device.user()))
        .allMatch(device -> device.recorded().head(room.conversation()) >= seq);
  }

  private Device deviceOf(UUID user) {
    return devices.stream().filter(device -> device.user().equals(user)).findFirst().orElseThrow();
  }

  private static void end(Device device) throws InterruptedException {
    device.recorded().ended(Stage.get(device.chat().position()));
    device.chat().close();
  }
}
