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

  private static final double P99_MILLIS_MAX = 250;
  private static final int CALM_RATE = 200;
  private static final Duration CALM_STEP = Duration.ofSeconds(1);
  private static final int CALM_STEPS_MAX = 30;
  private static final int TIMES = 3;
  private static final String HELD = "highest rate held, p99 under 250 ms";
  private static final Aim RATE_AIM = Aim.atLeast(4_000);

  public Row measure(TestBed bed) throws InterruptedException {
    try (var crowd = Crowd.gather(bed, people, size)) {
      crowd.drive(RateSearch.FIRST, run);
      var tried = new ArrayList<Round>();
      int found = RateSearch.found(rate -> holdsForAStep(crowd, rate));
      var held = RateSearch.confirmed(found, rate -> holdsForMostRounds(crowd, rate, tried));
      if (held.isEmpty()) {
        return nothingHeld(settings(bed, crowd), crowd, tried);
      }
      var half = new ArrayList<Round>();
      for (int i = 0; i < rounds; i++) {
        half.add(said(crowd.drive(held.getAsInt() / 2, run)));
      }
      var figures = new ArrayList<>(figures(tried, half));
      var refusals =
          overload.isZero() ? List.<Row.Series>of() : overload(crowd, held.getAsInt(), figures);
      return row(settings(bed, crowd), crowd, tried, half, figures, refusals);
    }
  }

  private boolean holdsForAStep(Crowd crowd, int rate) throws InterruptedException {
    boolean holds = holds(said(crowd.drive(rate, step)));
    if (!holds) {
      calm(crowd);
    }
    return holds;
  }

  /// @param tried becomes the rounds at this rate
  private boolean holdsForMostRounds(Crowd crowd, int rate, List<Round> tried)
      throws InterruptedException {
    tried.clear();
    for (int i = 0; i < rounds; i++) {
      tried.add(said(crowd.drive(rate, run)));
      calm(crowd);
    }
    return tried.stream().filter(Highest::holds).count() * 2 > rounds;
  }

  /// Nothing is missing, refused or without an answer, and p99 is under its bound.
  static boolean holds(Round round) {
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
    figures.add(Figures.of(HELD, "msg/s", held, Round::rate).aiming(RATE_AIM));
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

  private List<Row.Series> overload(Crowd crowd, int held, List<Figure> figures)
      throws InterruptedException {
    var over = said(crowd.drive(held * TIMES, overload));
    var recovery = over.settled().plus(calm(crowd));
    figures.add(
        Figure.of(
                "kept at three times it",
                "%",
                100.0 * over.answeredMeanwhile() * 1_000 / over.length().toMillis() / held)
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

  private Map<String, String> settings(TestBed bed, Crowd crowd) {
    var settings = new LinkedHashMap<String, String>();
    settings.put("sockets", Integer.toString(crowd.sockets()));
    settings.put("edges", Integer.toString(bed.stage().edges().size()));
    settings.put("groups", crowd.groups() + " of " + size);
    settings.put("steps", step.toSeconds() + " s");
    settings.put("rounds", rounds + " x " + run.toSeconds() + " s");
    return settings;
  }

  private static Row row(
      Map<String, String> settings,
      Crowd crowd,
      List<Round> held,
      List<Round> half,
      List<Figure> figures,
      List<Row.Series> refusals) {
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

  /// Without a rate that holds there is no half and no three times of it. What was lost at the
  /// least rate of all is a fault.
  private static Row nothingHeld(Map<String, String> settings, Crowd crowd, List<Round> least) {
    settings.put("held", "nothing, not even " + RateSearch.LEAST + "/s");
    var series =
        least.stream()
            .map(r -> new Row.Series("not held: " + r.rate() + "/s", Latency.of(r.delivered())));
    var faults =
        Stream.concat(crowd.faults().stream(), least.stream().flatMap(r -> r.faults().stream()));
    return new Row(
        "highest rate",
        settings,
        series.toList(),
        Map.of(),
        List.of(Figure.of(HELD, "msg/s", 0).aiming(RATE_AIM)),
        faults.toList());
  }

  private static Round said(Round round) {
    System.out.println("  " + round);
    return round;
  }
}
