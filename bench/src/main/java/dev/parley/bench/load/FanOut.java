package dev.parley.bench.load;

import dev.parley.bench.cost.StackProcesses;
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
import java.util.Optional;

/// One channel with a thousand sockets on one edge, and a bare Vert.x server with as many: what a
/// message costs on its way to one socket.
///
/// @param run length of a round
public record FanOut(Duration run, int rounds) {

  private static final int PEOPLE = 100;
  private static final int SOCKETS_EACH = 10;
  private static final int RATE = 20;
  private static final Duration WARM_UP = Duration.ofSeconds(10);
  private static final String EDGE = "ws-edge";
  private static final double TIMES_MAX = 1.5;
  private static final double MICROS_MAX = 8;

  /// @param perDelivery microseconds of the server's processor for each message to each socket;
  ///   nothing where it is not counted
  private record Measured(List<Double> perDelivery, List<Round> rounds, List<String> faults) {}

  public Row measure(TestBed bed) throws InterruptedException {
    var members = members(bed.people().take(PEOPLE));
    var bare = bare(bed, members);
    var edge = edge(bed, members);
    var figures = new ArrayList<Figure>();
    if (!edge.perDelivery().isEmpty()) {
      var cost = Figure.of("edge: CPU per delivered message", "us", edge.perDelivery());
      var least = Figure.of("bare Vert.x: the same", "us", bare.perDelivery());
      figures.add(cost.beside(least.median()).aiming(Aim.atMost(MICROS_MAX)));
      figures.add(least);
      figures.add(
          Figure.of("edge in times of bare Vert.x", "x", cost.median() / least.median())
              .aiming(Aim.atMost(TIMES_MAX)));
    }
    var series = new ArrayList<Row.Series>();
    edge.rounds().forEach(r -> series.add(new Row.Series("edge", Latency.of(r.delivered()))));
    bare.rounds().forEach(r -> series.add(new Row.Series("bare", Latency.of(r.delivered()))));
    var settings = new LinkedHashMap<String, String>();
    settings.put("sockets", Integer.toString(members.size()));
    settings.put("people", Integer.toString(PEOPLE));
    settings.put("edges", "1");
    settings.put("rate", RATE + "/s");
    settings.put("rounds", rounds + " x " + run.toSeconds() + " s");
    return new Row("fan-out of one channel", settings, series, Map.of(), figures, edge.faults());
  }

  /// A person's sockets are apart from each other, so that all are senders in turn.
  private static List<Account> members(List<Account> people) {
    return Collections.nCopies(SOCKETS_EACH, people).stream().flatMap(List::stream).toList();
  }

  private Measured edge(TestBed bed, List<Account> members) throws InterruptedException {
    var at = bed.stage().edges().getFirst();
    try (var crowd = Crowd.channel(bed.fleet(), at, members, bed.processes())) {
      crowd.drive(RATE, WARM_UP);
      var costs = new ArrayList<Double>();
      var measured = new ArrayList<Round>();
      for (int i = 0; i < rounds; i++) {
        var round = crowd.drive(RATE, run);
        System.out.println("  edge: " + round);
        measured.add(round);
        var cost = round.cost();
        if (cost != null) {
          costs.add((double) cost.of(EDGE) / round.delivered().getTotalCount());
        }
      }
      var faults = new ArrayList<>(crowd.faults());
      measured.forEach(round -> faults.addAll(round.faults()));
      return new Measured(costs, measured, faults);
    }
  }

  private Measured bare(TestBed bed, List<Account> members) throws InterruptedException {
    try (var server = BareServer.start();
        var crowd = Crowd.channel(bed.fleet(), server.address(), members, Optional.empty())) {
      crowd.drive(RATE, WARM_UP);
      var costs = new ArrayList<Double>();
      var measured = new ArrayList<Round>();
      for (int i = 0; i < rounds; i++) {
        long before = StackProcesses.micros(server.pid());
        var round = crowd.drive(RATE, run);
        costs.add(
            (double) (StackProcesses.micros(server.pid()) - before)
                / round.delivered().getTotalCount());
        System.out.println("  bare: " + round);
        measured.add(round);
      }
      return new Measured(costs, measured, crowd.faults());
    }
  }
}
