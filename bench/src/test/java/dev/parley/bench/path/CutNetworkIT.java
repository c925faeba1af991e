package dev.parley.bench.path;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.bench.fault.CuttableProxy;
import dev.parley.client.Reply;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.id.Ids;
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

/// The library behind a network that is cut, stalled and refused at random.
@Timeout(120)
class CutNetworkIT {

  @RegisterExtension static final Town TOWN = new Town();

  private static final int MESSAGES = 200;
  private static final int FAULT_EVERY = 20;

  @Test
  void aClientOnABadNetworkMissesAndDoublesNothing() throws Exception {
    long seed = new Random().nextLong();
    System.out.println("CutNetworkIT seed " + seed);
    var random = new Random(seed);
    try (var first = new CuttableProxy(TOWN.stack.edges().get(0));
        var second = new CuttableProxy(TOWN.stack.edges().get(1))) {
      var proxies = List.of(first, second);
      var ada = TOWN.connected(TOWN.account("ada"), first.uri(), second.uri());
      var grace = TOWN.person("grace", 1);
      var group = grace.create(ConversationKind.GROUP, "A bad network", ada);
      var begin = grace.send(group, "begin").seq();
      ada.awaitEvent(group, begin);

      var replies = new ArrayList<CompletableFuture<Reply>>();
      for (int i = 0; i < MESSAGES; i++) {
        var sender = i % 2 == 0 ? ada : grace;
        replies.add(sender.chat().send(group, Ids.uuid7(), "message " + i));
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        if (i % FAULT_EVERY == FAULT_EVERY / 2) {
          harm(random.nextBoolean() ? proxies : List.of(first), random);
        }
      }
      proxies.forEach(CutNetworkIT::heal);

      var seqs = new ArrayList<Long>();
      for (var reply : replies) {
        seqs.add(reply.get(90, TimeUnit.SECONDS).expectDone().seq());
      }
      long last = grace.send(group, "end").seq();
      assertThat(seqs).doesNotHaveDuplicates().hasSize(MESSAGES);
      assertThat(last).isEqualTo(begin + MESSAGES + 1);
      TOWN.allAgree(group, begin, last, ada, grace);
      assertThat(seqsOf(ada, group, begin))
          .isEqualTo(LongStream.rangeClosed(begin, last).boxed().toList());
      assertThat(ada.seen().gaps).isEmpty();
      assertThat(ada.seen().closes).isNotEmpty();
      System.out.printf(
          "%d messages, %d connections lost, %d commands sent again%n",
          MESSAGES, ada.seen().closes.size(), ada.chat().resends());
    }
  }

  private static void harm(List<CuttableProxy> proxies, Random random) {
    switch (random.nextInt(4)) {
      case 0, 1 -> proxies.forEach(CuttableProxy::cut);
      case 2 -> {
        // What was written meanwhile is lost with the line.
        proxies.forEach(CuttableProxy::stall);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(300)));
        proxies.forEach(CuttableProxy::cut);
        proxies.forEach(CuttableProxy::flow);
      }
      default -> {
        proxies.forEach(CuttableProxy::refuse);
        proxies.forEach(CuttableProxy::cut);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(500)));
        proxies.forEach(CuttableProxy::admit);
      }
    }
  }

  private static void heal(CuttableProxy proxy) {
    proxy.flow();
    proxy.admit();
  }

  private static List<Long> seqsOf(Person person, UUID group, long from) {
    return person.events(group).stream()
        .map((JsonNode event) -> event.path("seq").asLong())
        .filter(seq -> seq >= from)
        .toList();
  }
}
