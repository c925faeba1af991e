package dev.parley.bench.path;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.bench.fault.Processes;
import dev.parley.bench.load.Stage;
import dev.parley.client.Push;
import dev.parley.client.Reply;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.id.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// `kill -9` of an edge.
@Timeout(180)
class KillEdgeIT {

  @RegisterExtension static final Town TOWN = new Town();

  /// A lease, and the time to notice that it ended.
  private static final Duration LEASE_LIMIT = Duration.ofSeconds(60);

  @Test
  void itsClientsResumeElsewhereAndPresenceIsRightWithinALease() throws Exception {
    var one = TOWN.stack.edges().get(0);
    var two = TOWN.stack.edges().get(1);
    var ada = TOWN.connected(TOWN.account("ada"), one);
    var moving = TOWN.connected(TOWN.account("grace"), two, one);
    var ghost = TOWN.account("ghost");
    var group = ada.create(ConversationKind.GROUP, "Kill an edge", moving);
    var begin = ada.send(group, "begin").seq();
    moving.awaitEvent(group, begin);

    try (var ghostly = RawSocket.live(two, ghost.token(), "{}")) {
      Stage.get(ada.chat().show(Set.of(ghost.user(), moving.user()), Set.of()));
      ada.awaitPush(Push.Presence.class, p -> p.user().equals(ghost.user()) && p.online());
      ada.awaitPush(Push.Presence.class, p -> p.user().equals(moving.user()) && p.online());

      var edge = new Processes(TOWN.stack.data(), "ws-edge-2");
      var killedAt = Instant.now();
      var killed = edge.strike();
      var replies = new ArrayList<CompletableFuture<Reply>>();
      for (int i = 0; i < 40; i++) {
        replies.add((i % 2 == 0 ? ada : moving).chat().send(group, Ids.uuid7(), "message " + i));
      }
      for (var reply : replies) {
        reply.get(60, TimeUnit.SECONDS).expectDone();
      }
      var last = ada.send(group, "end").seq();

      TOWN.allAgree(group, begin, last, ada, moving);
      assertThat(moving.events(group).stream().map(e -> e.path("seq").asLong()))
          .filteredOn(seq -> seq >= begin)
          .isEqualTo(LongStream.rangeClosed(begin, last).boxed().toList());
      ada.awaitPush(Push.Presence.class, p -> p.user().equals(ghost.user()) && !p.online());
      var within = Duration.between(killedAt, Instant.now());
      System.out.println("The ghost was gone after " + within.toMillis() + " ms");
      assertThat(within).isLessThan(LEASE_LIMIT);
      var shown =
          ada.seen().pushes.stream()
              .filter(p -> p instanceof Push.Presence of && of.user().equals(moving.user()))
              .map(p -> ((Push.Presence) p).online())
              .toList();
      assertThat(shown.getLast()).as("who came back is online").isTrue();
      assertThat(ghostly.isOpen()).isFalse();
      edge.awaitOthers(killed);
    }
    // The tests that follow want two edges.
    Await.until(
        "the edge is back",
        () -> {
          try (var back = TOWN.connected(TOWN.account("back"), two)) {
            return back.seen().readies.size() == 1;
          } catch (InterruptedException | IllegalStateException notYet) {
            return false;
          }
        });
  }
}
