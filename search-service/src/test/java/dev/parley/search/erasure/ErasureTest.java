package dev.parley.search.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.log.testkit.InMemoryLog;
import dev.parley.schemas.content.Attachment;
import dev.parley.schemas.content.Content;
import dev.parley.schemas.conversation.HistoryVisibility;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.user.UserProfile;
import dev.parley.search.index.IndexVersion;
import dev.parley.search.message.MessageDocument;
import dev.parley.search.message.MessageState;
import dev.parley.search.story.Story;
import dev.parley.search.story.TestIndex;
import dev.parley.stack.engine.ElasticsearchEngine;
import dev.parley.stack.process.Ports;
import dev.parley.stack.process.Starter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// What an erased person wrote leaves the index, and the files of the real engine.
class ErasureTest {

  private static final int HEAP_MEGABYTES = 384;
  private static final int NOTES = 10;
  private static final Duration LEASES_MOVE_ON = Duration.ofMinutes(11);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
  private static final String SECRET_WORD = "zwqxkjvbyhfm";
  private static final String OLD_WORD = "pqzvxwkjhyqt";
  private static final String NAME_WORD = "mxqzjwvkpybd";
  private static final String COPIED_WORD = "hvzqxjkwpbnf";

  private final UUID ada = Ids.uuid7();
  private final UUID bob = Ids.uuid7();
  private final InMemoryLog log = new InMemoryLog(2);

  @Test
  void whatAnErasedPersonWroteIsEmptyAndSoAreForwardsOfItAndTheirEdits() {
    var index = TestIndex.create();
    index.indices().ensure();
    var version = index.indices().served();
    var story = tell();
    log.deliver(index.projection(version), 5);
    assertThat(states(index, version)).containsOnly(MessageState.LIVE);
    assertThat(found(index, version, NAME_WORD)).isEqualTo(1);

    log.append(erased(ada));
    log.deliver(index.projection(version), 5);

    assertThat(texts(index, version)).containsExactly("by bob himself");
    assertThat(states(index, version))
        .containsExactlyInAnyOrder(
            MessageState.ERASED, MessageState.ERASED, MessageState.ERASED, MessageState.LIVE);

    for (var word : List.of(SECRET_WORD, OLD_WORD, NAME_WORD, COPIED_WORD)) {
      assertThat(found(index, version, word)).isZero();
    }

    // The same projection has forgotten, though its keyring knows nobody.
    var later = index.projection(version);
    log.append(erased(ada));
    var more = new ArrayList<UUID>();
    more.add(story.sent(ada, "again " + SECRET_WORD));
    more.add(story.forwarded(bob, ada, "copy " + SECRET_WORD));
    story.edited(bob, more.getLast(), 1, "edited copy " + SECRET_WORD);
    log.deliver(later, 1_000);
    assertThat(texts(index, version)).containsExactly("by bob himself");
  }

  @Test
  void aReplayGivesTheSameAsTheErasureDid() {
    var index = TestIndex.create();
    index.indices().ensure();
    var kept = index.indices().served();
    tell();
    log.deliver(index.projection(kept), 3);
    log.append(erased(ada));
    log.deliver(index.projection(kept), 3);

    var built = index.indices().create(kept.number() + 1);
    log.deliver(index.projection(built), 1_000);

    assertThat(documents(index, built)).isEqualTo(documents(index, kept));
    assertThat(texts(index, built)).containsExactly("by bob himself");
  }

  /// The engine lets go of what it keeps for its copies every five minutes, and that cannot be set.
  @Test
  @EnabledIfSystemProperty(named = "parley.slow", matches = "true")
  void theFilesOfTheEngineHoldNothingOfItAfterwards(@TempDir Path folder) throws Exception {
    var data = folder.resolve("data");
    var engine =
        new ElasticsearchEngine(
            Ports.free(), Ports.free(), data, folder.resolve("log"), HEAP_MEGABYTES);
    var process = Starter.startAndWait(engine);
    try {
      var index = TestIndex.at(engine.url());
      index.indices().ensure();
      var version = index.indices().served();
      tell();
      log.deliver(index.projection(version), 2);
      index.client().indices().flush(f -> f.index(version.messages()));
      for (var word : List.of(SECRET_WORD, NAME_WORD, COPIED_WORD)) {
        assertThat(files(data, word)).as(word + " is in the files before").isNotEmpty();
      }

      log.append(erased(ada));
      log.deliver(index.projection(version), 2);
      var expunging = expunging(index, Map.of("settle", "10s"), new SimpleMeterRegistry());
      expunging.erased(version, List.of(ada), System.nanoTime());
      long began = System.nanoTime();
      while (!files(data, SECRET_WORD, OLD_WORD, NAME_WORD, COPIED_WORD).isEmpty()) {
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(LEASES_MOVE_ON);
        expunging.look(System.nanoTime());
        LockSupport.parkNanos(LOOK_EVERY.toNanos());
      }
      System.out.println("gone after " + Duration.ofNanos(System.nanoTime() - began));
      assertThat(texts(index, version)).containsExactly("by bob himself");
    } finally {
      process.stop();
    }
  }

  @Test
  void whatASlowerNodeIndexedMeanwhileIsEmptiedBeforeTheMerge() {
    var index = TestIndex.create();
    index.indices().ensure();
    var version = index.indices().served();
    var expunging = expunging(index);
    expunging.erased(version, List.of(ada), 0);
    tell();
    log.deliver(index.projection(version), 100);
    expunging.look(0);
    assertThat(texts(index, version)).as("not before its time").hasSize(4);

    expunging.look(Duration.ofMinutes(7).toNanos());

    assertThat(texts(index, version)).containsExactly("by bob himself");
  }

  @Test
  void whatASlowerNodeIndexedMeanwhileIsEmptiedAlsoByWhoStartedAfterTheErasure() {
    var index = TestIndex.create();
    index.indices().ensure();
    var version = index.indices().served();
    expunging(index).erased(version, List.of(ada), 0);
    tell();
    log.deliver(index.projection(version), 100);

    var restarted = expunging(index);
    restarted.resume(0);
    restarted.look(Duration.ofMinutes(7).toNanos());

    assertThat(texts(index, version)).containsExactly("by bob himself");
  }

  @Test
  void moreMergesThanAnHourHasWaitForTheNextAndARestartForgetsNone() {
    var index = TestIndex.create();
    index.indices().ensure();
    var version = index.indices().served();
    tell();
    log.deliver(index.projection(version), 2);
    var meters = new SimpleMeterRegistry();
    var limited = expunging(index, Map.of("merges-per-hour", "1"), meters);
    limited.erased(version, List.of(ada), 0);
    limited.look(Duration.ofMinutes(7).toNanos());
    assertThat(merges(meters)).isEqualTo(1);
    var note = new PendingNote(index.client(), index.indices());

    limited.erased(version, List.of(bob), Duration.ofMinutes(8).toNanos());
    limited.look(Duration.ofMinutes(15).toNanos());
    assertThat(merges(meters)).as("the hour has had its merge").isEqualTo(1);
    assertThat(note.read()).isEqualTo(Map.of(version.number(), Set.of(ada, bob)));

    var restarted = expunging(index, Map.of(), meters);
    restarted.resume(0);
    restarted.look(Duration.ofMinutes(7).toNanos());
    assertThat(merges(meters)).isEqualTo(2);
  }

  @Test
  void whatOneNodeNotesAndStrikesOutLeavesWhatOthersNoted() {
    var index = TestIndex.create();
    index.indices().ensure();
    var one = new PendingNote(index.client(), index.indices());
    var other = new PendingNote(index.client(), index.indices());
    one.add(1, List.of(ada));
    other.add(1, List.of(bob));
    other.add(2, List.of(bob));

    one.remove(1, List.of(ada));
    one.remove(3, List.of(ada));

    assertThat(other.read()).isEqualTo(Map.of(1, Set.of(bob), 2, Set.of(bob)));
    other.remove(1, List.of(bob));
    other.remove(2, List.of(bob));
    assertThat(one.read()).isEmpty();
  }

  @Test
  void whatNodesNoteAtTheSameTimeIsAllNoted() throws Exception {
    var index = TestIndex.create();
    index.indices().ensure();
    var people = Stream.generate(Ids::uuid7).limit(2 * NOTES).toList();
    try (var nodes = Executors.newVirtualThreadPerTaskExecutor()) {
      var noting =
          Stream.of(people.subList(0, NOTES), people.subList(NOTES, 2 * NOTES))
              .map(own -> {
                var note = new PendingNote(index.client(), index.indices());
                return nodes.submit(() -> own.forEach(person -> note.add(1, List.of(person))));
              })
              .toList();
      for (var done : noting) {
        done.get();
      }
    }

    assertThat(new PendingNote(index.client(), index.indices()).read())
        .isEqualTo(Map.of(1, Set.copyOf(people)));
  }

  /// Ada writes, with an attachment, and edits; Bob passes it on and writes himself.
  private Story tell() {
    var story = Story.group(HistoryVisibility.FROM_START, log::append);
    story.joined(ada).joined(bob);
    var first = story.sent(ada, "before the edit " + OLD_WORD);
    story.edited(ada, first, 1, "the plan is " + SECRET_WORD);
    story.sent(
        ada,
        new Content(
            "see here",
            List.of(bob),
            "",
            Map.of(),
            List.of(new Attachment("1", NAME_WORD + ".pdf", "application/pdf", 1, "", 0, 0))));
    story.forwarded(bob, ada, "the plan is " + COPIED_WORD);
    story.sent(bob, "by bob himself");
    return story;
  }

  private static UserProfile erased(UUID person) {
    return new UserProfile(person, 2, "erased-1", "", 1, null, true, false);
  }

  private static Expunging expunging(TestIndex index) {
    return expunging(index, Map.of(), new SimpleMeterRegistry());
  }

  private static Expunging expunging(
      TestIndex index, Map<String, String> settings, SimpleMeterRegistry meters) {
    return new Expunging(
        index.client(),
        index.indices(),
        index.erasures(),
        index.with(settings).search().erasure(),
        ExpungeMeters.of(meters));
  }

  private static double merges(SimpleMeterRegistry meters) {
    return meters.get("parley.search.expunge.merges").counter().count();
  }

  private static List<String> texts(TestIndex index, IndexVersion version) {
    return documents(index, version).values().stream()
        .filter(document -> document.state() == MessageState.LIVE)
        .map(MessageDocument::text)
        .toList();
  }

  /// By the terms of the index, whatever the state of the message.
  private static long found(TestIndex index, IndexVersion version, String word) {
    try {
      return index
          .client()
          .count(c ->
              c.index(version.messages())
                  .query(q -> q.multiMatch(m -> m.query(word).fields("words", "exact", "cjk"))))
          .count();
    } catch (IOException away) {
      throw new UncheckedIOException(away);
    }
  }

  private static List<MessageState> states(TestIndex index, IndexVersion version) {
    return documents(index, version).values().stream().map(MessageDocument::state).toList();
  }

  private static Map<UUID, MessageDocument> documents(TestIndex index, IndexVersion version) {
    index.indices().refresh(version);
    try {
      var documents = new HashMap<UUID, MessageDocument>();
      index
          .client()
          .search(s -> s.index(version.messages()).size(100), MessageDocument.class)
          .hits()
          .hits()
          .forEach(hit -> {
            var document = hit.source();
            if (document != null) {
              documents.put(document.id(), document);
            }
          });
      return documents;
    } catch (IOException away) {
      throw new UncheckedIOException(away);
    }
  }

  /// The files that hold one of the words.
  private static List<Path> files(Path data, String... words) {
    try (var files = Files.walk(data)) {
      return files.filter(Files::isRegularFile).filter(file -> holds(file, words)).toList();
    } catch (NoSuchFileException mergedAway) {
      return List.of(data);
    } catch (IOException | UncheckedIOException unreadable) {
      return List.of(data);
    }
  }

  private static boolean holds(Path file, String... words) {
    try {
      var bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
      return List.of(words).stream().anyMatch(bytes::contains);
    } catch (NoSuchFileException mergedAway) {
      return false;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
