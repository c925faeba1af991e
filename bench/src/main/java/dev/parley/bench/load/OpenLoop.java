package dev.parley.bench.load;

import dev.parley.bench.report.Aim;
import dev.parley.bench.report.Figure;
import dev.parley.bench.report.Latency;
import dev.parley.bench.report.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/// People in groups, messages at a fixed rate that does not wait for answers: how long a message
/// takes, and what it costs in each process.
///
/// @param people one socket each
/// @param size of a group
/// @param rate messages a second over all groups
/// @param rounds each of length `run`, after `warmUp`
public record OpenLoop(int people, int size, int rate, Duration warmUp, Duration run, int rounds) {

  private static final int DIGITS = 3;

  // The load that the aims are set for.
  private static final int AIMED_RATE = 1_000;
  private static final int AIMED_SIZE = 6;
  private static final Aim COST = Aim.atMost(1_200);

  /// What engines need alone at the same rate, where they can be reached.
  ///
  /// @param kafka one append and one read, of which a message makes two
  /// @param redis one PUBLISH until it is read, of which a message makes one
  public record Raw(Optional<Latency> kafka, Optional<Latency> redis) {}

  public Row measure(TestBed bed, Raw raw) throws InterruptedException {
    try (var crowd = Crowd.gather(bed, people, size)) {
      crowd.drive(rate, warmUp);
      var measured = new ArrayList<Round>();
      for (int i = 0; i < rounds; i++) {
        var round = crowd.drive(rate, run);
        System.out.println("  " + round);
        measured.add(round);
      }
      return row(bed, crowd, measured, raw);
    }
  }

  private Row row(TestBed bed, Crowd crowd, List<Round> measured, Raw raw) {
    var settings = new LinkedHashMap<String, String>();
    settings.put("sockets", Integer.toString(crowd.sockets()));
    settings.put("edges", Integer.toString(bed.stage().edges().size()));
    settings.put("groups", crowd.groups() + " of " + size);
    settings.put("rate", rate + "/s");
    settings.put("warm-up", warmUp.toSeconds() + " s");
    settings.put("rounds", rounds + " x " + run.toSeconds() + " s");
    var counts = new LinkedHashMap<String, Long>();
    counts.put("sent", measured.stream().mapToLong(Round::sent).sum());
    counts.put("delivered", measured.stream().mapToLong(r -> r.delivered().getTotalCount()).sum());
    counts.put("repeated pushes ignored", crowd.repeats());
    var faults = new ArrayList<>(crowd.faults());
    measured.forEach(round -> faults.addAll(round.faults()));
    return new Row(
        "open loop", settings, series(measured, raw), counts, figures(measured, raw), faults);
  }

  private static List<Row.Series> series(List<Round> measured, Raw raw) {
    var delivered = new Histogram(DIGITS);
    var answered = new Histogram(DIGITS);
    var late = new Histogram(DIGITS);
    for (var round : measured) {
      delivered.add(round.delivered());
      answered.add(round.answered());
      late.add(round.late());
    }
    var series = new ArrayList<Row.Series>();
    series.add(new Row.Series("meant time to each member's socket", Latency.of(delivered)));
    series.add(new Row.Series("meant time to answer", Latency.of(answered)));
    series.add(new Row.Series("generator behind its plan", Latency.of(late)));
    raw.kafka().ifPresent(at -> series.add(new Row.Series("Kafka alone, append to read", at)));
    raw.redis().ifPresent(at -> series.add(new Row.Series("Redis alone, publish to read", at)));
    return series;
  }

  private List<Figure> figures(List<Round> measured, Raw raw) {
    var figures = new ArrayList<Figure>();
    figures.add(beside(raw.kafka().map(Latency::p50), socket("p50", 50, measured, 10)));
    figures.add(beside(raw.kafka().map(Latency::p99), socket("p99", 99, measured, 25)));
    figures.add(beside(raw.kafka().map(Latency::p999), socket("p99.9", 99.9, measured, 60)));
    figures.add(
        beside(
            raw.kafka().map(Latency::p99),
            aimed(
                Figures.of("send to answer, p99", "ms", measured, r -> r.answeredMillis(99)), 15)));
    figures.addAll(Figures.costPerMessage(measured, COST));
    return figures;
  }

  private Figure socket(String name, double percentile, List<Round> measured, double most) {
    return aimed(
        Figures.of(
            "send to every member's socket, " + name,
            "ms",
            measured,
            round -> round.deliveredMillis(percentile)),
        most);
  }

  /// Another load has no aims.
  private Figure aimed(Figure figure, double most) {
    return rate >= AIMED_RATE && size >= AIMED_SIZE ? figure.aiming(Aim.atMost(most)) : figure;
  }

  private static Figure beside(Optional<Double> limit, Figure figure) {
    return limit.map(figure::beside).orElse(figure);
  }
}
