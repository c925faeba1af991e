package dev.parley.bench.fault;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/// What a run of faults leaves.
///
/// @param troubles what did not become well again within the limit, a sentence each
public record FaultReport(List<Felt> felt, List<String> troubles) {

  public FaultReport {
    felt = List.copyOf(felt);
    troubles = List.copyOf(troubles);
  }

  /// A line for each sort of fault: median and worst, in seconds.
  public String table() {
    var sorts = new TreeMap<String, List<Felt>>();
    felt.forEach(
        one -> sorts.computeIfAbsent(one.fault().title(), _ -> new ArrayList<>()).add(one));
    var text = new StringBuilder();
    text.append(
        """
        Seconds, median / worst: away = until the process runs again; answer = from the fault to the next answer,
        longest = longest wait for one; resumed = until all clients are live; views, index = caught up, after the return.

        | fault | n | away | answer | longest | resumed | views | index | events behind | aim | met |
        |---|---|---|---|---|---|---|---|---|---|---|
        """);
    sorts.forEach((title, all) -> text.append(line(title, all)));
    return text.toString();
  }

  /// The same for a JSON file, fault by fault; times in milliseconds.
  public List<Map<String, Object>> rows() {
    return felt.stream().map(FaultReport::row).toList();
  }

  private static Map<String, Object> row(Felt one) {
    var row = new LinkedHashMap<String, Object>();
    row.put("fault", one.fault().toString());
    row.put("away", one.away());
    row.put("answer", one.answer());
    row.put("longest", one.longest());
    row.put("resumed", one.resumed());
    row.put("views", one.views());
    row.put("index", one.index());
    row.put("behind", one.behind());
    row.put("met", one.met());
    return row;
  }

  private static String line(String title, List<Felt> all) {
    long met = all.stream().filter(Felt::met).count();
    var aim = all.getFirst().aim();
    return "| %s | %d | %s | %s | %s | %s | %s | %s | %d | %s | %s |%n"
        .formatted(
            title,
            all.size(),
            of(all, Felt::away),
            of(all, Felt::answer),
            of(all, Felt::longest),
            of(all, Felt::resumed),
            of(all, Felt::views),
            of(all, Felt::index),
            all.stream().mapToLong(Felt::behind).max().orElse(0),
            aim,
            aim == Felt.Aim.NONE
                ? ""
                : met == all.size()
                    ? "met"
                    : "MISSED %d of %d".formatted(all.size() - met, all.size()));
  }

  private static String of(List<Felt> all, ToLongFunction<Felt> time) {
    var sorted = all.stream().mapToLong(time).sorted().toArray();
    return String.format(
        Locale.ROOT,
        "%.1f / %.1f",
        sorted[sorted.length / 2] / 1_000.0,
        sorted[sorted.length - 1] / 1_000.0);
  }
}
