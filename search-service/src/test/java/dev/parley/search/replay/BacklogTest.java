package dev.parley.search.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.log.testkit.InMemoryLog;
import dev.parley.schemas.conversation.HistoryVisibility;
import dev.parley.schemas.id.Ids;
import dev.parley.search.story.Story;
import dev.parley.search.story.TestIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// How fast a backlog is indexed, and digested. Prints; run it with `-Dparley.backlog=50000`.
@EnabledIfSystemProperty(named = "parley.backlog", matches = "\\d+")
class BacklogTest {

  private static final int BATCH = 4_000;
  private static final int WORDS = 20_000;

  @Test
  void aBacklogIsIndexed() {
    int messages = Integer.getInteger("parley.backlog");
    var random = new Random(7);
    var log = new InMemoryLog(12);
    var author = Ids.uuid7();
    var stories = new ArrayList<Story>();
    for (int i = 0; i < 40; i++) {
      stories.add(Story.group(HistoryVisibility.FROM_START, log::append).joined(author));
    }
    for (int i = 0; i < messages; i++) {
      stories.get(random.nextInt(stories.size())).imported(author, text(random));
    }
    var index = TestIndex.create();
    index.indices().ensure();
    var version = index.indices().served();
    var projection = index.projectionInService(version);
    var indexing = new Stopwatch();
    int entries = log.deliver(projection, BATCH);
    indexing.report("indexed", entries);

    var digesting = new Stopwatch();
    try (var snapshot = Snapshot.of(index.client(), version, 1_000)) {
      assertThat(snapshot.facts().messages()).isEqualTo(messages);
    }
    digesting.report("digested", messages);
  }

  /// Time of the clock, and of the processors: of this process and of the engine, its child.
  private static final class Stopwatch {
    private final long beganNanos = System.nanoTime();
    private final double ownBegan = own();
    private final double engineBegan = engine();

    void report(String what, int count) {
      double seconds = (System.nanoTime() - beganNanos) / 1e9;
      double own = own() - ownBegan;
      double engine = engine() - engineBegan;
      System.out.printf(
          "%s %d in %.1f s: %.0f/s; CPU: %.1f s here, %.1f s in the engine, %.0f for a CPU"
              + " second%n",
          what, count, seconds, count / seconds, own, engine, count / (own + engine));
    }

    private static double own() {
      return seconds(ProcessHandle.current());
    }

    private static double engine() {
      return ProcessHandle.current().descendants().mapToDouble(Stopwatch::seconds).sum();
    }

    private static double seconds(ProcessHandle process) {
      return process.info().totalCpuDuration().map(d -> d.toMillis() / 1e3).orElse(0.0);
    }
  }

  /// Twenty-five words on average, the frequent ones more often, as in a chat of programmers.
  private static String text(Random random) {
    var words = new ArrayList<String>();
    for (int i = 5 + random.nextInt(40); i > 0; i--) {
      int rank = (int) (WORDS * Math.pow(random.nextDouble(), 3));
      words.add(Integer.toString(rank * 7_919 + 1_000, 36));
    }
    return String.join(" ", List.copyOf(words));
  }
}
