package dev.parley.bench.load;

import dev.parley.bench.cost.StackProcesses;
import dev.parley.bench.report.Aim;
import dev.parley.bench.report.Figure;
import dev.parley.bench.report.Latency;
import dev.parley.bench.report.Row;
import dev.parley.client.Account;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// Sockets that stop reading in the middle of a busy channel: what each of them costs the edge,
/// what the others feel of it, and whether all of them get what they missed once they read again.
///
/// @param run how long they do not read, besides the time until their memory is looked at
public record SlowReaders(Duration run) {

  private static final String EDGE = "ws-edge-1";
  private static final int PEOPLE = 100;
  private static final int SLOW_EACH = 5;
  private static final int MESSAGE_CHARS = 8_000;
  // In a whole run fewer than are told inline on a resume.
  private static final int RATE = 15;
  // Until then a socket's outbox is not full.
  private static final Duration FILLING = Duration.ofSeconds(10);
  private static final int RECEIVE_BYTES = 16 << 10;
  private static final Duration CATCH_UP_LIMIT = Duration.ofMinutes(1);
  private static final long LOOK_MILLIS = 10;
  private static final long RETRY_MILLIS = 200;
  private static final int DIGITS = 3;
  private static final int MICRO = 1_000;
  private static final double KIB = 1_024;

  public Row measure(TestBed bed) throws InterruptedException {
    var processes =
        bed.processes()
            .orElseThrow(() -> new IllegalStateException("Expected the stack's folder (--data)"));
    long edge = processes.expectPid(EDGE);
    var at = bed.stage().edges().getFirst();
    var people = bed.people().take(PEOPLE);
    try (var narrow = new Fleet(1, RECEIVE_BYTES);
        var crowd = Crowd.channel(bed.fleet(), at, people, bed.processes())) {
      crowd.speakOf(MESSAGE_CHARS);
      var closes = new ConcurrentSkipListMap<String, Long>();
      var slow = Crowd.connected(narrow, List.of(at), slow(people), closes(closes));
      var all = crowd.drive(RATE, run);
      System.out.println("  all read:       " + all);
      var before = StackProcesses.memoryAfterCollection(edge);
      slow.forEach(Line::pause);
      crowd.drive(RATE, FILLING);
      // None is given up yet: each waits for all that was sent.
      var after = StackProcesses.memoryAfterCollection(edge);
      var others = crowd.drive(RATE, run);
      System.out.println("  others read:    " + others);
      slow.forEach(Line::goOn);
      var back = new ConcurrentHistogram(DIGITS);
      long behind = catchUp(slow, crowd, back);
      System.out.printf("  slow ones: %s, sockets lost: %s%n", Latency.of(back), closes);
      var faults = new ArrayList<>(crowd.faults());
      faults.addAll(others.faults());
      if (behind > 0) {
        faults.add(
            behind + " slow readers lack messages " + CATCH_UP_LIMIT + " after they read again");
      }
      long holes = slow.stream().mapToLong(Line::holes).sum();
      if (holes > 0) {
        faults.add(holes + " events were passed over by slow readers");
      }
      slow.forEach(Line::cut);
      var figures =
          List.of(
              perSocket("resident memory", after.resident() - before.resident(), slow.size()),
              perSocket("live heap", after.heap() - before.heap(), slow.size()),
              Figure.of("others: p99 meanwhile", "ms", others.deliveredMillis(99))
                  .beside(all.deliveredMillis(99)),
              Figure.of("all have resumed after", "s", back.getMaxValue() / 1e6));
      return row(slow.size(), List.of(all, others), figures, faults);
    }
  }

  private static List<Account> slow(List<Account> people) {
    return Collections.nCopies(SLOW_EACH, people).stream().flatMap(List::stream).toList();
  }

  private static Line.Ear closes(Map<String, Long> closes) {
    return new Line.Ear() {
      @Override
      public void lost(Line line, @Nullable Short code) {
        closes.merge(code == null ? "no goodbye" : "close " + code, 1L, Long::sum);
      }
    };
  }

  private static Figure perSocket(String what, double bytes, int sockets) {
    return Figure.of("edge: " + what + " per slow reader", "KiB", bytes / KIB / sockets)
        .aiming(Aim.atMost(256));
  }

  /// Those that the edge gave up come back; at the end nobody may lack a message.
  ///
  /// @param times microseconds that each took
  /// @return how many lack something still
  private static long catchUp(List<Line> slow, Crowd crowd, Histogram times)
      throws InterruptedException {
    long from = System.nanoTime();
    var heads = crowd.tell(1);
    var late = new AtomicLong();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var line : slow) {
        threads.submit(() -> {
          while (line.isBehind(heads) && System.nanoTime() - from < CATCH_UP_LIMIT.toNanos()) {
            if (line.isOpen()) {
              Thread.sleep(LOOK_MILLIS);
            } else {
              comeBack(line);
            }
          }
          times.recordValue((System.nanoTime() - from) / MICRO);
          late.addAndGet(line.isBehind(heads) ? 1 : 0);
          return null;
        });
      }
    }
    return late.get();
  }

  private static void comeBack(Line line) throws InterruptedException {
    try {
      Stage.get(line.connect(line.account().token()));
    } catch (IllegalStateException givenUpAgain) {
      Thread.sleep(ThreadLocalRandom.current().nextLong(RETRY_MILLIS));
    }
  }

  private Row row(int slow, List<Round> rounds, List<Figure> figures, List<String> faults) {
    var settings = new LinkedHashMap<String, String>();
    settings.put("slow", Integer.toString(slow));
    settings.put("others", Integer.toString(PEOPLE));
    settings.put("edges", "1");
    settings.put("messages", RATE + "/s of " + MESSAGE_CHARS + " characters");
    settings.put("not reading for", run.toSeconds() + " s");
    var series =
        List.of(
            new Row.Series("all read", Latency.of(rounds.getFirst().delivered())),
            new Row.Series(
                "slow ones do not, the others", Latency.of(rounds.getLast().delivered())));
    return new Row("slow readers", settings, series, Map.of(), figures, faults);
  }
}
