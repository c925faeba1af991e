package dev.parley.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.wire.Json;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ChatTest {

  private static final UUID ROOM = Ids.uuid7();

  private final FakeEdge edge = new FakeEdge();
  private final Network network = new Network(1);
  private final Rest rest = new Rest(URI.create("http://127.0.0.1:1"));
  private final Seen seen = new Seen();

  private static final class Seen implements ChatListener {
    private final List<Long> seqs = new CopyOnWriteArrayList<>();
    private final List<Push> pushes = new CopyOnWriteArrayList<>();
    private final List<ConnectionState> states = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();

    @Override
    public void event(ConversationEvent event) {
      seqs.add(event.seq());
      threads.add(Thread.currentThread());
      if (event.seq() == 2) {
        throw new IllegalStateException("A listener of the application fails");
      }
    }

    @Override
    public void push(Push push) {
      pushes.add(push);
    }

    @Override
    public void state(ConnectionState state) {
      states.add(state);
    }

    private ConnectionState.@Nullable Cause stopped() {
      return states.stream()
          .filter(ConnectionState.Stopped.class::isInstance)
          .map(state -> ((ConnectionState.Stopped) state).because())
          .findFirst()
          .orElse(null);
    }
  }

  @AfterEach
  void end() {
    network.close();
    rest.close();
    edge.close();
  }

  @Test
  void aMessageIsAnsweredAfterTheHandshake() throws Exception {
    try (var chat = live("good")) {
      var reply = chat.send(ROOM, Ids.uuid7(), "hello").get(10, TimeUnit.SECONDS);

      assertThat(reply.expectDone().seq()).isEqualTo(1);
      assertThat(edge.received.stream().map(frame -> frame.path("t").asText()))
          .containsExactly("auth", "resume", "send");
    }
  }

  @Test
  void aMessageWhoseAnswerWasLostIsSentAgainWithTheSameId() throws Exception {
    edge.dropsBeforeAnswer = 2;
    try (var chat = chat("good")) {
      var reply = chat.send(ROOM, Ids.uuid7(), "hello").get(20, TimeUnit.SECONDS);

      assertThat(reply.expectDone().duplicate()).isTrue();
      assertThat(reply.expectDone().seq()).isEqualTo(1);
      assertThat(chat.resends()).isEqualTo(2);
    }
  }

  @Test
  void anAnswerThatNeverComesIsTakenForLost() throws Exception {
    try (var chat = builder(Tokens.fixed("good")).outbox(10, 4, 200).start()) {
      chat.live().get(10, TimeUnit.SECONDS);
      edge.silent = true;
      var reply = chat.send(ROOM, "hello");
      until(() -> edge.received("send").size() >= 2);
      edge.silent = false;

      assertThat(reply.get(20, TimeUnit.SECONDS).expectDone().seq()).isEqualTo(1);
      assertThat(edge.received("send").stream().map(f -> f.path("d").path("message_id")).distinct())
          .hasSize(1);
    }
  }

  @Test
  void aTemporaryRefusalIsTriedAgain() throws Exception {
    edge.refuseOnce = "overloaded";
    try (var chat = chat("good")) {
      var reply = chat.send(ROOM, Ids.uuid7(), "hello").get(20, TimeUnit.SECONDS);

      assertThat(reply).isInstanceOf(Reply.Done.class);
    }
  }

  @Test
  void aFullOutboxRefusesAndKeepsWhatItHas() throws Exception {
    edge.silent = true;
    try (var chat = builder(Tokens.fixed("good")).outbox(2, 1, 10_000).start()) {
      chat.send(ROOM, "one");
      chat.send(ROOM, "two");

      var third = chat.send(ROOM, "three").get(10, TimeUnit.SECONDS);

      assertThat(third)
          .isInstanceOfSatisfying(
              Reply.Refused.class,
              refused -> assertThat(refused.code()).isEqualTo(Reply.OUTBOX_FULL));
    }
  }

  @Test
  void whoGivesUpTakesTheCommandOutOfTheOutbox() throws Exception {
    edge.silent = true;
    try (var chat = builder(Tokens.fixed("good")).outbox(1, 1, 10_000).start()) {
      var given = chat.send(ROOM, "never mind");
      given.cancel(true);
      edge.silent = false;
      edge.end(4001);

      until(() -> sent(chat, "this one"));
      assertThat(edge.received("send").getFirst().path("d").path("text").asText())
          .isEqualTo("this one");
    }
  }

  @Test
  void aFrameOverTheServersLimitIsNotSent() throws Exception {
    edge.frameBytesMax = 1_000;
    try (var chat = live("good")) {
      var reply = chat.send(ROOM, "ü".repeat(600)).get(10, TimeUnit.SECONDS);

      assertThat(reply)
          .isInstanceOfSatisfying(
              Reply.Refused.class,
              refused -> assertThat(refused.code()).isEqualTo(Reply.TOO_LARGE));
      assertThat(edge.received("send")).isEmpty();
    }
  }

  @Test
  void aCodeThatForbidsItEndsTheClientAndWhatWaits() {
    try (var chat = chat("bad")) {
      var reply = chat.send(ROOM, "hello");

      assertThatThrownBy(() -> chat.live().get(10, TimeUnit.SECONDS)).hasMessageContaining("4401");
      assertThatThrownBy(() -> reply.get(10, TimeUnit.SECONDS)).hasMessageContaining("4401");
      assertThat(edge.handshakes).hasSize(1);
    }
  }

  @Test
  void aClientSaysWhyItDoesNotComeBack() throws Exception {
    for (var told :
        Map.of(
                4403, ConnectionState.Cause.SUSPENDED,
                4401, ConnectionState.Cause.SIGNED_OUT,
                4423, ConnectionState.Cause.REFUSED)
            .entrySet()) {
      seen.states.clear();
      try (var chat = live("good")) {
        edge.end(told.getKey());

        until(() -> seen.stopped() != null);
        assertThat(seen.stopped()).isEqualTo(told.getValue());
      }
    }
    seen.states.clear();
    live("good").close();
    until(() -> seen.stopped() != null);
    assertThat(seen.stopped()).isEqualTo(ConnectionState.Cause.CLOSED);
  }

  @Test
  void eachConnectionIsOpenedWithATicketOfItsOwn() throws Exception {
    try (var identity = new FakeIdentity();
        var calls = new Rest(identity.origin())) {
      identity.onTicket = edge.tickets::add;
      try (var chat = builder(Tokens.fixed("access-0")).rest(calls).withTickets().start()) {
        chat.live().get(10, TimeUnit.SECONDS);
        chat.cut();
        until(() -> edge.received("resume").size() == 2);
      }
    }
    assertThat(edge.received("auth").stream().map(f -> f.path("d").toString()))
        .containsExactly("{\"ticket\":\"ticket-1\"}", "{\"ticket\":\"ticket-2\"}");
  }

  @Test
  void anOldTokenIsRenewedOnce() throws Exception {
    edge.goodToken = "second";
    try (var chat = builder(new TwoTokens()).start()) {
      chat.live().get(20, TimeUnit.SECONDS);

      assertThat(edge.received("auth").stream().map(f -> f.path("d").path("token").asText()))
          .containsExactly("first", "second");
    }
  }

  @Test
  void aTokenThatEndsSoonIsRefreshedInBand() throws Exception {
    edge.goodToken = "first";
    try (var chat = builder(new TwoTokens()).start()) {
      chat.live().get(20, TimeUnit.SECONDS);

      edge.push("auth.expiring", Json.MAPPER.createObjectNode());
      until(() -> !edge.received("refresh").isEmpty());

      assertThat(edge.received("refresh").getFirst().path("d").path("token").asText())
          .isEqualTo("second");
      assertThat(edge.handshakes).hasSize(1);
    }
  }

  @Test
  void aCutConnectionComesBackAndResumesByItsHeads() throws Exception {
    try (var chat = live("good")) {
      edge.push("event", event(5));
      until(() -> seen.seqs.contains(5L));

      chat.cut();
      var reply = chat.send(ROOM, Ids.uuid7(), "hello").get(20, TimeUnit.SECONDS);

      assertThat(reply).isInstanceOf(Reply.Done.class);
      var heads = edge.received("resume").getLast().path("d").path("heads");
      assertThat(heads.path(ROOM.toString()).asLong()).isEqualTo(5);
    }
  }

  @Test
  void anotherEpochVoidsTheHeads() throws Exception {
    try (var chat = live("good")) {
      edge.push("event", event(5));
      until(() -> seen.seqs.contains(5L));

      edge.epoch = "e2";
      edge.end(4001);
      until(() -> edge.received("resume").size() == 2);

      assertThat(edge.received("resume").getLast().path("d").path("heads")).isEmpty();
    }
  }

  @Test
  void theServersWaitWinsOverTheBackoff() throws Exception {
    try (var chat = builder(Tokens.fixed("good")).backoff(new Backoff(30_000, 60_000)).start()) {
      chat.live().get(10, TimeUnit.SECONDS);

      edge.push("reconnect", Json.MAPPER.createObjectNode().put("after_ms", 100));
      edge.end(4001);

      until(() -> edge.handshakes.size() == 2);
    }
  }

  @Test
  void aServerThatFallsSilentIsGivenUp() throws Exception {
    edge.heartbeatMillis = 200;
    try (var chat = builder(Tokens.fixed("good")).outbox(10, 4, 200).start()) {
      chat.live().get(10, TimeUnit.SECONDS);
      edge.silent = true;
      until(() -> edge.handshakes.size() >= 2);
      edge.silent = false;

      until(() -> seen.states.getLast() instanceof ConnectionState.Live);
    }
  }

  @Test
  void aHandshakeThatIsNeverAnsweredIsGivenUpThoughTheHeartbeatGoesOn() throws Exception {
    edge.heartbeatMillis = 100;
    edge.deafToAuth = true;
    try (var chat = builder(Tokens.fixed("good")).outbox(10, 4, 200).start()) {
      until(() -> edge.received("ping").size() >= 2 && edge.handshakes.size() >= 2);
      edge.deafToAuth = false;

      chat.live().get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void aListenerThatThrowsIsToldTheNextThingOnTheSameThread() throws Exception {
    try (var chat = live("good")) {
      for (long seq = 1; seq <= 3; seq++) {
        edge.push("event", event(seq));
      }

      until(() -> seen.seqs.size() == 3);
      assertThat(seen.threads).containsOnly(seen.threads.getFirst());
    }
  }

  @Test
  void marksTypingAndInterestsGoOutAndInterestsAgainOnANewConnection() throws Exception {
    var friend = Ids.uuid7();
    try (var chat = live("good")) {
      chat.read(ROOM, 3);
      chat.read(ROOM, 4);
      chat.typing(ROOM);
      chat.typing(ROOM);
      chat.show(Set.of(friend), Set.of(ROOM)).get(10, TimeUnit.SECONDS);
      chat.watch(ROOM).get(10, TimeUnit.SECONDS);
      until(() -> !edge.received("read").isEmpty());

      edge.end(4001);
      until(() -> edge.received("watch").size() == 2);

      assertThat(edge.received("read")).hasSize(1);
      assertThat(edge.received("typing")).hasSize(1);
      assertThat(edge.received("presence.sub")).hasSize(3);
      var heads = chat.position().get(10, TimeUnit.SECONDS).heads();
      assertThat(heads).containsEntry(ROOM, 7L);
    }
  }

  @Test
  void pushesAreTypedAndUnknownOnesKept() throws Exception {
    try (var chat = live("good")) {
      var typing = Json.MAPPER.createObjectNode().put("conversation", ROOM.toString());
      edge.push("typing", typing.put("user", ROOM.toString()));
      edge.push("hologram", Json.MAPPER.createObjectNode());

      until(() -> seen.pushes.size() == 2);
      assertThat(seen.pushes.getFirst()).isEqualTo(new Push.Typing(ROOM, ROOM, null));
      assertThat(seen.pushes.getLast())
          .isInstanceOfSatisfying(
              Push.Unknown.class, push -> assertThat(push.type()).isEqualTo("hologram"));
    }
  }

  @Test
  void aClientWithoutSharedThreadsEndsItsOwn() throws Exception {
    var origin = URI.create("http://127.0.0.1:" + edge.uri().getPort());
    var chat = Chat.to(origin).tokens(Tokens.fixed("good")).listener(seen).start();
    chat.live().get(10, TimeUnit.SECONDS);
    edge.push("event", event(1));
    until(() -> seen.threads.size() == 1);

    chat.close();

    seen.threads.getFirst().join(10_000);
    assertThat(seen.threads.getFirst().isAlive()).isFalse();
    assertThatThrownBy(() -> chat.send(ROOM, "late").get(10, TimeUnit.SECONDS))
        .hasMessageContaining("closed");
  }

  private static boolean sent(Chat chat, String text) {
    try {
      return chat.send(ROOM, text).get(10, TimeUnit.SECONDS) instanceof Reply.Done;
    } catch (ExecutionException | TimeoutException | InterruptedException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static final class TwoTokens implements Tokens {
    @Override
    public CompletionStage<String> fresh() {
      return CompletableFuture.completedFuture("first");
    }

    @Override
    public CompletionStage<String> renew() {
      return CompletableFuture.completedFuture("second");
    }
  }

  private Chat live(String token) throws Exception {
    var chat = chat(token);
    chat.live().get(10, TimeUnit.SECONDS);
    return chat;
  }

  private Chat chat(String token) {
    return builder(Tokens.fixed(token)).start();
  }

  private Chat.Builder builder(Tokens tokens) {
    return Chat.to(URI.create("http://127.0.0.1:1"))
        .edges(List.of(edge.uri()))
        .network(network)
        .rest(rest)
        .tokens(tokens)
        .listener(seen)
        .backoff(new Backoff(10, 100));
  }

  private static ObjectNode event(long seq) {
    return Json.MAPPER.createObjectNode().put("conversation", ROOM.toString()).put("seq", seq);
  }

  private static void until(BooleanSupplier holds) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!holds.getAsBoolean()) {
      assertThat(System.nanoTime()).as("within 30 s").isLessThan(deadline);
      Thread.sleep(5);
    }
  }
}
