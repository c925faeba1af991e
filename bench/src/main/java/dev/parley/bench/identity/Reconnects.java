package dev.parley.bench.identity;

import dev.parley.bench.load.Stage;
import dev.parley.bench.report.Latency;
import dev.parley.bench.report.Row;
import dev.parley.client.Account;
import dev.parley.client.ChatListener;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// People who lose their socket and come back, again and again: from the call that connects until
/// the socket is live. It must cost no password hash.
///
/// @param identity where identity-service tells its metrics; null: hashes are not counted
public record Reconnects(int count, @Nullable String identity) {

  private static final int PEOPLE = 20;
  private static final int DIGITS = 3;
  private static final String HASHES = "parley_password_hashes_total";

  public Row measure(Stage stage, List<Cost> costs) throws InterruptedException {
    var people = stage.people(Math.min(PEOPLE, count));
    var before = hashes();
    var times = new ConcurrentHistogram(DIGITS);
    var done = new ArrayList<Future<?>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int person = 0; person < people.size(); person++) {
        int number = person;
        int share = (count + people.size() - 1 - person) / people.size();
        done.add(
            threads.submit(() -> {
              for (int i = 0; i < share; i++) {
                reconnect(stage, people.get(number), number + i, times);
              }
              return null;
            }));
      }
    }
    var faults = new ArrayList<String>();
    for (var one : done) {
      if (one.state() == Future.State.FAILED) {
        faults.add("somebody did not come back: " + one.exceptionNow());
      }
    }
    return row(costs, times, before, hashes(), faults);
  }

  private static void reconnect(Stage stage, Account account, int edge, Histogram times)
      throws InterruptedException {
    long from = System.nanoTime();
    try (var chat = stage.chat(account, edge, new ChatListener() {})) {
      Stage.get(chat.live());
      times.recordValue((System.nanoTime() - from) / 1_000);
    }
  }

  private Row row(
      List<Cost> costs,
      Histogram times,
      OptionalLong before,
      OptionalLong after,
      List<String> faults) {
    var counts = new LinkedHashMap<String, Long>();
    counts.put("reconnects", times.getTotalCount());
    if (before.isPresent() && after.isPresent()) {
      long hashed = after.getAsLong() - before.getAsLong();
      counts.put("password hashes meanwhile", hashed);
      if (hashed != 0) {
        faults.add("reconnecting cost " + hashed + " password hashes");
      }
    }
    costs.forEach(cost -> counts.put(cost.name() + " ns", cost.median()));
    var settings = new LinkedHashMap<String, String>();
    settings.put("people", Integer.toString(PEOPLE));
    settings.put("hashes", before.isPresent() ? "counted" : "not counted, no PARLEY_IDENTITY_URL");
    return new Row(
        "identity",
        settings,
        List.of(new Row.Series("connect to live", Latency.of(times))),
        counts,
        faults);
  }

  private OptionalLong hashes() throws InterruptedException {
    if (identity == null) {
      return OptionalLong.empty();
    }
    try (var client = HttpClient.newHttpClient()) {
      var text =
          client
              .send(
                  HttpRequest.newBuilder(URI.create(identity + "/q/metrics")).build(),
                  BodyHandlers.ofString())
              .body();
      return OptionalLong.of(
          text.lines()
              .filter(line -> line.startsWith(HASHES))
              .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
              .sum());
    } catch (IOException away) {
      throw new IllegalStateException("Expected identity-service's metrics", away);
    }
  }
}
