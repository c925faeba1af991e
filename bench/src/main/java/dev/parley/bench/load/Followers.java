package dev.parley.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.schemas.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// What follows the log: views and index. Asked by the addresses that operators' commands use.
final class Followers {

  private static final Duration LIMIT = Duration.ofMinutes(15);
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final long LOOK_MILLIS = 200;
  private static final int STILL = 10;

  private final Engines engines;
  private final HttpClient http = HttpClient.newHttpClient();

  Followers(Engines engines) {
    this.engines = engines;
  }

  /// How long each needed until nothing more came.
  record Followed(double viewsSeconds, double indexSeconds) {}

  /// Messages in the views.
  long viewed() {
    return messages(engines.projection());
  }

  /// Messages in the index.
  long indexed() {
    return messages(engines.search());
  }

  /// Until both have the same messages and get no more.
  Followed awaitFollowed() throws InterruptedException {
    long from = System.nanoTime();
    double views = 0;
    double index = 0;
    long viewed = viewed();
    long indexed = indexed();
    for (int still = 0; still < STILL; still++) {
      Thread.sleep(LOOK_MILLIS);
      long viewedNow = viewed();
      long indexedNow = indexed();
      double now = (System.nanoTime() - from) / 1e9;
      if (viewedNow != viewed) {
        views = now;
        still = 0;
      }
      if (indexedNow != indexed) {
        index = now;
        still = 0;
      }
      if (indexedNow < viewedNow) {
        still = 0;
      }
      viewed = viewedNow;
      indexed = indexedNow;
      if (now > LIMIT.toSeconds()) {
        throw new IllegalStateException("Expected views and index to follow within " + LIMIT);
      }
    }
    return new Followed(views, index);
  }

  /// Builds the next version of one of them from the first event on.
  ///
  /// @return messages in it, and the seconds that it took at the pace at which it was filled:
  ///   without the making of an empty version, and without the comparison of the two
  Rebuilt rebuild(URI service) throws InterruptedException {
    long from = System.nanoTime();
    ask("POST", service, "/internal/replay");
    var pace = new Pace();
    while (true) {
      Thread.sleep(LOOK_MILLIS / 4);
      var state = ask("GET", service, "/internal/replay");
      double now = (System.nanoTime() - from) / 1e9;
      switch (state.path("state").asText()) {
        case "building" -> pace.at(now, state.path("done").asLong());
        case "verifying" -> {}
        case "switched" -> {
          return new Rebuilt(messages(service), pace.secondsFor(state.path("total").asLong()));
        }
        default ->
            throw new IllegalStateException("Expected a rebuild to be done, but got " + state);
      }
      if (now > LIMIT.toSeconds()) {
        throw new IllegalStateException("Expected a rebuild to be done within " + LIMIT);
      }
    }
  }

  /// How quickly entries are stored, from the first sight of any to the last.
  private static final class Pace {
    private long firstDone;
    private double firstSeconds;
    private long done;
    private double seconds;

    void at(double nowSeconds, long doneNow) {
      if (firstDone == 0) {
        firstDone = doneNow;
        firstSeconds = nowSeconds;
      }
      if (doneNow > done) {
        done = doneNow;
        seconds = nowSeconds;
      }
    }

    double secondsFor(long entries) {
      if (done == firstDone) {
        throw new IllegalStateException(
            "Expected a rebuild that is seen at work: pour a longer backlog first");
      }
      return (seconds - firstSeconds) * entries / (done - firstDone);
    }
  }

  record Rebuilt(long messages, double seconds) {
    double perSecond() {
      return messages / seconds;
    }
  }

  private long messages(URI service) {
    return ask("GET", service, "/internal/counts").path("messages").asLong();
  }

  private JsonNode ask(String method, URI service, String path) {
    try {
      var request =
          HttpRequest.newBuilder(service.resolve(path))
              .timeout(TIMEOUT)
              .header("Parley-Internal", engines.internalSecret())
              .method(method, BodyPublishers.noBody())
              .build();
      var answer = http.send(request, BodyHandlers.ofString());
      if (answer.statusCode() / 100 != 2) {
        throw new IllegalStateException(
            "Expected %s to answer, but got %d: %s"
                .formatted(request.uri(), answer.statusCode(), answer.body()));
      }
      return Json.MAPPER.readTree(answer.body());
    } catch (IOException away) {
      throw new UncheckedIOException(away);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
