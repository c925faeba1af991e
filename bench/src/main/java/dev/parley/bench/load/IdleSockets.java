package dev.parley.bench.load;

import dev.parley.bench.cost.OpenFiles;
import dev.parley.bench.cost.StackProcesses;
import dev.parley.bench.limit.BareServer;
import dev.parley.bench.report.Aim;
import dev.parley.bench.report.Figure;
import dev.parley.bench.report.Row;
import dev.parley.client.Account;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Sockets on one edge that are authenticated and live, and say nothing: what each of them takes of
/// memory and of the processor, beside as many sockets of a bare Vert.x server. Each person has
/// several of them, and is in ten conversations.
///
/// @param sockets all on the first edge
/// @param idle how long nothing happens
public record IdleSockets(int sockets, Duration idle) {

  private static final String EDGE = "ws-edge-1";
  // One below what an edge allows.
  private static final int SOCKETS_EACH = 49;
  private static final int CONVERSATIONS = 10;
  private static final int GROUP = 6;
  private static final int WARM_UP_SOCKETS = 1_000;
  // What an edge keeps of sockets that are gone is dropped by then.
  private static final Duration QUIET = Duration.ofSeconds(40);
  // A bare server keeps nothing.
  private static final Duration BARE_QUIET = Duration.ofSeconds(5);
  private static final double KIB = 1_024;

  public Row measure(TestBed bed) throws InterruptedException {
    var processes =
        bed.processes()
            .orElseThrow(() -> new IllegalStateException("Expected the stack's folder (--data)"));
    long edge = processes.expectPid(EDGE);
    OpenFiles.expect(edge, sockets);
    OpenFiles.expect(ProcessHandle.current().pid(), sockets);
    int people = (sockets + SOCKETS_EACH - 1) / SOCKETS_EACH;
    people += (GROUP - people % GROUP) % GROUP;
    var accounts = bed.people().take(people);
    try (var crowd = Crowd.gather(bed, accounts.size(), GROUP)) {
      for (int i = 1; i < CONVERSATIONS; i++) {
        crowd.deal("group", GROUP);
      }
    }
    var ofEdge = cost("edge", bed.stage().edges().getFirst(), edge, QUIET, bed.fleet(), accounts);
    try (var bare = BareServer.start()) {
      var least = cost("bare", bare.address(), bare.pid(), BARE_QUIET, bed.fleet(), accounts);
      return row(accounts.size(), ofEdge, least);
    }
  }

  /// Of each socket.
  ///
  /// @param micros of the processor, in a second
  private record Cost(double residentKib, double heapKib, double micros, long lost) {}

  private Cost cost(
      String name, URI at, long pid, Duration quiet, Fleet fleet, List<Account> people)
      throws InterruptedException {
    open(fleet, at, people, WARM_UP_SOCKETS).forEach(Line::cut);
    Thread.sleep(quiet);
    var before = StackProcesses.memoryAfterCollection(pid);
    System.out.printf("  %s without sockets: %s%n", name, before);
    var lines = open(fleet, at, people, sockets);
    try {
      Thread.sleep(quiet);
      long used = StackProcesses.micros(pid);
      Thread.sleep(idle);
      double micros = StackProcesses.micros(pid) - used;
      var after = StackProcesses.memoryAfterCollection(pid);
      System.out.printf("  %s with %d sockets: %s%n", name, sockets, after);
      return new Cost(
          (after.resident() - before.resident()) / KIB / sockets,
          (after.heap() - before.heap()) / KIB / sockets,
          micros / idle.toSeconds() / sockets,
          lines.stream().filter(line -> !line.isOpen()).count());
    } finally {
      lines.forEach(Line::cut);
    }
  }

  private Row row(int people, Cost edge, Cost bare) {
    var settings = new LinkedHashMap<String, String>();
    settings.put("sockets", Integer.toString(sockets));
    settings.put("people", Integer.toString(people));
    settings.put("conversations", CONVERSATIONS + " each, of " + GROUP);
    settings.put("edges", "1");
    settings.put("idle", idle.toSeconds() + " s");
    var figures =
        List.of(
            Figure.of("edge: resident memory per idle socket", "KiB", edge.residentKib())
                .beside(bare.residentKib())
                .aiming(Aim.atMost(10)),
            Figure.of("edge: live heap per idle socket", "KiB", edge.heapKib())
                .beside(bare.heapKib())
                .aiming(Aim.atMost(10)),
            Figure.of("edge: CPU per idle socket and second", "us", edge.micros())
                .beside(bare.micros())
                .aiming(Aim.atMost(2)));
    var faults = new ArrayList<String>();
    if (edge.lost() > 0) {
      faults.add(edge.lost() + " sockets were lost while they were idle");
    }
    if (bare.lost() > 0) {
      faults.add(
          "the bare server lost " + bare.lost() + " sockets: it is no limit to compare with");
    }
    return new Row("idle sockets", settings, List.of(), Map.of(), figures, faults);
  }

  private static List<Line> open(Fleet fleet, URI at, List<Account> people, int count)
      throws InterruptedException {
    var all =
        Collections.nCopies(SOCKETS_EACH, people).stream()
            .flatMap(List::stream)
            .limit(count)
            .toList();
    return Crowd.connected(fleet, List.of(at), all, new Line.Ear() {});
  }
}
