package dev.parley.projection.views;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.log.testkit.InMemoryLog;
import dev.parley.projection.replay.DigestReader;
import dev.parley.projection.testing.Conversation;
import dev.parley.projection.testing.Person;
import dev.parley.projection.testing.TestDatabase;
import dev.parley.schemas.command.Command;
import dev.parley.schemas.content.Body;
import dev.parley.schemas.content.Content;
import dev.parley.schemas.content.ContentReader;
import dev.parley.schemas.content.KeyLookup;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.HistoryVisibility;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.personal.Personal;
import dev.parley.schemas.personal.PersonalCodec;
import dev.parley.schemas.personal.PersonalEntry;
import dev.parley.schemas.personal.ReportReason;
import dev.parley.schemas.personal.Settlement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Reports and held messages as rows.
class ModerationViewTest {

  private final Person ann = Person.random();
  private final Person bob = Person.random();
  private final Person mod = Person.random();
  private final UUID message = Ids.uuid7();
  private final Conversation group =
      new Conversation(ann, ConversationKind.GROUP, HistoryVisibility.FROM_START, "Ours");
  private final List<PersonalEntry> entries = new ArrayList<>();
  private final TestDatabase database = new TestDatabase();

  @BeforeEach
  void create() {
    database.create();
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void add(Person person, Personal value) {
    entries.add(new PersonalEntry(group.id(), person.id(), 1_000 + entries.size(), false, value));
  }

  private static Body plain(String text) {
    return new Body.Plain(new Content(text, List.of()));
  }

  private Personal report(String note) {
    return new Personal.Reported(message, ReportReason.ABUSE, plain(note));
  }

  private Personal held(String text) {
    return new Personal.Held(
        message, new Command.SendMessage(plain(text), null, null), "it says why");
  }

  private void deliver(int version, List<PersonalEntry> log, int batch) {
    var held = new InMemoryLog(2);
    group.events().forEach(held::append);
    log.forEach(held::append);
    var reader = new ContentReader(_ -> new KeyLookup.Unknown());
    held.deliver(ViewsProjection.of(version, database.pool(), reader), batch);
  }

  @Test
  void aReportAfterASettlementOpensItAgain() {
    add(ann, report("look"));
    add(mod, new Personal.ReportSettled(message, Settlement.DISMISSED));
    deliver(1, entries, 100);
    assertThat(database.text("select settlement from views.reported")).isEqualTo("dismissed");

    add(bob, report("no, look"));
    deliver(1, entries, 100);

    assertThat(database.number("select count(*) from views.reported where settled_at is null"))
        .isEqualTo(1);
    assertThat(database.text("select string_agg(note, '; ' order by at) from views.report"))
        .isEqualTo("look; no, look");
  }

  @Test
  void whatWasDecidedOfAHeldMessageStaysDecided() {
    add(ann, held("spam"));
    add(mod, new Personal.HeldSettled(ann.id(), message, false));
    add(ann, held("spam, once more"));

    deliver(1, entries, 100);

    assertThat(
            database.number(
                "select count(*) from views.held h join views.held_settled s using (message)"))
        .isEqualTo(1);
    assertThat(database.number("select count(*) from views.held_settled where released")).isZero();
  }

  @Test
  void aVersionThatIsBuiltFromWhatCompactionLeftIsTheSame() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    var random = new Random(seed);
    for (int i = 0; i < 60; i++) {
      var person = List.of(ann, bob, mod).get(random.nextInt(3));
      add(
          person,
          switch (random.nextInt(4)) {
            case 0 -> report("note " + i);
            case 1 -> new Personal.ReportSettled(message, Settlement.ACTED);
            case 2 -> held("text " + i);
            default -> new Personal.HeldSettled(ann.id(), message, random.nextBoolean());
          });
    }
    var last = new LinkedHashMap<String, PersonalEntry>();
    for (var entry : entries) {
      last.remove(PersonalCodec.key(entry));
      last.put(PersonalCodec.key(entry), entry);
    }
    database.run(ViewSchema.create(2));
    database.run(ViewSchema.create(3));

    deliver(1, entries, 100);
    deliver(2, entries, 3);
    deliver(3, List.copyOf(last.values()), 1);

    assertThat(database.number("select count(*) from views.report")).isPositive();
    assertThat(DigestReader.of(database, 2)).isEqualTo(DigestReader.of(database, 1));
    assertThat(DigestReader.of(database, 3)).isEqualTo(DigestReader.of(database, 1));
  }
}
