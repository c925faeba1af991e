package dev.parley.bench.load;

import dev.parley.bench.report.Latency;
import dev.parley.bench.report.Row;
import dev.parley.client.Chat;
import dev.parley.client.ChatListener;
import dev.parley.client.ConversationEvent;
import dev.parley.schemas.id.Ids;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/// One message at a time between two people: from the call that sends it until it is on the other
/// one's socket, and until the sender has the answer.
///
/// @param warmUp messages that are not counted: fresh JVMs are ten times slower
/// @param messages in each repetition
/// @param pauseMillis rest between two messages, so that the machine stays idle
public record OneByOne(int warmUp, int repetitions, int messages, int pauseMillis) {

  private static final int DIGITS = 3;

  /// Completes what waits for a message when it comes.
  private record Receiver(Map<UUID, CompletableFuture<Long>> waiting) implements ChatListener {
    @Override
    public void event(ConversationEvent event) {
      var arrived = waiting.remove(event.id());
      if (arrived != null) {
        arrived.complete(event.receivedNanos());
      }
    }
  }

  private record Times(Histogram delivered, Histogram answered) {
    static Times empty() {
      return new Times(new Histogram(DIGITS), new Histogram(DIGITS));
    }
  }

  public Row measure(Stage stage) throws InterruptedException {
    var people = stage.people(2);
    var receiver = new Receiver(new ConcurrentHashMap<>());
    try (var sender = stage.chat(people.getFirst(), 0, new ChatListener() {});
        var other = stage.chat(people.getLast(), 1, receiver)) {
      Stage.get(sender.live());
      Stage.get(other.live());
      var conversation = stage.direct(sender, people.getLast());
      repeat(sender, receiver, conversation, warmUp, Times.empty());
      var rounds = new ArrayList<Times>();
      for (int i = 0; i < repetitions; i++) {
        var times = Times.empty();
        repeat(sender, receiver, conversation, messages, times);
        rounds.add(times);
      }
      return row(stage, rounds);
    }
  }

  private void repeat(Chat sender, Receiver receiver, UUID conversation, int count, Times times)
      throws InterruptedException {
    for (int i = 0; i < count; i++) {
      var id = Ids.uuid7();
      var arrival = new CompletableFuture<Long>();
      receiver.waiting().put(id, arrival);
      long from = System.nanoTime();
      var reply =
          sender
              .send(conversation, id, "one by one " + i)
              .thenApply(answer -> answer.expectDone().seq() > 0 ? System.nanoTime() : 0L);
      times.delivered().recordValue(micros(from, Stage.get(arrival)));
      times.answered().recordValue(micros(from, Stage.get(reply)));
      Thread.sleep(pauseMillis);
    }
  }

  private static long micros(long from, long to) {
    return Math.max(0, to - from) / 1_000;
  }

  private Row row(Stage stage, List<Times> rounds) {
    var delivered = rounds.stream().map(times -> Latency.of(times.delivered())).toList();
    var answered = rounds.stream().map(times -> Latency.of(times.answered())).toList();
    var series = new ArrayList<Row.Series>();
    for (int i = 0; i < rounds.size(); i++) {
      series.add(new Row.Series("send to other's socket, round " + (i + 1), delivered.get(i)));
    }
    series.add(new Row.Series("send to other's socket, all rounds", all(rounds, true)));
    series.add(new Row.Series("send to answer, all rounds", all(rounds, false)));
    var settings = new LinkedHashMap<String, String>();
    settings.put("edges", Integer.toString(stage.edges().size()));
    settings.put("warm-up", warmUp + " messages");
    settings.put("rounds", repetitions + " x " + messages + " messages");
    settings.put("pause", pauseMillis + " ms");
    settings.put("spread of p50", spread(delivered, Latency::p50));
    settings.put("spread of p99", spread(delivered, Latency::p99));
    settings.put("spread of answers' p50", spread(answered, Latency::p50));
    return new Row("one by one, idle", settings, series, Map.of(), List.of());
  }

  private static Latency all(List<Times> rounds, boolean delivered) {
    var sum = new Histogram(DIGITS);
    rounds.forEach(times -> sum.add(delivered ? times.delivered() : times.answered()));
    return Latency.of(sum);
  }

  private static String spread(List<Latency> rounds, ToDoubleFunction<Latency> figure) {
    var statistics = rounds.stream().mapToDouble(figure).summaryStatistics();
    return String.format(Locale.ROOT, "%.2f to %.2f ms", statistics.getMin(), statistics.getMax());
  }
}
