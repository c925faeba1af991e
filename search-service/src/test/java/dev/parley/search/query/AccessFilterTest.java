package dev.parley.search.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.log.testkit.InMemoryLog;
import dev.parley.schemas.conversation.HistoryVisibility;
import dev.parley.schemas.id.Ids;
import dev.parley.search.index.IndexVersion;
import dev.parley.search.message.MessageDocument;
import dev.parley.search.story.Story;
import dev.parley.search.story.TestIndex;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AccessFilterTest {

  private static final int STORIES = 6;
  private static final int STEPS = 300;

  private final TestIndex index = TestIndex.create();
  private final InMemoryLog log = new InMemoryLog(3);
  private final UUID user = Ids.uuid7();
  private final UUID author = Ids.uuid7();
  private final Set<String> visible = new TreeSet<>();

  @Test
  void exactlyWhatHappenedWhileSomebodyWasThereIsFound() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    var random = new Random(seed);
    for (int i = 0; i < STORIES; i++) {
      tell(random, i % 2 == 0 ? HistoryVisibility.FROM_START : HistoryVisibility.FROM_JOINING);
    }
    index.indices().ensure();
    var version = index.indices().served();
    log.deliver(index.projection(version), 50);
    index.indices().refresh(version);

    assertThat(found(version, user)).as("seed %d", seed).isEqualTo(visible);
    assertThat(found(version, Ids.uuid7())).isEmpty();
  }

  /// Messages and edits, while the user comes and goes and the rule changes; notes what the user
  /// may find in the end.
  private void tell(Random random, HistoryVisibility first) {
    var story = Story.group(first, log::append).joined(author);
    var history = first;
    var sent = new ArrayList<UUID>();
    var seqs = new HashMap<UUID, List<Long>>();
    var stays = new ArrayList<long[]>();
    for (int step = 0; step < STEPS; step++) {
      boolean member = isPresent(stays);
      switch (random.nextInt(20)) {
        case 0 -> {
          story.joined(user);
          if (!member) {
            stays.add(new long[] {story.seq(), Long.MAX_VALUE});
          }
        }
        case 1 -> {
          story.removed(user);
          if (member) {
            stays.getLast()[1] = story.seq();
          }
        }
        case 5 -> {
          history =
              random.nextBoolean() ? HistoryVisibility.FROM_START : HistoryVisibility.FROM_JOINING;
          story.historyBecame(history);
        }
        case 2, 3, 4 -> {
          if (!sent.isEmpty()) {
            var message = sent.get(random.nextInt(sent.size()));
            story.edited(author, message, step, "edited");
            Objects.requireNonNull(seqs.get(message)).set(1, story.seq());
          }
        }
        default -> {
          var message = story.sent(author, "text");
          sent.add(message);
          seqs.put(message, new ArrayList<>(List.of(story.seq(), story.seq())));
        }
      }
    }
    boolean everything = history == HistoryVisibility.FROM_START && isPresent(stays);
    note(seqs, everything ? List.of(new long[] {1, Long.MAX_VALUE}) : stays);
  }

  private static boolean isPresent(List<long[]> stays) {
    return !stays.isEmpty() && stays.getLast()[1] == Long.MAX_VALUE;
  }

  private void note(Map<UUID, List<Long>> seqs, List<long[]> spans) {
    seqs.forEach((message, places) -> {
      if (places.stream().allMatch(seq -> isInside(spans, seq))) {
        visible.add(message.toString());
      }
    });
  }

  private static boolean isInside(List<long[]> spans, long seq) {
    return spans.stream().anyMatch(span -> span[0] <= seq && seq <= span[1]);
  }

  private Set<String> found(IndexVersion version, UUID caller) {
    var accessible = new AccessRows(index.client(), index.config()).of(version, caller, null);
    var found = new HashSet<String>();
    try {
      var answer =
          index
              .client()
              .search(
                  s ->
                      s.index(version.messages())
                          .query(AccessFilter.of(accessible))
                          .size(STORIES * STEPS),
                  MessageDocument.class);
      found.addAll(
          answer.hits().hits().stream()
              .map(hit -> Objects.requireNonNull(hit.source()).id().toString())
              .collect(Collectors.toSet()));
    } catch (java.io.IOException failed) {
      throw new IllegalStateException(failed);
    }
    return new TreeSet<>(found);
  }
}
