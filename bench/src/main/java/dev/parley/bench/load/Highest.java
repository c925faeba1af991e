package dev.parley.bench.load;

import dev.parley.bench.report.Aim;
import dev.parley.bench.report.Figure;
import dev.parley.bench.report.Latency;
import dev.parley.bench.report.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The highest rate at which p99 to each member's socket stays under its bound and nothing is
/// missing; what a message costs at half of it; and what three times of it does.
///
/// @param people one socket each
/// @param size of a group
/// @param step length of a step of the search
/// @param run length of a round
/// @param overload how long three times the rate is kept up; zero: not at all
public record Highest(
    int people, int size, Duration step, Duration run, int rounds, Duration overload) {

  private static final int FIRST_RATE = 500;
  private static final int RATE_MAX = 100_000;
  private static final double GROWTH = 1.4;
  private static final int HALVINGS = 3;
  private static final double LOWER = 0.95;
  private static final double P99_MILLIS_MAX = 250;
  private static final int CALM_RATE = 200;
  private static final Duration CALM_STEP = Duration.ofSeconds(1);
  private static final int CALM_STEPS_MAX = 30;
  private static final int TIMES = 3;

  public Row measure(TestBed bed) throws InterruptedException {
    try (var crowd = Crowd.gather(bed, people, size)) {
      crowd.drive(FIRST_RATE, run);
      int rate = search(crowd);
      var held = held(crowd, rate);
      var half = new ArrayList<Round>();
      for (int i = 0; i < rounds; i++) {
        half.add(said(crowd.drive(held.getFirst().rate() / 2, run)));
      }
      var figures = new ArrayList<>(figures(held, half));
      var refusals = overload.isZero() ? List.<Row.Series>of() : overload(crowd, held, figures);
      return row(bed, crowd, held, half, figures, refusals);
    }
  }

  private int search(Crowd crowd) throws InterruptedException {
    int held = FIRST_RATE;
    int over = FIRST_RATE;
    while (over < RATE_MAX) {
      over = (int) (held * GROWTH);
      if (!holds(said(crowd.drive(over, step)))) {
        break;
      }
      held = over;
    }
    for (int i = 0; i < HALVINGS; i++) {
      calm(crowd);
      int middle = (held + over) / 2;
      if (holds(said(crowd.drive(middle, step)))) {
        held = middle;
      } else {
        over = middle;
      }
    }
    calm(crowd);
    return held;
  }

  /// Rounds of full length; a rate that most of them do not hold was found by luck.
  private List<Round> held(Crowd crowd, int found) throws InterruptedException {
    for (int rate = found; ; rate = (int) (rate * LOWER)) {
      var measured = new ArrayList<Round>();
      for (int i = 0; i < rounds; i++) {
        measured.add(said(crowd.drive(rate, run)));
        calm(crowd);
      }
      if (measured.stream().filter(Highest::holds).count() * 2 > rounds || rate <= FIRST_RATE) {
        return measured;
      }
    }
  }

  private static boolean holds(Round round) {
    return round.faults().isEmpty() && round.deliveredMillis(99) < P99_MILLIS_MAX;
  }

  /// What a round too much has left behind is worked off.
  ///
  /// @return how long that took
  private static Duration calm(Crowd crowd) throws InterruptedException {
    long from = System.nanoTime();
    for (int i = 0; i < CALM_STEPS_MAX; i++) {
      if (holds(crowd.drive(CALM_RATE, CALM_STEP))) {
        break;
      }
    }
    return Duration.ofNanos(System.nanoTime() - from).minus(CALM_STEP);
  }

  private List<Figure> figures(List<Round> held, List<Round> half) {
    var figures = new ArrayList<Figure>();
    figures.add(
        Figures.of("highest rate held, p99 under 250 ms", "msg/s", held, Round::rate)
            .aiming(Aim.atLeast(4_000)));
    figures.add(
        Figures.of(
                "deliveries at it",
                "/s",
                held,
                r -> r.delivered().getTotalCount() * 1_000.0 / r.length().toMillis())
            .aiming(Aim.atLeast(20_000)));
    figures.add(Figures.of("p99 at it", "ms", held, r -> r.deliveredMillis(99)));
    figures.addAll(Figures.costPerMessage(half, Aim.atMost(500)));
    return figures;
  }

  private List<Row.Series> overload(Crowd crowd, List<Round> held, List<Figure> figures)
      throws InterruptedException {
    int rate = held.getFirst().rate();
    var over = said(crowd.drive(rate * TIMES, overload));
    var recovery = over.settled().plus(calm(crowd));
    figures.add(
        Figure.of(
                "kept at three times it",
                "%",
                100.0 * over.answeredMeanwhile() * 1_000 / over.length().toMillis() / rate)
            .aiming(Aim.atLeast(90)));
    if (over.refused().getTotalCount() > 0) {
      figures.add(
          Figure.of("refusals at three times it, p99", "ms", Latency.of(over.refused()).p99())
              .aiming(Aim.atMost(50)));
      figures.add(
          Figure.of("refusals without retry-after", "", over.bareRefusals()).aiming(Aim.atMost(0)));
    }
    figures.add(Figure.of("timeouts at three times it", "", over.unknown()).aiming(Aim.atMost(0)));
    figures.add(
        Figure.of("normal again after", "s", recovery.toMillis() / 1_000.0).aiming(Aim.atMost(10)));
    return List.of(
        new Row.Series("three times: answer", Latency.of(over.answered())),
        new Row.Series("three times: refusal", Latency.of(over.refused())),
        new Row.Series("three times: generator behind", Latency.of(over.late())));
  }

  private Row row(
      TestBed bed,
      Crowd crowd,
      List<Round> held,
      List<Round> half,
      List<Figure> figures,
      List<Row.Series> refusals) {
    var settings = new LinkedHashMap<String, String>();
    settings.put("sockets", Integer.toString(crowd.sockets()));
    settings.put("edges", Integer.toString(bed.stage().edges().size()));
    settings.put("groups", crowd.groups() + " of " + size);
    settings.put("steps", step.toSeconds() + " s");
    settings.put("rounds", rounds + " x " + run.toSeconds() + " s");
    settings.put("half", half.getFirst().rate() + "/s");
    var series = new ArrayList<Row.Series>();
    held.forEach(r -> series.add(new Row.Series("at the highest rate", Latency.of(r.delivered()))));
    half.forEach(r -> series.add(new Row.Series("at half of it", Latency.of(r.delivered()))));
    series.addAll(refusals);
    // At its limit a server may refuse; it may not lose.
    var faults =
        Stream.concat(crowd.faults().stream(), half.stream().flatMap(r -> r.faults().stream()));
    return new Row("highest rate", settings, series, Map.of(), figures, faults.toList());
  }

  private static Round said(Round round) {
    System.out.println("  " + round);
    return round;
  }
}
