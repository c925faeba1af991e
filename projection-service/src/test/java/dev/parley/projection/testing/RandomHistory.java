package dev.parley.projection.testing;

import dev.parley.schemas.content.Content;
import dev.parley.schemas.content.KeyLookup;
import dev.parley.schemas.content.Keyring;
import dev.parley.schemas.conversation.ConversationChange;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.Everyone;
import dev.parley.schemas.conversation.HistoryVisibility;
import dev.parley.schemas.conversation.Role;
import dev.parley.schemas.event.ChainedEvent;
import dev.parley.schemas.event.EventData;
import dev.parley.schemas.personal.Personal;
import dev.parley.schemas.personal.PersonalEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A random history that a decider could have written: people join, leave, come back, write, edit
/// and delete, in several conversations at once; and what they keep in them meanwhile.
public final class RandomHistory {

  private static final int PEOPLE = 12;
  private static final int CONVERSATIONS = 5;

  private final Random random;
  private final List<Person> people = new ArrayList<>();
  private final List<ChainedEvent> events = new ArrayList<>();
  private final List<Line> lines = new ArrayList<>();
  private final List<Scene> scenes = new ArrayList<>();

  private RandomHistory(long seed) {
    this.random = new Random(seed);
  }

  /// What happened, or what somebody kept.
  public sealed interface Line {

    record Happened(ChainedEvent event) implements Line {}

    record Kept(PersonalEntry entry) implements Line {}
  }

  private record Sent(UUID id, Person author, int revision, @Nullable UUID thread) {

    UUID root() {
      return thread == null ? id : thread;
    }
  }

  /// @param held reactions and pins that are set
  private record Scene(
      Conversation conversation, List<Person> members, List<Sent> sent, Set<EventData> held) {}

  /// @param size events, about
  public static RandomHistory of(long seed, int size) {
    var history = new RandomHistory(seed);
    for (int i = 0; i < PEOPLE; i++) {
      history.people.add(Person.random());
    }
    for (int i = 0; i < CONVERSATIONS; i++) {
      history.open(i);
    }
    while (history.events.size() < size) {
      history.step(history.any(history.scenes));
    }
    return history;
  }

  public List<Person> people() {
    return people;
  }

  /// In the order of the log.
  public List<ChainedEvent> events() {
    return events;
  }

  /// The events, and between them what people keep: at least one for two events.
  public List<Line> lines() {
    return lines;
  }

  public long messages() {
    return scenes.stream().mapToLong(scene -> scene.sent().size()).sum();
  }

  public Keyring keyring() {
    Map<UUID, KeyLookup> keys = new HashMap<>();
    people.forEach(person -> keys.put(person.id(), new KeyLookup.Known(person.key())));
    return user -> keys.getOrDefault(user, new KeyLookup.Unknown());
  }

  private void open(int number) {
    var creator = any(people);
    var kinds = List.of(ConversationKind.GROUP, ConversationKind.CHANNEL);
    var histories = List.of(HistoryVisibility.values());
    var conversation =
        new Conversation(
            creator, kinds.get(number % 2), histories.get(number / 2 % 2), "Nr " + number);
    events.addAll(conversation.events());
    conversation.events().forEach(event -> lines.add(new Line.Happened(event)));
    scenes.add(
        new Scene(
            conversation, new ArrayList<>(List.of(creator)), new ArrayList<>(), new HashSet<>()));
  }

  private void step(Scene scene) {
    int dice = random.nextInt(125);
    if (dice < 60) {
      send(scene);
    } else if (dice < 72) {
      edit(scene);
    } else if (dice < 77) {
      delete(scene);
    } else if (dice < 87) {
      join(scene);
    } else if (dice < 94) {
      leave(scene);
    } else if (dice < 100) {
      changeRole(scene);
    } else if (dice < 115) {
      attention(scene);
    } else {
      other(scene);
    }
    var last = scene.conversation().last();
    if (events.isEmpty() || events.getLast() != last) {
      events.add(last);
      lines.add(new Line.Happened(last));
    }
    while (random.nextInt(5) < 2) {
      keep(scene);
    }
  }

  /// Of anybody, also of one who has left, and from a device that is behind: marks come in any
  /// order.
  private void keep(Scene scene) {
    var person = any(people);
    var conversation = scene.conversation();
    long seq = 1 + random.nextLong(conversation.head());
    int dice = random.nextInt(20);
    if (dice < 9) {
      keep(conversation, person, new Personal.Read(seq));
    } else if (dice < 11) {
      keep(conversation, person, new Personal.Delivered(seq));
    } else if (dice < 15 && !scene.sent().isEmpty()) {
      keep(conversation, person, new Personal.ThreadRead(any(scene.sent()).root(), seq));
    } else if (dice < 17) {
      var until = any(List.of(-1L, 0L, 1L, Long.MAX_VALUE));
      keep(conversation, person, new Personal.Muted(until));
    } else if (dice < 18 && !scene.sent().isEmpty()) {
      keep(conversation, person, new Personal.Hidden(any(scene.sent()).id()));
    } else if (dice < 19) {
      keep(conversation, person, new Personal.Archived(random.nextBoolean()));
    } else {
      keep(conversation, person, new Personal.Pinned(random.nextBoolean()));
    }
  }

  private void keep(Conversation conversation, Person person, Personal value) {
    lines.add(
        new Line.Kept(new PersonalEntry(conversation.id(), person.id(), 1_000, false, value)));
  }

  /// Sets or takes back a reaction or a pin of a message that is there.
  private void attention(Scene scene) {
    var there = scene.sent().stream().filter(sent -> sent.revision() >= 0).toList();
    if (there.isEmpty()) {
      send(scene);
      return;
    }
    var message = any(there).id();
    var by = any(scene.members());
    if (random.nextInt(4) == 0) {
      var pinned = new EventData.MessagePinned(message);
      toggle(scene, by, pinned, pinned, new EventData.MessageUnpinned(message));
    } else {
      var emoji = any(List.of("👍", "🦜"));
      // Two people's reactions are two: the key names who.
      var key = new EventData.ReactionAdded(message, emoji + by.id());
      toggle(
          scene,
          by,
          key,
          new EventData.ReactionAdded(message, emoji),
          new EventData.ReactionRemoved(message, emoji));
    }
  }

  private static void toggle(Scene scene, Person by, EventData key, EventData on, EventData off) {
    scene.conversation().add(by, scene.held().add(key) ? on : off);
    if (scene.conversation().last().event().data().equals(off)) {
      scene.held().remove(key);
    }
  }

  private void other(Scene scene) {
    var by = any(scene.members());
    var person = any(people);
    scene
        .conversation()
        .add(
            by,
            switch (random.nextInt(6)) {
              case 0 ->
                  new EventData.ConversationChanged(
                      new ConversationChange(
                          "Title " + random.nextInt(), null, "🦜", Map.of("a", "b"), null, 5));
              case 1 -> new EventData.ConversationArchived(random.nextBoolean());
              case 2 -> new EventData.MemberMuted(any(scene.members()).id(), random.nextInt(9));
              // Long over.
              case 3 -> new EventData.MemberBanned(person.id(), 1 + random.nextInt(9), "spam");
              case 4 -> new EventData.MemberUnbanned(person.id());
              default -> new EventData.ConversationArchived(false);
            });
  }

  private void send(Scene scene) {
    var author = any(scene.members());
    var text = "text " + random.nextInt() + (random.nextInt(20) == 0 ? " \0 日本語 😀" : "");
    var mentions = random.nextInt(3) == 0 ? List.of(any(people).id()) : List.<UUID>of();
    var root = scene.sent().isEmpty() || random.nextInt(3) > 0 ? null : any(scene.sent()).root();
    var everyone = random.nextInt(8) == 0 ? any(List.of(Everyone.values())) : Everyone.NONE;
    long expiresAtMillis = random.nextInt(20) == 0 ? 9_000_000_000_000L : 0;
    var id =
        scene
            .conversation()
            .send(author, new Content(text, mentions), root, everyone, expiresAtMillis);
    scene.sent().add(new Sent(id, author, 0, root));
  }

  private void edit(Scene scene) {
    if (scene.sent().isEmpty()) {
      send(scene);
      return;
    }
    int which = random.nextInt(scene.sent().size());
    var sent = scene.sent().get(which);
    if (sent.revision() < 0) {
      send(scene);
      return;
    }
    int revision = sent.revision() + 1;
    var text = "edited " + random.nextInt();
    scene.conversation().edit(sent.author(), sent.id(), revision, text, any(people).id());
    scene.sent().set(which, new Sent(sent.id(), sent.author(), revision, sent.thread()));
  }

  private void delete(Scene scene) {
    int which = scene.sent().isEmpty() ? -1 : random.nextInt(scene.sent().size());
    if (which < 0 || scene.sent().get(which).revision() < 0) {
      send(scene);
      return;
    }
    var sent = scene.sent().get(which);
    scene
        .conversation()
        .add(sent.author(), new EventData.MessageDeleted(sent.id(), random.nextInt(3) == 0));
    // What hangs on it goes with it; a deleted message is never taken up again here.
    scene.sent().set(which, new Sent(sent.id(), sent.author(), -1, sent.thread()));
  }

  private void join(Scene scene) {
    var person = any(people);
    if (scene.members().contains(person)) {
      send(scene);
      return;
    }
    scene.conversation().join(person, Role.MEMBER);
    scene.members().add(person);
  }

  private void leave(Scene scene) {
    if (scene.members().size() < 2) {
      send(scene);
      return;
    }
    var person = scene.members().remove(random.nextInt(scene.members().size()));
    if (random.nextBoolean()) {
      scene.conversation().leave(person);
    } else {
      scene.conversation().remove(scene.members().getFirst(), person);
    }
  }

  private void changeRole(Scene scene) {
    scene
        .conversation()
        .changeRole(scene.members().getFirst(), any(scene.members()), any(List.of(Role.values())));
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
