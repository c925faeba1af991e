package dev.parley.search.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.schemas.conversation.HistoryVisibility;
import dev.parley.schemas.event.ChainedEvent;
import dev.parley.schemas.event.Event;
import dev.parley.schemas.id.Ids;
import dev.parley.search.story.Story;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AccessFoldTest {

  private static final UUID USER = Ids.uuid7();

  private final List<Event> events = new ArrayList<>();

  @Test
  void historyFromJoiningOpensAtTheJoinAndClosesAtTheRemoval() {
    var story = story(HistoryVisibility.FROM_JOINING);
    story.sent(USER, "1");
    story.joined(USER); // 3
    story.sent(USER, "2");
    story.removed(USER); // 5
    story.sent(USER, "3");
    story.joined(USER); // 7

    assertThat(Reach.of(rowOf(story), true).intervals())
        .containsExactly(new Interval(3, 5L), new Interval(7, null));
  }

  @Test
  void historyFromTheStartOpensEverythingAgain() {
    var story = story(HistoryVisibility.FROM_START).joined(USER).left(USER).joined(USER);

    assertThat(Reach.of(rowOf(story), false).isEverything()).isTrue();
    assertThat(Reach.of(rowOf(story), true).isEverything()).isFalse();
  }

  @Test
  void whoLeftFindsWhatCameInTheirStaysWhateverTheRule() {
    var story = story(HistoryVisibility.FROM_START);
    story.sent(USER, "1");
    story.joined(USER); // 3
    story.left(USER); // 4

    assertThat(Reach.of(rowOf(story), false).intervals()).containsExactly(new Interval(3, 4L));
  }

  @Test
  void anyBatchesWithAnyRepeatsGiveTheSameRows() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    var random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      events.clear();
      tell(random);
      var expected = new HashMap<String, AccessRow>();
      fold(events, expected);

      var stored = new HashMap<String, AccessRow>();
      for (int at = 0; at < events.size(); ) {
        int repeatFrom = Math.max(0, at - random.nextInt(6));
        int to = Math.min(events.size(), at + 1 + random.nextInt(7));
        fold(events.subList(repeatFrom, to), stored);
        at = to;
      }
      fold(events.subList(0, events.size() / 2), stored);

      assertThat(stored).as("seed %d, round %d", seed, round).isEqualTo(expected);
    }
  }

  @Test
  void aPersonSeesExactlyWhatHappenedWhileTheyWereThere() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    var random = new Random(seed);
    var story = story(HistoryVisibility.FROM_JOINING);
    var seen = new ArrayList<Long>();
    boolean member = false;
    for (int step = 0; step < 300; step++) {
      boolean was = member;
      switch (random.nextInt(4)) {
        case 0 -> {
          story.joined(USER);
          member = true;
        }
        case 1 -> {
          story.removed(USER);
          member = false;
        }
        default -> story.sent(USER, "x");
      }
      if (was || member) {
        seen.add(story.seq());
      }
    }
    var row = Reach.of(rowOf(story), true);

    for (long seq = 1; seq <= story.seq(); seq++) {
      assertThat(row.holds(seq)).as("seed %d, seq %d", seed, seq).isEqualTo(seen.contains(seq));
    }
  }

  private static void fold(Collection<Event> batch, Map<String, AccessRow> stored) {
    var needed =
        AccessFold.needed(batch).stream().filter(stored::containsKey).map(stored::get).toList();
    var fold = new AccessFold(needed);
    batch.forEach(fold::apply);
    // As the index does: what is older or as old is refused.
    fold.changed()
        .forEach(
            row -> stored.merge(row.id(), row, (old, now) -> now.seq() > old.seq() ? now : old));
  }

  private void tell(Random random) {
    var people = List.of(USER, Ids.uuid7());
    var stories =
        List.of(story(HistoryVisibility.FROM_START), story(HistoryVisibility.FROM_JOINING));
    for (int step = 0; step < 40; step++) {
      var story = stories.get(random.nextInt(2));
      var person = people.get(random.nextInt(2));
      switch (random.nextInt(4)) {
        case 0 -> story.joined(person);
        case 1 -> story.left(person);
        case 2 -> story.removed(person);
        default -> story.sent(person, "x");
      }
    }
  }

  private AccessRow.Member rowOf(Story story) {
    var rows = new HashMap<String, AccessRow>();
    fold(events, rows);
    if (rows.get(AccessRow.Member.id(story.id(), USER)) instanceof AccessRow.Member row) {
      return row;
    }
    throw new AssertionError("no row");
  }

  private Story story(HistoryVisibility history) {
    return Story.group(history, (ChainedEvent chained) -> events.add(chained.event()));
  }
}
