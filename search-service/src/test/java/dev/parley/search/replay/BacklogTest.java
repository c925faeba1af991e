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
    var projection = index.projection(version);
    long began = System.nanoTime();
    int entries = log.deliver(projection, BATCH);
    report("indexed", entries, began);

    began = System.nanoTime();
    try (var snapshot = Snapshot.of(index.client(), version, 1_000)) {
      assertThat(snapshot.facts().messages()).isEqualTo(messages);
    }
    report("digested", messages, began);
  }

  private static void report(String what, int count, long beganNanos) {
    double seconds = (System.nanoTime() - beganNanos) / 1e9;
    System.out.printf("%s %d in %.1f s: %.0f/s%n", what, count, seconds, count / seconds);
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
