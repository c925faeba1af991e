package dev.parley.bench.check.workload;

import dev.parley.bench.check.history.ClientHistory;
import dev.parley.bench.check.history.Digests;
import dev.parley.bench.check.history.History;
import dev.parley.bench.check.history.Issued;
import dev.parley.client.Chat;
import dev.parley.client.Frame;
import dev.parley.client.Frames;
import dev.parley.client.Reply;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.wire.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// One client of one person, which does one thing after the other at random. What it does is called
/// from one thread; answers come on the client's.
final class Device {

  private static final List<String> WORDS =
      List.of(
          "harbour",
          "lantern",
          "copper",
          "meadow",
          "signal",
          "orbit",
          "velvet",
          "granite",
          "ember",
          "willow",
          "cipher",
          "anchor",
          "saffron",
          "tundra",
          "quartz",
          "meridian");
  private static final List<String> EMOJI = List.of("👍", "🎉", "👀", "❤️");
  // Over what a server takes by default, and within its limit of a frame.
  private static final String TOO_LARGE = "x".repeat(20_001);
  private static final int WORDS_MAX = 24;
  private static final int OWN_MAX = 50;
  private static final int RESENT_WITHIN_MILLIS = 4_000;
  private static final int SCHEDULED_WITHIN_MILLIS = 10_000;

  private final Chat chat;
  private final Requests requests;
  private final ClientHistory recorded;
  private final History history;
  private final List<Room> rooms;
  private final RandomGenerator random;
  private final Duration cutEvery;
  private final Pending pending;
  private final ScheduledExecutorService later;
  private final List<Own> own = new ArrayList<>();
  private final Queue<Own> scheduled = new ConcurrentLinkedQueue<>();
  private Device other = this;
  private long sends;
  private long cutAtNanos;

  /// A message of this device.
  private record Own(Room room, UUID message, String text) {}

  /// Whoever waits for answers.
  interface Pending {
    void began(CompletableFuture<?> answer);
  }

  Device(
      Chat chat,
      Requests requests,
      ClientHistory recorded,
      History history,
      List<Room> rooms,
      RandomGenerator random,
      Duration cutEvery,
      Pending pending,
      ScheduledExecutorService later) {
    this.chat = chat;
    this.requests = requests;
    this.recorded = recorded;
    this.history = history;
    this.rooms = rooms;
    this.random = random;
    this.cutEvery = cutEvery;
    this.pending = pending;
    this.later = later;
    cutLater();
  }

  /// Another device of the same person, which resends what this one sends.
  void pairedWith(Device device) {
    other = device;
    device.other = this;
  }

  Chat chat() {
    return chat;
  }

  ClientHistory recorded() {
    return recorded;
  }

  UUID user() {
    return recorded.user();
  }

  /// One thing of those that people do.
  void act() {
    if (System.nanoTime() - cutAtNanos > 0) {
      chat.cut();
      cutLater();
    }
    var room = rooms.get(random.nextInt(rooms.size()));
    int die = random.nextInt(100);
    if (!room.has(user())) {
      outside(room, die);
    } else if (die < 8 && room.owner().equals(user())) {
      schedule(room);
    } else if (die < 44) {
      sendWords(room);
    } else if (die < 52) {
      send(room, words(), Door.REST);
    } else if (die < 60) {
      answer(room);
    } else if (die < 68) {
      edit();
    } else if (die < 72) {
      deleteOne(room);
    } else if (die < 79) {
      react(room);
    } else if (die < 82) {
      pin(room);
    } else if (die < 92) {
      read(room);
    } else if (die < 98) {
      membership(room);
    } else {
      send(room, TOO_LARGE, Door.SOCKET);
    }
  }

  /// A message that nobody answers to with silence: the last one of a room.
  CompletableFuture<Reply> sendLast(Room room) {
    return send(room, "the end of " + room.conversation(), Door.SOCKET);
  }

  CompletableFuture<Reply> create(Room room, Frame frame, List<UUID> members) {
    return command(Issued.Kind.CREATE, room, frame, done -> members.forEach(room::joined));
  }

  /// Who is not a member joins if it is a channel, or else tries to write all the same.
  private void outside(Room room, int die) {
    if (room.isChannel() && room.everHas(user())) {
      var user = user();
      command(Issued.Kind.JOIN, room, Frames.join(room.conversation()), done -> room.joined(user));
    } else if (die < 30) {
      sendWords(room);
    }
  }

  private void sendWords(Room room) {
    send(room, words(), Door.SOCKET);
  }

  /// In the thread of a message, which may be in a thread itself.
  private void answer(Room room) {
    var root = room.message(random);
    send(room, words(), root == null ? Door.SOCKET : new Door.InThread(root));
  }

  /// Some messages are sent again, by another device over a socket, whichever way they went first.
  private CompletableFuture<Reply> send(Room room, String text, Door door) {
    var message = Ids.uuid7();
    int resentAfter = random.nextInt(100) < 12 ? random.nextInt(RESENT_WITHIN_MILLIS) : -1;
    var answer = attempt(room, message, text, door);
    if (resentAfter >= 0) {
      var again = new CompletableFuture<Void>();
      pending.began(again);
      later.schedule(
          () -> {
            other.attempt(room, message, text, door.again());
            again.complete(null);
          },
          resentAfter,
          TimeUnit.MILLISECONDS);
    }
    return answer;
  }

  private CompletableFuture<Reply> attempt(Room room, UUID message, String text, Door door) {
    history.issued(recorded, Issued.Kind.SEND, room.conversation(), message, Digests.text(text));
    return noted(
        message,
        sent(room.conversation(), message, text, door),
        done -> {
          room.sent(message);
          keep(new Own(room, message, text));
        });
  }

  private CompletableFuture<Reply> sent(UUID conversation, UUID message, String text, Door door) {
    var frame = Frames.message(conversation, message, text);
    return switch (door) {
      case Door.Socket _ -> chat.submit(frame.frame());
      case Door.InThread(var root) -> chat.submit(frame.inThread(root).frame());
      case Door.Rest _ -> requests.send(conversation, message, text);
    };
  }

  /// By who is a member at any time: of whoever is none when it is due the message is refused.
  private void schedule(Room room) {
    var message = Ids.uuid7();
    var text = words();
    var at = Instant.now().plusMillis(random.nextInt(SCHEDULED_WITHIN_MILLIS) + 1);
    history.issued(
        recorded, Issued.Kind.SCHEDULE, room.conversation(), message, Digests.text(text));
    noted(
        message,
        chat.submit(Frames.schedule(Frames.message(room.conversation(), message, text), at)),
        _ -> scheduled.add(new Own(room, message, text)));
  }

  /// Whether every message came into being that this device scheduled.
  boolean hasAllScheduled() {
    scheduled.removeIf(due -> requests.isThere(due.room().conversation(), due.message()));
    return scheduled.isEmpty();
  }

  private void pin(Room room) {
    var any = room.message(random);
    boolean off = random.nextInt(3) == 0;
    if (any != null && off) {
      command(Issued.Kind.UNPIN, room, Frames.unpin(room.conversation(), any), done -> {});
    } else if (any != null) {
      command(Issued.Kind.PIN, room, Frames.pin(room.conversation(), any), done -> {});
    }
  }

  private void edit() {
    var mine = anyOwn();
    if (mine != null) {
      var text = mine.text() + " " + WORDS.get(random.nextInt(WORDS.size()));
      var frame = Frames.edit(mine.room().conversation(), mine.message(), text);
      history.issued(
          recorded, Issued.Kind.EDIT, mine.room().conversation(), id(frame), Digests.text(text));
      noted(id(frame), chat.submit(frame), done -> {});
    }
  }

  private void deleteOne(Room room) {
    var mine = anyOwn();
    if (room.owner().equals(user()) && random.nextBoolean()) {
      var any = room.message(random);
      if (any != null) {
        command(Issued.Kind.DELETE, room, Frames.delete(room.conversation(), any), done -> {});
      }
    } else if (mine != null) {
      var frame = Frames.delete(mine.room().conversation(), mine.message());
      command(Issued.Kind.DELETE, mine.room(), frame, done -> {});
    }
  }

  private void react(Room room) {
    var any = room.message(random);
    var emoji = EMOJI.get(random.nextInt(EMOJI.size()));
    boolean back = random.nextInt(4) == 0;
    if (any != null && back) {
      var frame = Frames.unreact(room.conversation(), any, emoji);
      command(Issued.Kind.UNREACT, room, frame, done -> {});
    } else if (any != null) {
      var frame = Frames.react(room.conversation(), any, emoji);
      command(Issued.Kind.REACT, room, frame, done -> {});
    }
  }

  private void read(Room room) {
    long head = recorded.head(room.conversation());
    if (head == 0) {
      return;
    }
    long seq = random.nextInt(3) == 0 ? random.nextLong(head) + 1 : head;
    history.marking(recorded, room.conversation(), seq);
    var d = Json.MAPPER.createObjectNode();
    d.put("conversation", room.conversation().toString()).put("seq", seq);
    var answer = chat.submit(new Frame("read", d));
    pending.began(
        answer.thenAccept(reply -> history.marked(recorded, room.conversation(), seq, reply)));
  }

  private void membership(Room room) {
    if (room.owner().equals(user())) {
      inviteOrRemove(room);
    } else if (random.nextInt(4) == 0) {
      var user = user();
      command(Issued.Kind.LEAVE, room, Frames.leave(room.conversation()), done -> room.left(user));
    }
  }

  private void inviteOrRemove(Room room) {
    var outsider = room.outsider(random);
    var member = room.removable(random);
    if (outsider != null && (member == null || random.nextInt(3) > 0)) {
      var frame = Frames.invite(room.conversation(), outsider);
      command(Issued.Kind.INVITE, room, frame, done -> room.joined(outsider));
    } else if (member != null) {
      var frame = Frames.remove(room.conversation(), member);
      command(Issued.Kind.REMOVE, room, frame, done -> room.left(member));
    }
  }

  private CompletableFuture<Reply> command(
      Issued.Kind kind, Room room, Frame frame, Consumer<Reply.Done> done) {
    history.issued(recorded, kind, room.conversation(), id(frame), Digests.GONE);
    return noted(id(frame), chat.submit(frame), done);
  }

  private CompletableFuture<Reply> noted(
      UUID id, CompletableFuture<Reply> answer, Consumer<Reply.Done> done) {
    var noted =
        answer.thenApply(reply -> {
          history.answered(recorded, id, reply);
          if (reply instanceof Reply.Done success) {
            done.accept(success);
          }
          return reply;
        });
    pending.began(noted);
    return noted;
  }

  private static UUID id(Frame frame) {
    return Ids.required(frame.content().path("command_id").asText());
  }

  private void keep(Own mine) {
    synchronized (own) {
      own.add(mine);
      if (own.size() > OWN_MAX) {
        own.removeFirst();
      }
    }
  }

  private @Nullable Own anyOwn() {
    synchronized (own) {
      return own.isEmpty() ? null : own.get(random.nextInt(own.size()));
    }
  }

  private String words() {
    var text = new StringBuilder(recorded.name()).append(' ').append(++sends);
    for (int i = random.nextInt(WORDS_MAX); i >= 0; i--) {
      text.append(' ').append(WORDS.get(random.nextInt(WORDS.size())));
    }
    return text.toString();
  }

  private void cutLater() {
    cutAtNanos =
        System.nanoTime() + (long) (cutEvery.toNanos() * -Math.log(1 - random.nextDouble()));
  }
}
