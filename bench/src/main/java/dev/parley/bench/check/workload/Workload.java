package dev.parley.bench.check.workload;

import dev.parley.bench.check.history.History;
import dev.parley.bench.check.history.Journal;
import dev.parley.bench.check.history.Person;
import dev.parley.bench.load.Stage;
import dev.parley.client.Frames;
import dev.parley.client.Tokens;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.HistoryVisibility;
import dev.parley.schemas.id.Ids;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/// Random people in random rooms: they send, by REST, too, answer in threads, resend over another
/// edge, schedule, edit, delete, react, pin, read, join, leave, invite and remove, write where they
/// may not, and lose their lines. Each client draws from a generator of its own, split from the one
/// of the seed.
public final class Workload {

  private static final int PEOPLE_OF_THREE_CLIENTS = 2;

  private final Stage stage;
  private final WorkloadSettings settings;
  private final Seam seam;
  private final SplittableRandom random;
  private final History history;
  private final RunningWorkload.Answers answers = new RunningWorkload.Answers();
  private final ScheduledExecutorService later =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("workload-later").factory());

  private Workload(Stage stage, WorkloadSettings settings, Seam seam) {
    this.stage = stage;
    this.settings = settings;
    this.seam = seam;
    this.random = new SplittableRandom(settings.seed());
    this.history = new History(journal(settings.journal()));
  }

  /// Makes people and rooms, and sets them to work. The stage stays open until the workload has
  /// been stopped.
  public static RunningWorkload start(Stage stage, WorkloadSettings settings)
      throws InterruptedException {
    return start(stage, settings, Seam.NONE);
  }

  /// The same, with something between the clients and those who record them.
  public static RunningWorkload start(Stage stage, WorkloadSettings settings, Seam seam)
      throws InterruptedException {
    return new Workload(stage, settings, seam).start();
  }

  private RunningWorkload start() throws InterruptedException {
    var people = people();
    var rooms = new ArrayList<Room>();
    var devices = devices(people, rooms);
    for (int i = 0; i < settings.conversations(); i++) {
      create(i, people, devices, rooms);
    }
    return new RunningWorkload(history, settings, devices, List.copyOf(rooms), answers, later);
  }

  private List<Person> people() throws InterruptedException {
    int count = Math.max(2, (settings.clients() * PEOPLE_OF_THREE_CLIENTS + 2) / 3);
    return stage.people(count).stream()
        .map(
            account -> new Person(account.name(), account.user(), Tokens.of(stage.rest(), account)))
        .toList();
  }

  /// @param rooms filled later
  private List<Device> devices(List<Person> people, List<Room> rooms) throws InterruptedException {
    var devices = new ArrayList<Device>();
    var first = new HashMap<UUID, Device>();
    for (int i = 0; i < settings.clients(); i++) {
      var device = device(people.get(i % people.size()), i, rooms);
      devices.add(device);
      var before = first.putIfAbsent(device.user(), device);
      if (before != null) {
        before.pairedWith(device);
      }
    }
    for (var device : devices) {
      Stage.get(device.chat().live());
    }
    return devices;
  }

  private Device device(Person person, int number, List<Room> rooms) {
    var recorded = history.client(person.name() + "/" + number, person);
    // A second device begins at another edge than the first.
    int edge = number + number / Math.max(1, settings.clients() * PEOPLE_OF_THREE_CLIENTS / 3);
    var chat = stage.chat(person.tokens(), edge, seam.between(recorded));
    return new Device(
        chat,
        new Requests(stage.rest(), person.tokens()),
        recorded,
        history,
        rooms,
        random.split(),
        settings.reconnectEvery(),
        answers,
        later);
  }

  private void create(int number, List<Person> people, List<Device> devices, List<Room> rooms)
      throws InterruptedException {
    var shuffled = new ArrayList<>(people);
    Collections.shuffle(shuffled, new Random(random.nextLong()));
    // The rest are strangers: some try to write there, none ever gets in.
    int insiders = Math.max(2, shuffled.size() * 3 / 4);
    var users = shuffled.subList(0, insiders).stream().map(Person::user).toList();
    var owner = people.get(number % people.size()).user();
    var invited =
        users.subList(0, insiders / 2).stream().filter(user -> !user.equals(owner)).toList();
    var kind = number % 4 == 3 ? ConversationKind.CHANNEL : ConversationKind.GROUP;
    var room = new Room(Ids.uuid7(), kind, owner, users);
    history.conversation(room.conversation(), owner);
    var frame = Frames.create(kind, room.conversation(), "check " + number, invited);
    if (number % 4 == 1 || number % 4 == 2) {
      frame.content().put("history", HistoryVisibility.FROM_JOINING.wireName());
    }
    Stage.get(deviceOf(owner, devices).create(room, frame, invited)).expectDone();
    rooms.add(room);
  }

  private static Device deviceOf(UUID owner, List<Device> devices) {
    return devices.stream().filter(device -> device.user().equals(owner)).findFirst().orElseThrow();
  }

  private static Journal journal(@Nullable Path file) {
    try {
      return file == null ? Journal.none() : Journal.to(file);
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }
}
