package dev.parley.projection.testing;

import dev.parley.schemas.content.KeyLookup;
import dev.parley.schemas.content.Keyring;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.HistoryVisibility;
import dev.parley.schemas.conversation.Role;
import dev.parley.schemas.event.ChainedEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/// A random history that a decider could have written: people join, leave, come back, write, edit
/// and delete, in several conversations at once.
public final class RandomHistory {

  private static final int PEOPLE = 12;
  private static final int CONVERSATIONS = 5;

  private final Random random;
  private final List<Person> people = new ArrayList<>();
  private final List<ChainedEvent> events = new ArrayList<>();
  private final List<Scene> scenes = new ArrayList<>();

  private RandomHistory(long seed) {
    this.random = new Random(seed);
  }

  private record Sent(UUID id, Person author, int revision) {}

  private record Scene(Conversation conversation, List<Person> members, List<Sent> sent) {}

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
    scenes.add(new Scene(conversation, new ArrayList<>(List.of(creator)), new ArrayList<>()));
  }

  private void step(Scene scene) {
    int dice = random.nextInt(100);
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
    } else {
      changeRole(scene);
    }
    var last = scene.conversation().last();
    if (events.isEmpty() || events.getLast() != last) {
      events.add(last);
    }
  }

  private void send(Scene scene) {
    var author = any(scene.members());
    var text = "text " + random.nextInt() + (random.nextInt(20) == 0 ? " \0 日本語 😀" : "");
    var id = scene.conversation().send(author, text, any(people).id());
    scene.sent().add(new Sent(id, author, 0));
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
    scene.conversation().edit(sent.author(), sent.id(), revision, "edited " + random.nextInt());
    scene.sent().set(which, new Sent(sent.id(), sent.author(), revision));
  }

  private void delete(Scene scene) {
    int which = scene.sent().isEmpty() ? -1 : random.nextInt(scene.sent().size());
    if (which < 0 || scene.sent().get(which).revision() < 0) {
      send(scene);
      return;
    }
    var sent = scene.sent().get(which);
    scene.conversation().delete(sent.author(), sent.id());
    scene.sent().set(which, new Sent(sent.id(), sent.author(), -1));
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
