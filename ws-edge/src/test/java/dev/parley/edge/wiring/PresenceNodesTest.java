package dev.parley.edge.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.edge.hub.Receiver;
import dev.parley.edge.loop.Loop;
import dev.parley.edge.loop.VertxLoop;
import dev.parley.edge.outbox.Frame;
import dev.parley.edge.presence.Presence;
import dev.parley.edge.presence.PresenceLimits;
import dev.parley.edge.redis.RedisChannels;
import dev.parley.edge.redis.RedisLeases;
import dev.parley.edge.redis.RedisLine;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.push.Push;
import dev.parley.schemas.push.PushCodec;
import dev.parley.schemas.redis.RedisNames;
import dev.parley.schemas.wire.Json;
import dev.parley.stack.test.TestEngines;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Several nodes with one real Redis.
class PresenceNodesTest {

  private static final long LEASE_MILLIS = 1_500;
  private static final long RENEWAL_MILLIS = 300;

  private final Vertx vertx = Vertx.vertx();
  private final Redis redis = Redis.createClient(vertx, TestEngines.redis().url());
  private final Node one = new Node("one-" + UUID.randomUUID());
  private final Node two = new Node("two-" + UUID.randomUUID());
  private final Node watching = new Node("watching-" + UUID.randomUUID());
  private final Client bob = new Client(Ids.uuid7(), false);
  private final Client phone = new Client(bob.user(), false);
  private final Client ada = new Client(Ids.uuid7(), false);
  private final UUID channel = Ids.uuid7();

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void aPersonIsOnlineWhileAnyNodeLivesAndOfflineWithinALeaseOfTheLast() {
    watching.presence.subscribe(ada, Set.of(bob.user()), Set.of());
    assertThat(ada.online()).isFalse();
    one.presence.enter(bob);
    two.presence.enter(phone);
    assertThat(ada.online()).isTrue();
    two.awaitHeld(bob.user());

    one.die();
    // A lease of the dead node ends; nothing is told, since the other lives.
    assertThat(ada.next(2 * LEASE_MILLIS)).isNull();

    var from = System.nanoTime();
    two.die();
    assertThat(ada.online()).isFalse();
    assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - from))
        .isLessThan(LEASE_MILLIS + 3 * RENEWAL_MILLIS);
  }

  @Test
  void whoLeavesIsOfflineAtOnce() {
    watching.presence.subscribe(ada, Set.of(bob.user()), Set.of());
    assertThat(ada.online()).isFalse();
    one.presence.enter(bob);
    assertThat(ada.online()).isTrue();
    one.presence.leave(bob);
    var gone = ada.await("presence");
    assertThat(gone.path("online").asBoolean()).isFalse();
    assertThat(gone.path("last_seen").asText()).endsWith("Z");
  }

  @Test
  void peopleAreCountedOnceAndGuestsByConnection() {
    var guest = new Client(Ids.uuid7(), true);
    var otherGuest = new Client(Ids.uuid7(), true);
    watching.presence.subscribe(ada, Set.of(), Set.of(channel));
    one.presence.subscribe(bob, Set.of(), Set.of(channel));
    two.presence.subscribe(phone, Set.of(), Set.of(channel));
    one.presence.subscribe(guest, Set.of(), Set.of(channel));
    two.presence.subscribe(otherGuest, Set.of(), Set.of(channel));
    ada.awaitCounts(2, 2);
    one.presence.unsubscribe(bob, Set.of(), Set.of(channel));
    two.presence.leave(otherGuest);
    ada.awaitCounts(2, 1);
    two.presence.leave(phone);
    ada.awaitCounts(1, 1);
  }

  @Test
  void afterRedisForgotEverythingItIsRightAgain() {
    one.presence.enter(bob);
    one.awaitHeld(bob.user());
    send(Request.cmd(Command.FLUSHALL));
    one.awaitHeld(bob.user());
    watching.presence.subscribe(ada, Set.of(bob.user()), Set.of());
    assertThat(ada.online()).isTrue();
  }

  @Test
  void whoIsOnlineIsNotToldOfflineBecauseRedisForgot() {
    one.presence.enter(bob);
    two.presence.subscribe(phone, Set.of(), Set.of(channel));
    one.awaitHeld(bob.user());
    watching.presence.subscribe(ada, Set.of(bob.user()), Set.of(channel));
    assertThat(ada.online()).isTrue();
    ada.awaitCounts(2, 0);
    for (var i = 0; i < 5; i++) {
      send(Request.cmd(Command.FLUSHALL));
      // Asks at once, before the others have renewed.
      watching.loop.run(watching.presence::returned);
      assertThat(ada.next(RENEWAL_MILLIS / 3)).isNull();
    }
    assertThat(ada.next(3 * RENEWAL_MILLIS)).isNull();
  }

  private long send(Request request) {
    var answer = redis.send(request).toCompletionStage().toCompletableFuture().join();
    return "OK".equals(answer.toString()) ? 1 : answer.toLong();
  }

  private final class Node {
    final String name;
    final Loop loop;
    final RedisLine requests;
    final RedisLine pushes;
    final Presence presence;

    Node(String name) {
      this.name = name;
      loop = new VertxLoop(vertx, ((VertxInternal) vertx).createEventLoopContext());
      var url = TestEngines.redis().url();
      requests = new RedisLine(vertx, loop, url, name, null);
      pushes = new RedisLine(vertx, loop, url, name, RedisNames.node(name));
      var channels = new RedisChannels(loop, pushes, name);
      presence =
          new Presence(
              loop,
              new RedisLeases(requests, name, LEASE_MILLIS, 60_000),
              channels,
              (_, _) -> true,
              new PresenceLimits(10, 10, RENEWAL_MILLIS, 20));
      loop.run(() -> requests.open(() -> {}, _ -> {}));
      channels.start(new Pushes());
      loop.run(presence::start);
    }

    /// As by kill -9: nothing is given back.
    void die() {
      requests.close();
      pushes.close();
    }

    void awaitHeld(UUID user) {
      var until = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
      while (send(Request.cmd(Command.ZCOUNT).arg(RedisNames.online(user)).arg("-inf").arg("+inf"))
          == 0) {
        assertThat(System.nanoTime()).isLessThan(until);
      }
    }

    private final class Pushes implements RedisChannels.Listener {
      @Override
      public void conversation(UUID conversation, byte[] push) {
        if (PushCodec.decode(push) instanceof Push.PresencePush said) {
          presence.saidHere(conversation, said.online());
        }
      }

      @Override
      public void user(UUID user, byte[] push) {}

      @Override
      public void presence(UUID user, byte[] push) {
        if (PushCodec.decode(push) instanceof Push.PresencePush said) {
          presence.said(user, said.online());
        }
      }

      @Override
      public void node(byte[] push) {}

      @Override
      public void returned() {
        presence.returned();
      }
    }
  }

  private static final class Client implements Receiver {
    private final UUID id = Ids.uuid7();
    private final UUID user;
    private final boolean guest;
    private final BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();

    Client(UUID user, boolean guest) {
      this.user = user;
      this.guest = guest;
    }

    boolean online() {
      return await("presence").path("online").asBoolean();
    }

    JsonNode await(String type) {
      var frame = next(10_000);
      assertThat(frame).isNotNull();
      assertThat(frame.path("t").asText()).isEqualTo(type);
      return frame.path("d");
    }

    void awaitCounts(int people, int guests) {
      while (true) {
        var counts = await("counts");
        if (counts.path("people").asInt() == people && counts.path("guests").asInt() == guests) {
          return;
        }
      }
    }

    JsonNode next(long millis) {
      try {
        return frames.poll(millis, TimeUnit.MILLISECONDS);
      } catch (InterruptedException interrupted) {
        throw new AssertionError(interrupted);
      }
    }

    @Override
    public UUID id() {
      return id;
    }

    @Override
    public UUID user() {
      return user;
    }

    @Override
    public boolean isGuest() {
      return guest;
    }

    @Override
    public boolean offer(Frame frame) {
      try {
        return frames.add(Json.MAPPER.readTree(frame.bytes()));
      } catch (IOException broken) {
        throw new UncheckedIOException(broken);
      }
    }

    @Override
    public boolean hasRoom() {
      return true;
    }

    @Override
    public void whenRoom(Runnable task) {}
  }
}
