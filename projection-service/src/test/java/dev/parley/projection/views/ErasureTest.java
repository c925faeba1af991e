package dev.parley.projection.views;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.log.Batch;
import dev.parley.log.LogEntry;
import dev.parley.log.LogPartition;
import dev.parley.log.testkit.InMemoryLog;
import dev.parley.projection.replay.DigestReader;
import dev.parley.projection.testing.Conversation;
import dev.parley.projection.testing.Person;
import dev.parley.projection.testing.Sweep;
import dev.parley.projection.testing.TestDatabase;
import dev.parley.schemas.command.Command;
import dev.parley.schemas.content.Attachment;
import dev.parley.schemas.content.Content;
import dev.parley.schemas.content.ContentReader;
import dev.parley.schemas.content.ContentSeal;
import dev.parley.schemas.content.KeyLookup;
import dev.parley.schemas.content.Keyring;
import dev.parley.schemas.content.MasterKey;
import dev.parley.schemas.content.Place;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.Everyone;
import dev.parley.schemas.conversation.Forwarded;
import dev.parley.schemas.conversation.HistoryVisibility;
import dev.parley.schemas.conversation.Role;
import dev.parley.schemas.event.EventData;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.personal.Personal;
import dev.parley.schemas.personal.PersonalEntry;
import dev.parley.schemas.personal.ReportReason;
import dev.parley.schemas.topic.Topics;
import dev.parley.schemas.user.UserCodec;
import dev.parley.schemas.user.UserProfile;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is left of a person's words once they were erased: on a real Postgres, in every column of
/// every table.
class ErasureTest {

  private static final String WORD = "Wombat";
  private static final String BOBS_WORD = "Quokka";

  private final MasterKey masterKey = MasterKey.ofBase64(MasterKey.randomBase64());
  private final Person ann = Person.random();
  private final Person bob = Person.random();
  private final Map<UUID, KeyLookup> keys = new ConcurrentHashMap<>();
  private final Keyring keyring = user -> keys.getOrDefault(user, new KeyLookup.Unknown());
  private final InMemoryLog log = new InMemoryLog(2);
  private final TestDatabase database = new TestDatabase();

  @BeforeEach
  void create() {
    database.create();
    for (var person : List.of(ann, bob)) {
      keys.put(person.id(), new KeyLookup.Known(person.key()));
    }
    var profile = ann.profile(masterKey);
    log.append(
        new UserProfile(ann.id(), 1, "wombat", WORD, 1_000, profile.contentKey(), false, false));
    log.append(bob.profile(masterKey));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private ViewsProjection projection(int version) {
    return ViewsProjection.of(version, database.pool(), new ContentReader(keyring));
  }

  private List<String> annsWords() {
    return Sweep.find(database.pool(), List.of(WORD, "wombat"));
  }

  private static Content rich(String word, UUID... mentions) {
    return new Content(
        "text " + word,
        List.of(mentions),
        "type_" + word,
        Map.of("custom", word),
        List.of(new Attachment("1", word + ".png", "image/png", 1, "https://files/" + word, 1, 1)));
  }

  private Conversation group() {
    var group = new Conversation(bob, ConversationKind.GROUP, HistoryVisibility.FROM_START, "Ours");
    group.join(ann, Role.MEMBER);
    return group;
  }

  /// Everything that a person can write, in all places.
  private List<Conversation> written() {
    var group = group();
    var plain = group.send(ann, rich(WORD, bob.id()), null, Everyone.NONE, 0);
    group.send(ann, rich(WORD), plain, Everyone.ALL, 9_000_000_000_000L);
    var edited = group.send(ann, rich(WORD), null, Everyone.NONE, 0);
    group.edit(ann, edited, 1, "again " + WORD, bob.id());
    group.delete(ann, group.send(ann, "taken back " + WORD));
    group.forward(bob, ann, rich(WORD));
    var forwardEdited = group.forward(bob, ann, rich(WORD));
    group.edit(bob, forwardEdited, 1, "as she said: " + WORD);
    group.delete(bob, group.forward(bob, ann, rich(WORD)));
    group.send(bob, rich(BOBS_WORD), null, Everyone.NONE, 0);
    group.forward(ann, bob, rich(BOBS_WORD));
    group.add(ann, new EventData.ReactionAdded(plain, "👍"));
    var own = new Conversation(ann, ConversationKind.SELF, HistoryVisibility.FROM_START, "");
    var later = Ids.uuid7();
    var body = ContentSeal.seal(rich(WORD), ann.key(), new Place(group.id(), later, ann.id()));
    own.add(
        ann,
        new EventData.MessageScheduled(
            group.id(), later, new Command.SendMessage(body, null, null), 9));
    return List.of(group, own);
  }

  /// A draft, a report and a message that was held, and a forward of hers that was.
  private void keep(Conversation conversation) {
    var id = conversation.id();
    var draft = ContentSeal.seal(rich(WORD), ann.key(), PersonalEntry.draftPlace(id, ann.id()));
    keep(conversation, ann, new Personal.Draft(draft));
    var reported = Ids.uuid7();
    var note =
        ContentSeal.seal(rich(WORD), ann.key(), PersonalEntry.reportPlace(id, reported, ann.id()));
    keep(conversation, ann, new Personal.Reported(reported, ReportReason.SPAM, note));
    hold(conversation, ann, WORD, null);
    hold(conversation, bob, WORD, new Forwarded(id, reported, ann.id()));
    hold(conversation, bob, BOBS_WORD, null);
  }

  private void hold(
      Conversation conversation, Person author, String word, @Nullable Forwarded forwarded) {
    var message = Ids.uuid7();
    var body =
        ContentSeal.seal(
            rich(word), author.key(), new Place(conversation.id(), message, author.id()));
    var send = new Command.SendMessage(body, null, null, Everyone.NONE, 0, forwarded);
    keep(conversation, author, new Personal.Held(message, send, "a filter's reason"));
  }

  private void keep(Conversation conversation, Person person, Personal value) {
    log.append(new PersonalEntry(conversation.id(), person.id(), 1, false, value));
  }

  @Test
  void noWordOfAnErasedPersonIsInAnyColumnAndThoseOfOthersStay() {
    var conversations = written();
    conversations.forEach(conversation -> conversation.events().forEach(log::append));
    keep(conversations.getFirst());
    log.deliver(projection(1), 7);
    assertThat(annsWords())
        .anyMatch(found -> found.startsWith("views_1.message.text"))
        .anyMatch(found -> found.startsWith("views_1.message.rest"))
        .anyMatch(found -> found.startsWith("views_1.message_revision.text"))
        .anyMatch(found -> found.startsWith("views_1.own.draft"))
        .anyMatch(found -> found.startsWith("views_1.report.note"))
        .anyMatch(found -> found.startsWith("views_1.held.text"))
        .anyMatch(found -> found.startsWith("views_1.held.rest"))
        .anyMatch(found -> found.startsWith("views_1.scheduled.text"))
        .anyMatch(found -> found.startsWith("views_1.scheduled.content_rest"))
        .anyMatch(found -> found.startsWith("views_1.profile.name"))
        .anyMatch(found -> found.startsWith("views_1.profile.display_name"));
    var others = Sweep.find(database.pool(), List.of(BOBS_WORD));

    erase();
    log.deliver(projection(1), 7);

    assertThat(annsWords()).isEmpty();
    assertThat(database.number("select count(*) from views.mention where user_id is not null"))
        .isZero();
    assertThat(Sweep.find(database.pool(), List.of(BOBS_WORD))).isEqualTo(others);
    assertThat(database.number("select count(*) from views.message where erased")).isEqualTo(8);

    // Another version, in which the erasure may come before, between and after what was written.
    for (int version : new int[] {2, 3}) {
      database.run(ViewSchema.create(version));
      log.deliver(projection(version), version == 2 ? 1 : 1_000);
      assertThat(annsWords()).isEmpty();
      assertThat(DigestReader.of(database, version)).isEqualTo(DigestReader.of(database, 1));
    }
  }

  private void erase() {
    keys.put(ann.id(), new KeyLookup.Erased());
    log.append(ann.erased());
  }

  @Test
  void whatIsForwardedOrEditedAfterTheErasureDoesNotBringItBack() {
    var group = group();
    var early = group.forward(bob, ann, rich(WORD));
    group.events().forEach(log::append);
    log.deliver(projection(1), 100);
    erase();
    log.deliver(projection(1), 100);
    int told = group.events().size();

    group.edit(bob, early, 1, "what was it: " + WORD);
    var late = group.forward(bob, ann, rich(WORD));
    group.edit(bob, late, 1, "she said " + WORD);
    group.edit(bob, late, 2, "or rather " + WORD);
    group.events().subList(told, group.events().size()).forEach(log::append);
    log.deliver(projection(1), 1);

    assertThat(annsWords()).isEmpty();
    assertThat(database.number("select max(revision) from views.message")).isEqualTo(2);
    database.run(ViewSchema.create(2));
    log.deliver(projection(2), 1_000);
    assertThat(annsWords()).isEmpty();
    assertThat(DigestReader.of(database, 2)).isEqualTo(DigestReader.of(database, 1));
  }

  @Test
  void anErasureThatRacesMessagesAndForwardsLeavesNothing() {
    for (int round = 0; round < 20; round++) {
      var person = Person.random();
      keys.put(person.id(), new KeyLookup.Known(person.key()));
      var group = group();
      group.join(person, Role.MEMBER);
      var first = group.send(person, "first " + WORD);
      for (int i = 0; i < 10; i++) {
        group.send(person, rich(WORD, bob.id()), null, Everyone.NONE, 0);
        var forwarded = group.forward(bob, person, rich(WORD));
        group.edit(bob, forwarded, 1, "so: " + WORD);
        group.edit(person, first, i + 1, "again " + WORD);
      }
      // Two instances: one has the events, opened with the key that it still holds, the other the
      // erasure.
      var events = new LogPartition(Topics.EVENTS, 100 + round);
      var people = new LogPartition(Topics.USERS, 100 + round);
      var writing =
          CompletableFuture.runAsync(() -> {
            var writer = projection(1);
            for (int i = 0; i < group.events().size(); i++) {
              var event = group.events().get(i);
              writer.apply(batch(events, i, group.id(), event.record()));
            }
          });
      var erasing =
          CompletableFuture.runAsync(() ->
              projection(1)
                  .apply(batch(people, 0, person.id(), UserCodec.encode(person.erased()))));
      CompletableFuture.allOf(writing, erasing).join();

      assertThat(
              database.number(
                  "select count(*) from views.message where text like '%" + WORD + "%'"))
          .isZero();
    }
    assertThat(Sweep.find(database.pool(), List.of(WORD))).isEmpty();
  }

  private static Batch batch(LogPartition partition, long offset, UUID key, byte[] value) {
    return new Batch(
        List.of(new LogEntry(partition, offset, 0, key.toString(), value, null)),
        Map.of(partition, new Batch.Advance(offset, offset + 1)));
  }
}
