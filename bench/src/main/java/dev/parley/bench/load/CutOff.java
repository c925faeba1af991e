package dev.parley.bench.load;

import dev.parley.bench.cost.OpenFiles;
import dev.parley.bench.limit.BareServer;
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
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;

/// All sockets are cut off in one moment; while they are away every group gets messages; then all
/// come back, each after a wait of its own as clients do, and must have every message. A bare
/// Vert.x server, which has nothing to catch up on, has as many sockets cut off beside it.
public record CutOff(int sockets, int rounds) {

  private static final int SOCKETS_EACH = 40;
  private static final int GROUP = 5;
  private static final int MESSAGES = 5;
  private static final long SPREAD_MILLIS = 1_000;
  private static final long RETRY_MILLIS = 500;
  private static final long LIMIT_NANOS = Duration.ofMinutes(2).toNanos();
  private static final int DIGITS = 3;

  public Row measure(TestBed bed) throws InterruptedException {
    OpenFiles.expect(ProcessHandle.current().pid(), sockets);
    int people = sockets / SOCKETS_EACH;
    people -= people % GROUP;
    var accounts = bed.people().take(people);
    var times = new ArrayList<Double>();
    var series = new ArrayList<Row.Series>();
    var faults = new ArrayList<String>();
    var all = Collections.nCopies(SOCKETS_EACH, accounts).stream().flatMap(List::stream).toList();
    try (var senders = Crowd.gather(bed, people, GROUP)) {
      var edges = bed.stage().edges();
      var lines = Crowd.connected(bed.fleet(), edges, all, new Line.Ear() {});
      for (int i = 0; i < rounds; i++) {
        long cut = System.nanoTime();
        lines.forEach(Line::cut);
        var heads = senders.tell(MESSAGES);
        var back = new ConcurrentHistogram(DIGITS);
        long failed = comeBack(lines, cut, back);
        times.add(back.getMaxValue() / 1e6);
        series.add(new Row.Series("cut until back, round " + (i + 1), Latency.of(back)));
        System.out.printf(
            "  all were back after %.2f s, %d tries failed%n", times.getLast(), failed);
        long behind = 0;
        for (var line : lines) {
          behind += line.isBehind(heads) ? 1 : 0;
        }
        if (behind > 0) {
          faults.add(behind + " sockets came back without all messages");
        }
      }
      long holes = lines.stream().mapToLong(Line::holes).sum();
      if (holes > 0) {
        faults.add(holes + " events were passed over");
      }
      lines.forEach(Line::cut);
      var settings = new LinkedHashMap<String, String>();
      settings.put("sockets", Integer.toString(lines.size()));
      settings.put("people", Integer.toString(people));
      settings.put("edges", Integer.toString(edges.size()));
      settings.put("missed", MESSAGES + " messages in each conversation");
      settings.put("come back", "within " + SPREAD_MILLIS + " ms");
      var bare = Figure.of("bare Vert.x: all are back after", "s", bare(bed.fleet(), all, series));
      var figure =
          Figure.of("all resumed after", "s", times).beside(bare.median()).aiming(Aim.atMost(10));
      return new Row("cut off at once", settings, series, Map.of(), List.of(figure, bare), faults);
    }
  }

  /// @param series gets those of the bare server, too
  private List<Double> bare(Fleet fleet, List<Account> all, List<Row.Series> series)
      throws InterruptedException {
    try (var server = BareServer.start()) {
      var lines = Crowd.connected(fleet, List.of(server.address()), all, new Line.Ear() {});
      var times = new ArrayList<Double>();
      for (int i = 0; i < rounds; i++) {
        long cut = System.nanoTime();
        lines.forEach(Line::cut);
        var back = new ConcurrentHistogram(DIGITS);
        long failed = comeBack(lines, cut, back);
        times.add(back.getMaxValue() / 1e6);
        series.add(new Row.Series("bare Vert.x, round " + (i + 1), Latency.of(back)));
        System.out.printf("  bare: after %.2f s, %d tries failed%n", times.getLast(), failed);
      }
      lines.forEach(Line::cut);
      return times;
    }
  }

  /// @return tries that failed and were made again
  private static long comeBack(List<Line> lines, long cut, ConcurrentHistogram back)
      throws InterruptedException {
    var failed = new AtomicLong();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var line : lines) {
        threads.submit(() -> {
          Thread.sleep(ThreadLocalRandom.current().nextLong(SPREAD_MILLIS));
          while (System.nanoTime() - cut < LIMIT_NANOS) {
            try {
              Stage.get(line.connect(line.account().token()));
              break;
            } catch (IllegalStateException refused) {
              failed.incrementAndGet();
              Thread.sleep(ThreadLocalRandom.current().nextLong(RETRY_MILLIS));
            }
          }
          back.recordValue((System.nanoTime() - cut) / 1_000);
          return null;
        });
      }
    }
    return failed.get();
  }
}
