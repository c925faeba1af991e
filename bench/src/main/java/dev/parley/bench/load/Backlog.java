package dev.parley.bench.load;

import dev.parley.bench.report.Aim;
import dev.parley.bench.report.Figure;
import dev.parley.bench.report.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Commands that are in the log before anybody decides them: what the decider needs for each, and
/// how long until views and index have followed.
///
/// @param messages of a round
public record Backlog(int messages, int rounds) {

  private static final int PEOPLE = 60;
  private static final int GROUP = 6;
  private static final String DECIDER = "command-service";
  private static final double MICROS = 1_000_000;

  public Row measure(TestBed bed, Engines engines) throws InterruptedException {
    var flood = new Flood(engines);
    var places = places(bed);
    var keeper = new Followers(engines);
    var perCore = new ArrayList<Double>();
    var rates = new ArrayList<Double>();
    var viewed = new ArrayList<Double>();
    var indexed = new ArrayList<Double>();
    for (int i = 0; i < rounds; i++) {
      keeper.awaitFollowed();
      var before = bed.processes().map(all -> all.usage());
      long from = System.nanoTime();
      flood.pour(places, messages);
      flood.awaitDecided();
      double seconds = (System.nanoTime() - from) / 1e9;
      rates.add(messages / seconds);
      bed.processes()
          .map(all -> all.usage().since(before.orElseThrow()).of(DECIDER))
          .ifPresent(micros -> perCore.add(messages / (micros / MICROS)));
      var followed = keeper.awaitFollowed();
      viewed.add(followed.viewsSeconds());
      indexed.add(followed.indexSeconds());
      System.out.printf(
          "  %,d commands decided after %.1f s, views %.1f s and index %.1f s later%n",
          messages, seconds, followed.viewsSeconds(), followed.indexSeconds());
    }
    var figures = new ArrayList<Figure>();
    if (!perCore.isEmpty()) {
      figures.add(
          Figure.of("decider: commands per second of its processor time", "/s", perCore)
              .aiming(Aim.atLeast(40_000)));
    }
    figures.add(Figure.of("appended and decided, beside all else", "/s", rates));
    figures.add(Figure.of("views behind the decider's end by", "s", viewed));
    figures.add(Figure.of("index behind the decider's end by", "s", indexed));
    var settings = new LinkedHashMap<String, String>();
    settings.put("commands", Integer.toString(messages));
    settings.put("conversations", Integer.toString(places.size()));
    settings.put("rounds", Integer.toString(rounds));
    return new Row("backlog of commands", settings, List.of(), Map.of(), figures, List.of());
  }

  private static List<Flood.Place> places(TestBed bed) throws InterruptedException {
    try (var crowd = Crowd.gather(bed, PEOPLE, GROUP)) {
      return crowd.places();
    }
  }
}
