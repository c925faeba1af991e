package dev.parley.edge.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.schemas.id.Ids;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Real sockets, real Kafka and Redis.
@QuarkusTest
class SocketsTest extends EdgeTest {

  @Test
  void helloComesFirstAndStatesTheLimits() {
    var socket = TestSocket.open(ws());

    var hello = socket.push("hello");

    assertThat(socket.protocol()).isEqualTo("parley.v1.json");
    assertThat(hello.path("heartbeat_ms").asInt()).isEqualTo(25_000);
    assertThat(hello.path("limits").path("frame_bytes").asInt()).isEqualTo(98_304);
    assertThat(hello.path("epoch").asText()).isEqualTo("e1");
    socket.close();
  }

  @Test
  void theFirstFrameAuthenticates() {
    var user = world.person();
    var socket = TestSocket.open(ws());

    var answer = socket.ask("auth", "{\"token\":\"%s\"}".formatted(world.token(user)));
    socket.send("resume", "{\"heads\":{}}");

    assertThat(answer.path("ok").path("expires_at").asText()).contains("T");
    assertThat(socket.push("ready").path("user").asText()).isEqualTo(user.toString());
    socket.push("live");
    socket.close();
  }

  @Test
  void theAuthorizationHeaderAuthenticates() {
    var user = world.person();
    var socket = open(user);

    socket.send("resume", "{}");

    assertThat(socket.push("ready").path("user").asText()).isEqualTo(user.toString());
    socket.close();
  }

  @Test
  void theSubprotocolAuthenticates() {
    var user = world.person();
    var socket = TestSocket.open(ws(), Map.of(), "parley.v1.json", "bearer." + world.token(user));

    socket.send("resume", "{}");

    assertThat(socket.protocol()).isEqualTo("parley.v1.json");
    assertThat(socket.push("ready").path("user").asText()).isEqualTo(user.toString());
    socket.close();
  }

  @Test
  void aForeignTokenIsRefused() {
    var socket = TestSocket.open(ws());

    var answer =
        socket.ask("auth", "{\"token\":\"%s\"}".formatted(world.foreignToken(world.person())));

    assertThat(answer.path("err").path("code").asText()).isEqualTo("unauthenticated");
    assertThat(socket.closeCode()).isEqualTo(4401);
  }

  @Test
  void anExpiredTokenIsRefused() {
    var token = world.token(world.person(), Duration.ofHours(-1));
    var socket = TestSocket.open(ws(), bearer(token));

    assertThat(socket.closeCode()).isEqualTo(4401);
  }

  @Test
  void aTokenThatEndsMeanwhileEndsTheSession() {
    var token = world.token(world.person(), Duration.ofSeconds(2));
    var socket = TestSocket.open(ws(), bearer(token));

    socket.push("auth.expiring");

    assertThat(socket.closeCode()).isEqualTo(4401);
  }

  @Test
  void whoDoesNotAuthenticateInTimeIsClosed() {
    assertThat(TestSocket.open(ws()).closeCode()).isEqualTo(4408);
  }

  @Test
  void aSocketWithoutASubprotocolIsTaken() {
    var socket = TestSocket.open(ws(), Map.of());

    assertThat(socket.push("hello").path("epoch").asText()).isEqualTo("e1");
    assertThat(socket.protocol()).isEmpty();
    socket.close();
  }

  @Test
  void aPersonHasABoundedNumberOfSockets() {
    var user = world.person();
    var open = List.of(live(user), live(user), live(user));

    var oneMore = open(user);

    assertThat(oneMore.closeCode()).isEqualTo(4423);
    open.forEach(TestSocket::close);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"id\":1,\"t\":\"dance\",\"d\":{}} | unknown_type",
        "{\"id\":1,\"t\":\"send\",\"d\":[]} | malformed",
        "{\"id\":1,\"t\":\"send\"} | malformed",
        "{\"id\":1,\"t\":\"send\",\"d\":{\"conversation\":\"x\",\"message_id\":\"y\",\"text\":\"t\"}} | invalid",
        "{\"id\":1,\"t\":\"auth\",\"d\":{}} | invalid",
        "{\"id\":1,\"t\":\"resume\",\"d\":{\"heads\":[]}} | invalid",
        "{\"id\":1,\"t\":\"resume\",\"d\":{\"heads\":{\"x\":1}}} | invalid",
        "{\"id\":1,\"t\":\"refresh\",\"d\":{\"token\":\"x\"}} | unauthenticated",
        "{nonsense | malformed",
        "[] | malformed",
        "{\"id\":1} | malformed",
        "{\"id\":{},\"t\":\"send\"} | malformed"
      })
  void badInputIsAnsweredWithAClearErrorAndTheSessionGoesOn(String frame, String code) {
    var socket = live(world.person());

    socket.send(frame);

    var error = socket.await(f -> f.has("err")).path("err");
    assertThat(error.path("code").asText()).isEqualTo(code);
    assertThat(error.path("detail").asText()).isNotBlank();
    assertThat(socket.ask("dance", "{}").has("err")).isTrue();
    socket.close();
  }

  @Test
  void malformedFramesAgainAndAgainEndTheSession() {
    var socket = live(world.person());
    for (var i = 0; i < 6; i++) {
      socket.send("{nonsense");
    }
    assertThat(socket.closeCode()).isEqualTo(4400);
  }

  @Test
  void aMalformedFirstFrameEndsTheSession() {
    var socket = TestSocket.open(ws());
    socket.send("hello?");
    assertThat(socket.await(f -> f.has("err")).path("err").path("code").asText())
        .isEqualTo("malformed");
    assertThat(socket.closeCode()).isEqualTo(4400);
  }

  @Test
  void aBinaryMessageIsMalformed() {
    var socket = TestSocket.open(ws());
    socket.sendBinary(new byte[] {1, 2});
    assertThat(socket.closeCode()).isEqualTo(4400);
  }

  @Test
  void aFrameOverTheLimitEndsTheSession() {
    var socket = live(world.person());
    socket.send("{\"id\":1,\"t\":\"send\",\"d\":{\"text\":\"" + "x".repeat(100_000) + "\"}}");
    assertThat(socket.closeCode()).isEqualTo(4413);
  }

  @Test
  void aTextOverTheLimitIsRefused() {
    var socket = live(world.person());
    var answer = socket.ask("send", message(Ids.uuid7(), Ids.uuid7(), "x".repeat(20_001)));
    assertThat(answer.path("err").path("code").asText()).isEqualTo("too_large");
    socket.close();
  }

  @Test
  void aMessageReachesTheOtherAndTheSenderIsAnswered() {
    var ada = world.person();
    var bob = world.person();
    var group = world.group(ada, bob);
    var sender = live(ada);
    var other = live(bob);
    var id = Ids.uuid7();

    var answer = sender.ask("send", message(group, id, "hello \uD83D\uDC4B"));
    var event = other.push("event");

    assertThat(answer.path("ok").path("seq").asLong()).isEqualTo(3);
    assertThat(answer.path("ok").path("duplicate").asBoolean()).isFalse();
    assertThat(event.path("id").asText()).isEqualTo(id.toString());
    assertThat(event.path("seq").asLong()).isEqualTo(3);
    assertThat(event.path("data").path("text").asText()).isEqualTo("hello \uD83D\uDC4B");
    assertThat(sender.push("event").path("id").asText()).isEqualTo(id.toString());

    var again = sender.ask("send", message(group, id, "hello \uD83D\uDC4B"));
    assertThat(again.path("ok").path("seq").asLong()).isEqualTo(3);
    assertThat(again.path("ok").path("duplicate").asBoolean()).isTrue();
    sender.close();
    other.close();
  }

  @Test
  void aRefusalReachesTheSender() {
    var ada = world.person();
    var socket = live(ada);
    var answer = socket.ask("join", "{\"conversation\":\"%s\"}".formatted(Ids.uuid7()));
    assertThat(answer.path("err").path("code").asText()).isEqualTo("forbidden");
    socket.close();
  }

  @Test
  void severalFramesInOneMessageAreHandledInOrder() {
    var ada = world.person();
    var group = world.group(ada);
    var socket = live(ada);
    socket.send(
        """
        {"id":101,"t":"send","d":%s}
        {"id":102,"t":"send","d":%s}
        """
            .formatted(message(group, Ids.uuid7(), "a"), message(group, Ids.uuid7(), "b")));

    assertThat(answer(socket, 101).path("ok").path("seq").asLong()).isEqualTo(2);
    assertThat(answer(socket, 102).path("ok").path("seq").asLong()).isEqualTo(3);
    socket.close();
  }

  @Test
  void whoHasJustRegisteredMayWriteAtOnce() {
    var user = Ids.uuid7();
    var group = world.group(user);
    var socket = live(user);

    var frame = socket.send("send", message(group, Ids.uuid7(), "first"));
    world.publish(user);

    assertThat(answer(socket, frame).path("ok").path("seq").asLong()).isEqualTo(2);
    socket.close();
  }

  @Test
  void aConversationThatIsCreatedIsThereForAllItsMembers() {
    var ada = world.person();
    var bob = world.person();
    var creator = live(ada);
    var invited = live(bob);
    var group = Ids.uuid7();

    var answer =
        creator.ask(
            "create",
            """
            {"conversation":"%s","kind":"group","title":"Tea","members":["%s"]}\
            """
                .formatted(group, bob));

    assertThat(answer.path("ok").path("seq").asLong()).isEqualTo(1);
    assertThat(creator.push("event").path("type").asText()).isEqualTo("conversation.created");
    assertThat(invited.push("event").path("type").asText()).isEqualTo("member.joined");
    creator.ask("send", message(group, Ids.uuid7(), "tea?"));
    assertThat(seqs(invited, group, 4)).isEqualTo(4);
    creator.close();
    invited.close();
  }

  @Test
  void whoIsRemovedSeesTheRemovalAndNothingAfterIt() {
    var ada = world.person();
    var bob = world.person();
    var group = world.group(ada, bob);
    var one = live(ada);
    var removed = live(bob);

    one.ask("remove", "{\"conversation\":\"%s\",\"user\":\"%s\"}".formatted(group, bob));
    one.ask("send", message(group, Ids.uuid7(), "he is gone"));
    assertThat(seqs(one, group, 4)).isEqualTo(4);

    assertThat(seqs(removed, group, 3)).isEqualTo(3);
    // A round through the node, so that anything wrongly sent would have come.
    removed.ask("dance", "{}");
    assertThat(removed.rest()).noneMatch(f -> f.path("t").asText().equals("event"));
    one.close();
    removed.close();
  }

  @Test
  void droppedPushesAreFoundInTheTail() {
    var ada = world.person();
    var group = world.group(ada);
    var socket = live(ada);
    world.pushing = false;
    world.append(group, ada, text("lost"));
    world.append(group, ada, text("lost, too"));
    world.pushing = true;
    world.append(group, ada, text("pushed"));

    assertThat(seqs(socket, group, 2)).isEqualTo(2);
    assertThat(seqs(socket, group, 3)).isEqualTo(3);
    assertThat(seqs(socket, group, 4)).isEqualTo(4);
    socket.close();
  }

  @Test
  void aDroppedPushWithoutASuccessorIsFoundBySweeping() {
    var ada = world.person();
    var group = world.group(ada);
    var socket = live(ada);
    world.pushing = false;
    world.append(group, ada, text("lost"));

    assertThat(seqs(socket, group, 2)).isEqualTo(2);
    world.pushing = true;
    socket.close();
  }

  @Test
  void whatRedisForgetsIsFoundInTheViews() {
    var ada = world.person();
    var group = world.group(ada);
    var socket = live(ada);
    world.pushing = false;
    world.append(group, ada, text("lost"));
    world.flushRedis();
    world.pushing = true;
    world.append(group, ada, text("pushed"));

    assertThat(seqs(socket, group, 2)).isEqualTo(2);
    assertThat(seqs(socket, group, 3)).isEqualTo(3);
    socket.close();
  }

  @Test
  void resumingByHeadsSendsWhatWasMissedAndThenGoesOn() {
    var ada = world.person();
    var group = world.group(ada);
    var before = live(ada);
    before.ask("send", message(group, Ids.uuid7(), "one"));
    assertThat(seqs(before, group, 2)).isEqualTo(2);
    before.close();
    world.append(group, ada, text("two"));
    world.append(group, ada, text("three"));

    var after = open(ada);
    after.send("resume", "{\"heads\":{\"%s\":2}}".formatted(group));

    assertThat(after.push("ready").path("resumed").asBoolean()).isTrue();
    assertThat(seqs(after, group, 3)).isEqualTo(3);
    assertThat(seqs(after, group, 4)).isEqualTo(4);
    var cursor = after.push("live").path("cursor").asText();
    after.close();
    world.append(group, ada, text("four"));

    var byCursor = open(ada);
    byCursor.send("resume", "{\"cursor\":\"%s\"}".formatted(cursor));
    assertThat(byCursor.push("ready").path("resumed").asBoolean()).isTrue();
    assertThat(seqs(byCursor, group, 5)).isEqualTo(5);
    byCursor.close();
  }

  @Test
  void aGuestWatchesAChannelAndNothingElse() {
    var ada = world.person();
    var channel = world.channel(ada);
    var group = world.group(ada);
    var guest = liveAs(world.guestToken(Ids.uuid7()));

    assertThat(guest.ask("watch", conversation(channel)).path("ok").path("head_seq").asLong())
        .isEqualTo(2);
    world.append(channel, ada, text("to all"));
    assertThat(seqs(guest, channel, 3)).isEqualTo(3);
    assertThat(guest.ask("watch", conversation(group)).path("err").path("code").asText())
        .isEqualTo("not_found");
    guest.close();
  }

  @Test
  void viewsThatCannotBeAskedAreATemporaryError() {
    var guest = liveAs(world.guestToken(Ids.uuid7()));
    world.viewsAnswer = false;
    var answer = guest.ask("watch", conversation(Ids.uuid7()));
    world.viewsAnswer = true;
    assertThat(answer.path("err").path("code").asText()).isEqualTo("unavailable");
    assertThat(answer.path("err").path("temporary").asBoolean()).isTrue();
    guest.close();
  }

  @Test
  void presenceAndCountsArePushedToWhoAsked() {
    var ada = world.person();
    var bob = world.person();
    var group = world.group(ada, bob);
    var socket = live(ada);
    var asked =
        socket.ask(
            "presence.sub",
            "{\"users\":[\"%s\"],\"conversations\":[\"%s\"]}".formatted(bob, group));
    assertThat(asked.has("ok")).isTrue();
    assertThat(socket.push("presence").path("online").asBoolean()).isFalse();
    assertThat(socket.push("counts").path("people").asInt()).isEqualTo(1);

    var other = live(bob);
    other.ask("presence.sub", "{\"conversations\":[\"%s\"]}".formatted(group));
    assertThat(socket.push("presence").path("online").asBoolean()).isTrue();
    assertThat(socket.push("counts").path("people").asInt()).isEqualTo(2);

    other.close();
    var gone = socket.push("presence");
    assertThat(gone.path("user").asText()).isEqualTo(bob.toString());
    assertThat(gone.path("online").asBoolean()).isFalse();
    assertThat(socket.push("counts").path("people").asInt()).isEqualTo(1);
    socket.close();
  }

  @Test
  void pingIsAnsweredWithPong() {
    var socket = live(world.person());
    socket.send("{\"id\":5,\"t\":\"ping\"}");
    assertThat(socket.await(f -> f.path("t").asText().equals("pong")).path("id").asInt())
        .isEqualTo(5);
    socket.close();
  }

  @Test
  void aClientThatDoesNotReadIsClosedAndTheOthersAreUnharmed() throws Exception {
    var ada = world.person();
    var bob = world.person();
    var group = world.group(ada, bob);
    var quick = live(ada);
    try (var slow = RawSocket.open(ws(), world.token(bob))) {
      slow.send("{\"id\":1,\"t\":\"resume\",\"d\":{}}");
      slow.awaitFrame("\"t\":\"live\"");
      var before = world.head(group);
      var big = "x".repeat(15_000);
      for (var i = 1; i <= 600; i++) {
        world.append(group, ada, text(big));
        assertThat(seqs(quick, group, before + i)).isEqualTo(before + i);
      }
      assertThat(slow.readToEnd()).hasValue(4008);
    }
    quick.close();
  }

  private static String conversation(UUID id) {
    return "{\"conversation\":\"%s\"}".formatted(id);
  }

  private static JsonNode answer(TestSocket socket, int id) {
    return socket.await(f -> f.path("id").asInt() == id && !f.has("t"));
  }

  /// The next event of the conversation must be `seq`.
  private static long seqs(TestSocket socket, UUID conversation, long seq) {
    return socket
        .await(f ->
            f.path("t").asText().equals("event")
                && f.path("d").path("conversation").asText().equals(conversation.toString())
                && f.path("d").path("seq").asLong() == seq)
        .path("d")
        .path("seq")
        .asLong();
  }

  private static String message(UUID conversation, UUID id, String text) {
    return "{\"conversation\":\"%s\",\"message_id\":\"%s\",\"text\":\"%s\"}"
        .formatted(conversation, id, text);
  }
}
