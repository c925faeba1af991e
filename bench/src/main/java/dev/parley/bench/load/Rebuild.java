package dev.parley.bench.load;

import dev.parley.bench.limit.RawBulk;
import dev.parley.bench.limit.RawCopy;
import dev.parley.bench.report.Aim;
import dev.parley.bench.report.Figure;
import dev.parley.bench.report.Row;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Views or index built anew from the whole log, beside raw tools that write the same messages: as
/// fast as a backlog is worked off at best. They leave the version before beside the new one, as a
/// replay does.
public record Rebuild(int rounds) {

  private static final double PERCENT = 100;

  /// Beside COPY into a table of the same shape.
  public Row views(Engines engines) throws InterruptedException {
    var raw = new ArrayList<Double>();
    for (int i = 0; i < rounds; i++) {
      raw.add(new RawCopy(engines.postgres()).messagesPerSecond());
    }
    return row("views", "COPY", rebuilt(engines, engines.projection()), raw, Aim.atLeast(60));
  }

  /// Beside bulks of the same documents into an index of the same shape.
  public Row search(Engines engines) throws InterruptedException {
    var raw = new ArrayList<Double>();
    for (int i = 0; i < rounds; i++) {
      raw.add(new RawBulk(engines.elasticsearch()).documentsPerSecond());
    }
    return row("index", "bulk", rebuilt(engines, engines.search()), raw, Aim.atLeast(80));
  }

  private List<Followers.Rebuilt> rebuilt(Engines engines, URI service)
      throws InterruptedException {
    var followers = new Followers(engines);
    followers.awaitFollowed();
    var rebuilt = new ArrayList<Followers.Rebuilt>();
    for (int i = 0; i < rounds; i++) {
      var one = followers.rebuild(service);
      System.out.printf("  %,d messages after %.1f s%n", one.messages(), one.seconds());
      rebuilt.add(one);
    }
    return rebuilt;
  }

  private Row row(
      String what, String tool, List<Followers.Rebuilt> rebuilt, List<Double> raw, Aim aim) {
    var limit = Figure.of(tool + " alone", "msg/s", raw);
    var speed =
        Figure.of(
            what + " from the log",
            "msg/s",
            rebuilt.stream().map(Followers.Rebuilt::perSecond).toList());
    var share =
        Figure.of(what + " in percent of " + tool, "%", PERCENT * speed.median() / limit.median());
    var settings = new LinkedHashMap<String, String>();
    settings.put("messages", Long.toString(rebuilt.getFirst().messages()));
    settings.put("rounds", Integer.toString(rounds));
    return new Row(
        what + " from a backlog",
        settings,
        List.of(),
        Map.of(),
        List.of(speed.beside(limit.median()), limit, share.aiming(aim)),
        List.of());
  }
}
