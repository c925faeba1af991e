package dev.parley.bench.load;

import dev.parley.bench.limit.RawKafka;
import dev.parley.bench.report.Aim;
import dev.parley.bench.report.Figure;
import dev.parley.bench.report.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Commands that are in the log before anybody decides them: what the decider needs for each, and
/// how long until views and index have followed. Beside it records that are only copied.
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
    var copied = copied(engines);
    var alone =
        Figure.of(
            "Kafka alone: records copied, the same",
            "/s",
            copied.stream().map(RawKafka.Copied::perProcessorSecond).toList());
    var copies = copied.stream().map(RawKafka.Copied::perSecond).toList();
    var figures = new ArrayList<Figure>();
    if (!perCore.isEmpty()) {
      figures.add(
          Figure.of("decider: commands per second of its processor time", "/s", perCore)
              .beside(alone.median())
              .aiming(Aim.atLeast(40_000)));
    }
    figures.add(alone);
    figures.add(
        Figure.of("appended and decided, beside all else", "/s", rates)
            .beside(Figure.of("copied", "/s", copies).median()));
    figures.add(Figure.of("views behind the decider's end by", "s", viewed));
    figures.add(Figure.of("index behind the decider's end by", "s", indexed));
    var settings = new LinkedHashMap<String, String>();
    settings.put("commands", Integer.toString(messages));
    settings.put("conversations", Integer.toString(places.size()));
    settings.put("rounds", Integer.toString(rounds));
    return new Row("backlog of commands", settings, List.of(), Map.of(), figures, List.of());
  }

  /// As many records from topic to topic, by this process, while nothing else is to be done.
  private List<RawKafka.Copied> copied(Engines engines) throws InterruptedException {
    try (var kafka = new RawKafka(engines.kafka())) {
      var copied = kafka.copied(messages, rounds);
      copied.forEach(one ->
          System.out.printf("  Kafka alone: %,.0f records copied in a second%n", one.perSecond()));
      return copied;
    }
  }

  private static List<Flood.Place> places(TestBed bed) throws InterruptedException {
    try (var crowd = Crowd.gather(bed, PEOPLE, GROUP)) {
      return crowd.places();
    }
  }
}
