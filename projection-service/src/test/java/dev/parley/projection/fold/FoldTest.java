package dev.parley.projection.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.projection.fold.OpenedEvent.Written;
import dev.parley.projection.testing.Conversation;
import dev.parley.projection.testing.Person;
import dev.parley.projection.testing.RandomHistory;
import dev.parley.schemas.content.Body;
import dev.parley.schemas.content.ContentReader;
import dev.parley.schemas.content.KeyLookup;
import dev.parley.schemas.content.Keyring;
import dev.parley.schemas.content.Opened;
import dev.parley.schemas.content.Place;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.HistoryVisibility;
import dev.parley.schemas.conversation.Role;
import dev.parley.schemas.event.ChainedEvent;
import dev.parley.schemas.event.Event;
import dev.parley.schemas.event.EventData;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FoldTest {

  @Test
  void anyCutIntoBatchesGivesTheSameRows() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    var history = RandomHistory.of(seed, 3_000);
    var events = opened(history.events(), history.keyring());
    var atOnce = new ViewInMemory();
    atOnce.apply(Fold.fold(events));

    for (int size : new int[] {1, 2, 7, 100, 999}) {
      assertThat(folded(events, size)).as("batches of %d", size).isEqualTo(atOnce.text());
    }
    assertThat(foldedAtRandom(events, new Random(seed))).isEqualTo(atOnce.text());
  }

  private static String folded(List<OpenedEvent> events, int size) {
    var view = new ViewInMemory();
    for (int from = 0; from < events.size(); from += size) {
      view.apply(Fold.fold(events.subList(from, Math.min(events.size(), from + size))));
    }
    return view.text();
  }

  private static String foldedAtRandom(List<OpenedEvent> events, Random random) {
    var view = new ViewInMemory();
    int from = 0;
    while (from < events.size()) {
      int to = Math.min(events.size(), from + 1 + random.nextInt(300));
      view.apply(Fold.fold(events.subList(from, to)));
      from = to;
    }
    return view.text();
  }

  @Test
  void anEditKeepsTheTextBeforeIt() {
    var ann = Person.random();
    var conversation = group(ann);
    var message = conversation.send(ann, "first");
    conversation.edit(ann, message, 1, "second");

    var change = Fold.fold(opened(conversation.events(), keyring(ann)));

    assertThat(change.messages().getFirst().written().text()).isEqualTo("second");
    assertThat(change.revisions())
        .extracting(r -> r.written().text())
        .containsExactly("first", "second");
  }

  @Test
  void aDeletedMessageLosesItsTextAndItsRevisions() {
    var ann = Person.random();
    var conversation = group(ann);
    var message = conversation.send(ann, "first");
    conversation.edit(ann, message, 1, "second");
    conversation.delete(ann, message);

    var change = Fold.fold(opened(conversation.events(), keyring(ann)));

    assertThat(change.messages().getFirst().written().text()).isEmpty();
    assertThat(change.messages().getFirst().deleted()).isTrue();
    assertThat(change.revisions()).isEmpty();
  }

  @Test
  void aMemberWhoComesBackHasTwoStays() {
    var ann = Person.random();
    var bob = Person.random();
    var conversation = group(ann);
    conversation.join(bob, Role.MEMBER);
    conversation.leave(bob);
    conversation.join(bob, Role.MEMBER);

    var change = Fold.fold(opened(conversation.events(), keyring(ann)));

    assertThat(change.stays().stream().filter(stay -> stay.user().equals(bob.id())))
        .extracting(stay -> stay.joinedSeq() + "-" + stay.leftSeq())
        .containsExactly("3-4", "5-null");
  }

  @Test
  void aHoleInTheLogIsNotFoldedOver() {
    var ann = Person.random();
    var conversation = group(ann);
    conversation.send(ann, "one");
    conversation.send(ann, "two");
    var events = opened(conversation.events(), keyring(ann));

    assertThatThrownBy(() -> Fold.fold(List.of(events.get(0), events.get(2))))
        .hasMessageContaining("Expected seq 2");
  }

  @Test
  void aNulCharacterIsReplaced() {
    assertThat(ViewText.of("a\0b")).isEqualTo("a\uFFFDb");
  }

  private static Conversation group(Person creator) {
    return new Conversation(
        creator, ConversationKind.GROUP, HistoryVisibility.FROM_START, "A group");
  }

  private static Keyring keyring(Person person) {
    return user ->
        user.equals(person.id()) ? new KeyLookup.Known(person.key()) : new KeyLookup.Unknown();
  }

  private static List<OpenedEvent> opened(List<ChainedEvent> events, Keyring keyring) {
    var reader = new ContentReader(keyring);
    return events.stream()
        .map(e -> new OpenedEvent(e.event(), e.record(), written(e.event(), reader)))
        .toList();
  }

  private static Written written(Event event, ContentReader reader) {
    return switch (event.data()) {
      case EventData.MessageSent sent -> written(event, sent.message(), sent.body(), reader);
      case EventData.MessageEdited edit -> written(event, edit.message(), edit.body(), reader);
      case EventData.ConversationCreated _,
          EventData.MemberJoined _,
          EventData.MemberLeft _,
          EventData.MemberRemoved _,
          EventData.MemberRoleChanged _,
          EventData.MessageDeleted _,
          EventData.ConversationChanged _,
          EventData.ConversationArchived _,
          EventData.MemberMuted _,
          EventData.MemberBanned _,
          EventData.MemberUnbanned _,
          EventData.ReactionAdded _,
          EventData.ReactionRemoved _,
          EventData.MessagePinned _,
          EventData.MessageUnpinned _,
          EventData.ChannelAdded _,
          EventData.ChannelRemoved _,
          EventData.MessageScheduled _,
          EventData.ScheduleEnded _ ->
          Written.NOTHING;
    };
  }

  private static Written written(Event event, UUID message, Body body, ContentReader reader) {
    var opened = reader.open(body, new Place(event.conversation(), message, event.actor()));
    return switch (opened) {
      case Opened.Readable(var content) -> Written.of(content);
      case Opened.Erased() -> Written.ERASED;
      case Opened.KeyMissing() -> throw new IllegalStateException("Expected a key");
    };
  }
}
