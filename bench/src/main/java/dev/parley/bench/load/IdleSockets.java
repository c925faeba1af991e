package dev.parley.bench.load;

import dev.parley.bench.cost.OpenFiles;
import dev.parley.bench.cost.StackProcesses;
import dev.parley.bench.report.Aim;
import dev.parley.bench.report.Figure;
import dev.parley.bench.report.Row;
import dev.parley.client.Account;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Sockets on one edge that are authenticated and live, and say nothing: what each of them takes of
/// memory and of the processor. Each person has several of them, and is in ten conversations.
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
  private static final Duration QUIET = Duration.ofSeconds(40);
  private static final double KIB = 1_024;

  public Row measure(TestBed bed) throws InterruptedException {
    var processes =
        bed.processes()
            .orElseThrow(() -> new IllegalStateException("Expected the stack's folder (--data)"));
    long edge = processes.pid(EDGE).orElseThrow();
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
    open(bed, accounts, WARM_UP_SOCKETS).forEach(Line::cut);
    Thread.sleep(QUIET);
    var before = StackProcesses.memoryAfterCollection(edge);
    System.out.println("  the edge without sockets: " + before);
    var lines = open(bed, accounts, sockets);
    Thread.sleep(QUIET);
    var used = processes.usage();
    Thread.sleep(idle);
    double micros = processes.usage().since(used).of(EDGE);
    var after = StackProcesses.memoryAfterCollection(edge);
    System.out.println("  the edge with " + sockets + " sockets: " + after);
    long lost = lines.stream().filter(line -> !line.isOpen()).count();
    lines.forEach(Line::cut);
    return row(
        accounts.size(),
        (after.resident() - before.resident()) / KIB / sockets,
        (after.heap() - before.heap()) / KIB / sockets,
        micros,
        lost);
  }

  private Row row(int people, double resident, double heap, double micros, long lost) {
    var settings = new LinkedHashMap<String, String>();
    settings.put("sockets", Integer.toString(sockets));
    settings.put("people", Integer.toString(people));
    settings.put("conversations", CONVERSATIONS + " each, of " + GROUP);
    settings.put("edges", "1");
    settings.put("idle", idle.toSeconds() + " s");
    var figures =
        List.of(
            Figure.of("edge: resident memory per idle socket", "KiB", resident)
                .aiming(Aim.atMost(10)),
            Figure.of("edge: live heap per idle socket", "KiB", heap).aiming(Aim.atMost(10)),
            Figure.of(
                    "edge: CPU per idle socket and second",
                    "us",
                    micros / idle.toSeconds() / sockets)
                .aiming(Aim.atMost(2)));
    var faults =
        lost == 0 ? List.<String>of() : List.of(lost + " sockets were lost while they were idle");
    return new Row("idle sockets", settings, List.of(), Map.of(), figures, faults);
  }

  private static List<Line> open(TestBed bed, List<Account> people, int count)
      throws InterruptedException {
    var all =
        Collections.nCopies(SOCKETS_EACH, people).stream()
            .flatMap(List::stream)
            .limit(count)
            .toList();
    var edge = bed.stage().edges().getFirst();
    return Crowd.connected(bed.fleet(), List.of(edge), all, new Line.Ear() {});
  }
}
