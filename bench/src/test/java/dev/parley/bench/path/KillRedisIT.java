package dev.parley.bench.path;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.bench.fault.Processes;
import dev.parley.client.Reply;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.id.Ids;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What is in Redis is a hint and a cache: it is emptied, its listeners are cut off, it is killed,
/// and everybody still sees everything once and in order.
@Timeout(240)
class KillRedisIT {

  @RegisterExtension static final Town TOWN = new Town();

  private static final int PEOPLE = 6;
  private static final int GROUPS = 3;
  private static final int MESSAGES = 600;
  private static final int FAULT_EVERY = 100;
  private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(15);

  private enum Fault {
    EMPTIED,
    DEAF,
    KILLED
  }

  @Test
  void nobodyMissesOrDoublesAnEventWhenRedisForgetsOrDies() throws Exception {
    long seed = new Random().nextLong();
    System.out.println("KillRedisIT seed " + seed);
    var random = new Random(seed);
    var people = new ArrayList<Person>();
    for (int i = 0; i < PEOPLE; i++) {
      people.add(TOWN.person("person" + i, i % 2));
    }
    var others = people.subList(1, PEOPLE).toArray(Person[]::new);
    var groups = new ArrayList<UUID>();
    var begins = new ArrayList<Long>();
    for (int i = 0; i < GROUPS; i++) {
      var group = people.getFirst().create(ConversationKind.GROUP, "Without Redis " + i, others);
      long begin = people.getFirst().send(group, "begin").seq();
      for (var person : people) {
        person.awaitEvent(group, begin);
      }
      groups.add(group);
      begins.add(begin);
    }

    var replies = new ArrayList<CompletableFuture<Reply>>();
    for (int i = 0; i < MESSAGES; i++) {
      var sender = people.get(random.nextInt(PEOPLE));
      replies.add(sender.chat().send(groups.get(i % GROUPS), Ids.uuid7(), "message " + i));
      LockSupport.parkNanos(EVERY_NANOS);
      if (i % FAULT_EVERY == FAULT_EVERY / 2) {
        harm(Fault.values()[(i / FAULT_EVERY) % Fault.values().length]);
      }
    }
    for (var reply : replies) {
      reply.get(90, TimeUnit.SECONDS).expectDone();
    }

    for (int i = 0; i < GROUPS; i++) {
      var group = groups.get(i);
      long begin = begins.get(i);
      long last = people.getLast().send(group, "end").seq();
      assertThat(last).isEqualTo(begin + MESSAGES / GROUPS + 1);
      TOWN.allAgree(group, begin, last, people.toArray(Person[]::new));
      var all = LongStream.rangeClosed(begin, last).boxed().toList();
      for (var person : people) {
        assertThat(seqsOf(person, group, begin)).as(person.account().name()).isEqualTo(all);
      }
    }
  }

  private static void harm(Fault fault) throws InterruptedException, IOException {
    switch (fault) {
      case EMPTIED -> redis("FLUSHALL");
      case DEAF -> redis("CLIENT KILL TYPE pubsub");
      case KILLED -> new Processes(TOWN.stack.data(), "redis").kill();
    }
  }

  /// One inline command; the answer is read, so that it was done.
  private static void redis(String command) throws IOException {
    var address = URI.create(System.getenv("QUARKUS_REDIS_HOSTS"));
    try (var socket = new Socket(address.getHost(), address.getPort())) {
      socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(10));
      socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
      int first = socket.getInputStream().read();
      assertThat((char) first).as("what Redis says to " + command).isIn('+', ':');
    }
  }

  private static List<Long> seqsOf(Person person, UUID group, long from) {
    return person.events(group).stream()
        .map(event -> event.path("seq").asLong())
        .filter(seq -> seq >= from)
        .toList();
  }
}
