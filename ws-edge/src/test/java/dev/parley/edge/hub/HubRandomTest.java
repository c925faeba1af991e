package dev.parley.edge.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.edge.testkit.FakeClient;
import dev.parley.edge.testkit.FakeLog;
import dev.parley.edge.testkit.VirtualLoop;
import dev.parley.schemas.content.ContentReader;
import dev.parley.schemas.content.KeyLookup;
import dev.parley.schemas.event.ChainedEvent;
import dev.parley.schemas.event.EventData;
import dev.parley.schemas.id.Ids;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// People, conversations and a Redis that loses, repeats and reorders pushes and forgets its tails;
/// views that lag; sockets that come and go. Whatever the order: every session gets each event once
/// and in order, nothing after its removal, and in the end all of it.
class HubRandomTest {

  private static final int STEPS = 600;

  static List<Long> seeds() {
    var given = Long.getLong("seed");
    if (given != null) {
      return List.of(given);
    }
    var random = new Random();
    return random.longs(40).boxed().toList();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everySessionSeesExactlyTheSequence(long seed) {
    System.out.println("HubRandomTest seed " + seed);
    new World(seed).run();
  }

  private static final class World {
    private final Random random;
    private final VirtualLoop loop = new VirtualLoop();
    private final FakeLog log = new FakeLog(loop);
    private final List<UUID> people = new ArrayList<>();
    private final List<UUID> groups = new ArrayList<>();
    private final List<FakeClient> connected = new ArrayList<>();
    private final List<FakeClient> left = new ArrayList<>();
    private final Hub hub;

    World(long seed) {
      random = new Random(seed);
      log.delayMillis = () -> (long) random.nextInt(8);
      hub =
          new Hub(
              new Hub.Surroundings(
                  "e1",
                  loop,
                  log,
                  log,
                  log,
                  new ContentReader(_ -> new KeyLookup.Unknown()),
                  5_000,
                  _ -> {}),
              HubTest.LIMITS);
      hub.start();
      for (var i = 0; i < 4; i++) {
        people.add(Ids.uuid7());
      }
      for (var i = 0; i < 3; i++) {
        groups.add(log.group(people.get(0)));
      }
    }

    void run() {
      for (var step = 0; step < STEPS; step++) {
        act(random.nextInt(100));
        loop.advance(random.nextInt(6));
      }
      log.redisReached = true;
      hub.reconnected();
      log.viewAll();
      loop.advance(120_000);
      connected.forEach(this::checkComplete);
      left.forEach(client -> assertThat(client.faults).isEmpty());
    }

    private void act(int dice) {
      if (dice < 50) {
        publish(log.message(any(groups), people.getFirst()));
      } else if (dice < 58) {
        invite(any(groups), any(people.subList(1, people.size())));
      } else if (dice < 64) {
        expel(any(groups), any(people.subList(1, people.size())));
      } else if (dice < 74) {
        connect(new FakeClient(any(people)));
      } else if (dice < 80 && !connected.isEmpty()) {
        var gone = connected.remove(random.nextInt(connected.size()));
        hub.leave(gone);
        left.add(gone);
      } else if (dice < 86 && !left.isEmpty()) {
        var before = any(left);
        connect(new FakeClient(before.user(), before.heads()));
      } else if (dice < 94) {
        log.view(any(groups));
      } else if (dice < 96) {
        log.flush();
        log.viewAll();
      } else if (dice < 98) {
        log.redisReached = !log.redisReached;
        if (log.redisReached) {
          hub.reconnected();
        }
      }
    }

    private void connect(FakeClient client) {
      connected.add(client);
      var heads = client.heads();
      hub.resume(client, heads.isEmpty() ? new Position.Nowhere() : new Position.Heads(heads))
          .whenComplete((_, failure) -> {
            if (failure != null) {
              connected.remove(client);
            }
          });
    }

    private void invite(UUID group, UUID user) {
      if (log.memberSince(group, user, Long.MAX_VALUE) == 0) {
        var joined = log.join(group, user);
        publish(joined);
        publishToUser(user, joined);
      }
    }

    private void expel(UUID group, UUID user) {
      if (log.memberSince(group, user, Long.MAX_VALUE) > 0) {
        var removed = log.remove(group, user);
        publish(removed);
        publishToUser(user, removed);
      }
    }

    private void publish(ChainedEvent event) {
      for (var copies = copies(); copies > 0; copies--) {
        loop.after(
            random.nextInt(25),
            () -> {
              if (log.redisReached && log.isSubscribed(event.event().conversation())) {
                hub.pushed(event);
              }
            });
      }
    }

    /// A person's channel loses pushes, too, but one connection does not reorder them.
    private void publishToUser(UUID user, ChainedEvent event) {
      if (copies() > 0 && log.redisReached && log.isSubscribedUser(user)) {
        loop.run(() -> hub.pushedToUser(user, event));
      }
    }

    private int copies() {
      var dice = random.nextInt(10);
      return dice < 3 ? 0 : dice < 8 ? 1 : 2;
    }

    private void checkComplete(FakeClient client) {
      assertThat(client.faults).isEmpty();
      assertThat(client.all("live")).hasSize(1);
      for (var group : groups) {
        var seqs = client.seqs(group);
        for (var i = 0; i < seqs.size(); i++) {
          checkMayFollow(client, group, i == 0 ? 0 : seqs.get(i - 1), seqs.get(i));
        }
        if (log.memberSince(group, client.user(), Long.MAX_VALUE) > 0) {
          assertThat(client.head(group)).isEqualTo(log.head(group));
        }
      }
    }

    private void checkMayFollow(FakeClient client, UUID group, long before, long seq) {
      assertThat(seq).isGreaterThan(before);
      var event = log.at(group, seq).event();
      var ownRemoval =
          event.data() instanceof EventData.MemberRemoved(var user) && user.equals(client.user());
      assertThat(log.memberSince(group, client.user(), seq) > 0 || ownRemoval)
          .as("%s was shown %d of %s as no member", client.user(), seq, group)
          .isTrue();
    }

    private <T> T any(List<T> list) {
      return list.get(random.nextInt(list.size()));
    }
  }
}
