package dev.parley.search.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.log.Batch;
import dev.parley.log.LogEntry;
import dev.parley.log.LogPartition;
import dev.parley.log.TransientException;
import dev.parley.log.testkit.InMemoryLog;
import dev.parley.schemas.content.ContentKey;
import dev.parley.schemas.content.KeyLookup;
import dev.parley.schemas.content.Keyring;
import dev.parley.schemas.conversation.HistoryVisibility;
import dev.parley.schemas.event.ChainedEvent;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.topic.Topics;
import dev.parley.search.index.IndexVersion;
import dev.parley.search.story.Story;
import dev.parley.search.story.TestIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class VersionsOfOneLogTest {

  private static final int SCAN = 64;

  private final TestIndex index = TestIndex.create();
  private final InMemoryLog log = new InMemoryLog(3);

  @Test
  void theSameLogGivesTheSameDigestWhateverTheBatches() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    tell(new Random(seed), log::append);
    index.indices().ensure();

    var facts = new ArrayList<Snapshot.Facts>();
    int number = 2;
    for (int batch : new int[] {1, 7, 1_000}) {
      var version = index.indices().create(number++);
      log.deliver(index.projection(version), batch);
      facts.add(facts(version));
    }

    assertThat(facts.getFirst().messages()).isPositive();
    assertThat(facts).extracting(Snapshot.Facts::digest).containsOnly(facts.getFirst().digest());
    assertThat(facts)
        .extracting(Snapshot.Facts::messages)
        .containsOnly(facts.getFirst().messages());
  }

  @Test
  void aBatchThatComesAgainChangesNothing() {
    var entries = new ArrayList<LogEntry>();
    var partition = new LogPartition(Topics.EVENTS, 0);
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    tell(new Random(seed), event -> entries.add(entry(partition, entries.size(), event)));
    index.indices().ensure();
    var version = index.indices().served();
    var projection = index.projection(version);
    var all = batch(partition, entries, 0, entries.size());
    projection.apply(all);
    var before = facts(version);

    projection.apply(all);
    projection.apply(batch(partition, entries, 0, entries.size() / 2));
    index.projection(version).apply(batch(partition, entries, 3, entries.size() / 3));

    assertThat(facts(version)).isEqualTo(before);
    assertThat(index.projection(version).positions(java.util.Set.of(partition)))
        .as("positions never go back")
        .isEqualTo(Map.of(partition, (long) entries.size()));
  }

  @Test
  void aDifferentTextGivesADifferentDigest() {
    var conversation = new ArrayList<ChainedEvent>();
    var story = Story.group(HistoryVisibility.FROM_START, conversation::add);
    var author = Ids.uuid7();
    story.joined(author);
    var message = story.sent(author, "one");
    conversation.forEach(log::append);
    index.indices().ensure();
    var first = index.indices().served();
    log.deliver(index.projection(first), 10);
    var before = facts(first);
    conversation.clear();

    story.edited(author, message, 1, "two");
    conversation.forEach(log::append);
    log.deliver(index.projection(first), 10);

    assertThat(facts(first).digest()).isNotEqualTo(before.digest());
    assertThat(facts(first).messages()).isEqualTo(before.messages());
  }

  @Test
  void sealedContentIsIndexedWithTheKeyAndMissingKeysStopThePartition() {
    var author = Ids.uuid7();
    var erased = Ids.uuid7();
    var unknown = Ids.uuid7();
    var key = ContentKey.random();
    Keyring keyring =
        user -> {
          if (user.equals(author)) {
            return new KeyLookup.Known(key);
          }
          return user.equals(erased) ? new KeyLookup.Erased() : new KeyLookup.Unknown();
        };
    var story = Story.group(HistoryVisibility.FROM_START, log::append);
    story.joined(author).joined(erased);
    story.sealed(author, key, "readable");
    story.sealed(erased, ContentKey.random(), "gone for ever");
    index.indices().ensure();
    var version = index.indices().served();
    log.deliver(index.projection(version, keyring), 10);

    assertThat(facts(version).messages()).isEqualTo(1);

    story.sealed(unknown, ContentKey.random(), "cannot be read");
    assertThatThrownBy(() -> log.deliver(index.projection(version, keyring), 10))
        .isInstanceOf(IllegalStateException.class)
        .isNotInstanceOf(TransientException.class)
        .hasMessageContaining(unknown.toString());
    assertThat(facts(version).messages()).isEqualTo(1);
  }

  @Test
  void anEngineThatIsNotThereIsATransientFailure() {
    var down = TestIndex.at("http://127.0.0.1:1");
    Story.group(HistoryVisibility.FROM_START, log::append).joined(Ids.uuid7());
    var version = new IndexVersion(1, "none", "none", "none");

    assertThatThrownBy(() -> log.deliver(down.projection(version), 10))
        .isInstanceOf(TransientException.class);
  }

  private static LogEntry entry(LogPartition partition, int offset, ChainedEvent event) {
    return new LogEntry(
        partition,
        offset,
        event.event().atMillis(),
        event.event().conversation().toString(),
        event.record(),
        null);
  }

  private static Batch batch(LogPartition partition, List<LogEntry> entries, int from, int to) {
    return new Batch(entries.subList(from, to), Map.of(partition, new Batch.Advance(from, to)));
  }

  private Snapshot.Facts facts(IndexVersion version) {
    try (var snapshot = Snapshot.of(index.client(), version, SCAN)) {
      var facts = snapshot.facts();
      return new Snapshot.Facts(0, facts.digest(), facts.messages());
    }
  }

  /// Conversations with members who come and go, messages, edits and deletions, interleaved.
  private static void tell(Random random, java.util.function.Consumer<ChainedEvent> log) {
    var people = List.of(Ids.uuid7(), Ids.uuid7(), Ids.uuid7(), Ids.uuid7());
    var stories = new ArrayList<Story>();
    var messages = new ArrayList<List<UUID>>();
    var authors = new ArrayList<List<UUID>>();
    for (int i = 0; i < 5; i++) {
      var history =
          random.nextBoolean() ? HistoryVisibility.FROM_START : HistoryVisibility.FROM_JOINING;
      stories.add(Story.group(history, log));
      messages.add(new ArrayList<>());
      authors.add(new ArrayList<>());
    }
    for (int step = 0; step < 400; step++) {
      int at = random.nextInt(stories.size());
      var story = stories.get(at);
      var person = people.get(random.nextInt(people.size()));
      int sent = messages.get(at).size();
      switch (random.nextInt(10)) {
        case 0 -> story.joined(person);
        case 1 -> story.removed(person);
        case 2, 3 -> {
          if (sent > 0) {
            int message = random.nextInt(sent);
            story.edited(
                authors.get(at).get(message),
                messages.get(at).get(message),
                step,
                "edited in step " + step);
          }
        }
        case 4 -> {
          if (sent > 0) {
            story.deleted(person, messages.get(at).get(random.nextInt(sent)));
          }
        }
        default -> {
          messages.get(at).add(story.sent(person, "message of step " + step + " 你好"));
          authors.get(at).add(person);
        }
      }
    }
  }
}
