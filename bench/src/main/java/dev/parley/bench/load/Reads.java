package dev.parley.bench.load;

import dev.parley.bench.report.Aim;
import dev.parley.bench.report.Figure;
import dev.parley.bench.report.Latency;
import dev.parley.bench.report.Row;
import dev.parley.client.Account;
import dev.parley.client.Answer;
import dev.parley.client.Rest;
import dev.parley.schemas.id.Ids;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/// Pages of history and searches while messages are sent at a fixed rate, each from the time it was
/// meant to be asked; and how long a message that was sent is not found yet. Half of the pages are
/// the newest of a conversation, which caches hold; the others end anywhere in all that the readers
/// were ever told, in the rows before, too.
///
/// @param rate messages a second meanwhile
/// @param run length of a round
public record Reads(int people, int size, int rate, Duration run, int rounds) {

  private static final long SEED = 7;
  // Of each kind.
  private static final int PAGES_PER_SECOND = 50;
  private static final int SEARCHES_PER_SECOND = 10;
  private static final int PAGE = 50;
  private static final Aim PAGE_AIM = Aim.atMost(10);
  private static final int WORDS = 2_000;
  private static final int OK = 200;
  private static final String HITS = "hits";
  private static final int DIGITS = 3;
  private static final int MICRO = 1_000;
  private static final Duration WARM_UP = Duration.ofSeconds(10);
  private static final Duration FOUND_LIMIT = Duration.ofSeconds(30);
  private static final long LOOK_MILLIS = 25;

  /// What was read in one round.
  private static final class Times {
    private final Histogram newest = new ConcurrentHistogram(DIGITS);
    private final Histogram anywhere = new ConcurrentHistogram(DIGITS);
    private final Histogram searches = new ConcurrentHistogram(DIGITS);
    private final Histogram found = new ConcurrentHistogram(DIGITS);
    private final AtomicLong failed = new AtomicLong();
  }

  public Row measure(TestBed bed) throws InterruptedException {
    var rest = bed.stage().rest();
    try (var crowd = Crowd.gather(bed, people, size)) {
      // No round reads what one before it has read.
      var random = new SplittableRandom(SEED);
      round(rest, crowd, Histories.of(rest, crowd.readers()), random, WARM_UP);
      // With what was said in the warm-up.
      var histories = Histories.of(rest, crowd.readers());
      var measured = new ArrayList<Times>();
      for (int i = 0; i < rounds; i++) {
        measured.add(round(rest, crowd, histories, random, run));
      }
      var settings = new LinkedHashMap<String, String>();
      settings.put("meanwhile", rate + " messages/s");
      settings.put("newest pages", PAGES_PER_SECOND + "/s of " + PAGE);
      settings.put("pages anywhere", PAGES_PER_SECOND + "/s of " + PAGE);
      settings.put(
          "history",
          "%,d events in %,d conversations of readers"
              .formatted(histories.events(), histories.conversations()));
      settings.put("searches", SEARCHES_PER_SECOND + "/s");
      settings.put("rounds", rounds + " x " + run.toSeconds() + " s");
      return row(settings, measured, crowd.faults());
    }
  }

  private Times round(
      Rest rest, Crowd crowd, Histories histories, SplittableRandom random, Duration length)
      throws InterruptedException {
    var times = new Times();
    var pages = random.split();
    var words = random.split();
    var places = crowd.places();
    var readers = crowd.readers();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var sending = threads.submit(() -> crowd.drive(rate, length));
      var paging =
          threads.submit(() -> {
            atRate(
                PAGES_PER_SECOND,
                length,
                meant -> {
                  int at = pages.nextInt(places.size());
                  var reader = readers.get(at);
                  var conversation = places.get(at).conversation();
                  threads.submit(() ->
                      timed(
                          times.newest,
                          times.failed,
                          meant,
                          () -> rest.history(reader, conversation, "limit=" + PAGE)));
                  var window = histories.window(pages);
                  threads.submit(
                      () -> timed(times.anywhere, times.failed, meant, () -> page(rest, window)));
                });
            return null;
          });
      var searching =
          threads.submit(() -> {
            atRate(
                SEARCHES_PER_SECOND,
                length,
                meant -> {
                  var reader = readers.get(words.nextInt(readers.size()));
                  var word = Flood.word(words.nextInt(WORDS));
                  threads.submit(() ->
                      timed(times.searches, times.failed, meant, () -> rest.search(reader, word)));
                });
            return null;
          });
      var finding = threads.submit(() -> find(rest, crowd, length, times.found));
      await(List.of(sending, paging, searching, finding));
    }
    return times;
  }

  private static Answer page(Rest rest, Histories.Window window) {
    var of = window.of();
    return rest.history(
        of.reader(), of.conversation(), "limit=" + PAGE + "&before=" + window.before());
  }

  /// What is done at a meant time.
  private interface Meant {
    void at(long meantNanos);
  }

  private static void atRate(int perSecond, Duration length, Meant task)
      throws InterruptedException {
    long start = System.nanoTime();
    for (long k = 0; k < perSecond * length.toSeconds(); k++) {
      long meant = start + k * 1_000_000_000L / perSecond;
      Thread.sleep(Duration.ofNanos(Math.max(0, meant - System.nanoTime())));
      task.at(meant);
    }
  }

  private static void timed(Histogram times, AtomicLong failed, long meant, Supplier<Answer> call) {
    boolean answered = isAnswered(call);
    times.recordValue((System.nanoTime() - meant) / MICRO);
    if (!answered) {
      failed.incrementAndGet();
    }
  }

  private static boolean isAnswered(Supplier<Answer> call) {
    try {
      return call.get().status() == OK;
    } catch (UncheckedIOException late) {
      return false;
    }
  }

  /// One message after the other, each with a word that no other has.
  private static boolean find(Rest rest, Crowd crowd, Duration length, Histogram found)
      throws InterruptedException {
    long end = System.nanoTime() + length.toNanos();
    var reader = crowd.readers().getFirst();
    while (System.nanoTime() < end) {
      var word = "f" + Ids.uuid7().toString().replace("-", "");
      long from = System.nanoTime();
      crowd.say(word);
      while (!isFound(rest, reader, word) && System.nanoTime() - from < FOUND_LIMIT.toNanos()) {
        Thread.sleep(LOOK_MILLIS);
      }
      found.recordValue((System.nanoTime() - from) / MICRO);
    }
    return true;
  }

  private static boolean isFound(Rest rest, Account reader, String word) {
    try {
      return !rest.search(reader, word).body().path(HITS).isEmpty();
    } catch (UncheckedIOException late) {
      return false;
    }
  }

  private static void await(List<? extends Future<?>> all) throws InterruptedException {
    for (var one : all) {
      try {
        one.get();
      } catch (ExecutionException failed) {
        throw new IllegalStateException("Expected a round of reads", failed);
      }
    }
  }

  private static Row row(Map<String, String> settings, List<Times> measured, List<String> seen) {
    var series = new ArrayList<Row.Series>();
    for (var times : measured) {
      series.add(new Row.Series("newest page of history", Latency.of(times.newest)));
      series.add(new Row.Series("page anywhere in history", Latency.of(times.anywhere)));
      series.add(new Row.Series("search", Latency.of(times.searches)));
      series.add(new Row.Series("sent until found", Latency.of(times.found)));
    }
    var figures =
        List.of(
            p99("page anywhere in history, p99", measured, times -> times.anywhere, PAGE_AIM),
            p99("newest page of history, p99", measured, times -> times.newest, PAGE_AIM),
            p99("search, p99", measured, times -> times.searches, Aim.atMost(100)),
            p99("sent until found, p99", measured, times -> times.found, Aim.atMost(1_500)));
    var faults = new ArrayList<>(seen);
    long failed = measured.stream().mapToLong(times -> times.failed.get()).sum();
    if (failed > 0) {
      faults.add(failed + " reads were not answered with 200");
    }
    return new Row("reads under load", settings, series, Map.of(), figures, faults);
  }

  private static Figure p99(
      String name, List<Times> measured, Function<Times, Histogram> which, Aim aim) {
    return Figure.of(
            name,
            "ms",
            measured.stream().map(times -> Latency.of(which.apply(times)).p99()).toList())
        .aiming(aim);
  }
}
