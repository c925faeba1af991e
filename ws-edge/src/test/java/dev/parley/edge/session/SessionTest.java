package dev.parley.edge.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.edge.auth.Handshake;
import dev.parley.edge.hub.Cursor;
import dev.parley.edge.outbox.Frame;
import dev.parley.rates.Taken;
import dev.parley.schemas.command.Command;
import dev.parley.schemas.command.CommandEnvelope;
import dev.parley.schemas.content.Body;
import dev.parley.schemas.content.KeyLookup;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.outcome.Outcome;
import dev.parley.schemas.outcome.OutcomeEnvelope;
import dev.parley.schemas.personal.Personal;
import dev.parley.schemas.personal.PersonalEntry;
import dev.parley.schemas.wire.CloseCode;
import dev.parley.schemas.wire.Limits;
import dev.parley.tokens.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SessionTest extends OneSession {

  @Test
  void helloIsFirst() {
    open(null);
    assertThat(link.frames.getFirst().path("t").asText()).isEqualTo("hello");
  }

  @Test
  void theFirstFrameAuthenticatesAndTheAnswerSaysUntilWhen() {
    open(null);
    auth("good");

    assertThat(link.last().path("ok").path("expires_at").asText()).endsWith("Z");
    loop.advance(10_000);
    assertThat(link.closed).isNull();
  }

  @Test
  void framesWaitUntilTheTokenOfTheHandshakeIsChecked() {
    open("slow");
    say("{\"id\":1,\"t\":\"dance\"}");
    assertThat(session.wantsMore()).isFalse();
    assertThat(link.frames).hasSize(1);

    slowCheck.complete(valid(ada));
    loop.settle();

    assertThat(link.last().path("err").path("code").asText()).isEqualTo("unknown_type");
    assertThat(link.readOns).isEqualTo(1);
    assertThat(session.wantsMore()).isTrue();
  }

  @Test
  void aTokenThatIsRefusedIsAnErrorAndTheEnd() {
    open(null);
    auth("bad");
    assertThat(link.last().path("err").path("code").asText()).isEqualTo("unauthenticated");
    assertThat(link.closed).isEqualTo(CloseCode.TOKEN);
  }

  @Test
  void keysThatCannotBeHadAreNotTheClientsFault() {
    open(null);
    auth("unknown");
    assertThat(link.last().path("err").path("temporary").asBoolean()).isTrue();
    assertThat(link.last().path("err").path("retry_after_ms").asLong()).isEqualTo(500);
    assertThat(link.closed).isNull();
  }

  @Test
  void whoStaysUnknownIsClosedAtTheDeadline() {
    open(null);
    loop.advance(5_000);
    assertThat(link.closed).isEqualTo(CloseCode.NO_AUTH_IN_TIME);
  }

  @Test
  void aNodeThatIsSlowToLookAtATokenDoesNotBlameTheClient() {
    open("slow");
    loop.advance(20_000);
    assertThat(link.closed).isNull();

    slowCheck.complete(new Verdict.Unavailable());
    loop.advance(4_999);
    assertThat(link.closed).isNull();
    loop.advance(1);
    assertThat(link.closed).isEqualTo(CloseCode.NO_AUTH_IN_TIME);
  }

  @Test
  void framesBeforeAuthenticationAreBounded() {
    open(null);
    for (var i = 0; i < 4; i++) {
      say("{\"t\":\"ping\"}");
    }
    assertThat(link.closed).isEqualTo(CloseCode.RATE_LIMITED);
  }

  @Test
  void aVersionThatIsNotSpokenIsClosed() {
    session.opened(new Handshake.Taken(null, null, false));
    assertThat(link.closed).isEqualTo(CloseCode.VERSION);
  }

  @Test
  void theExpiryIsToldAMinuteBeforeAndThenKept() {
    open(null);
    auth("good");
    for (var passed = 0L; passed < TOKEN_MILLIS - 60_000; passed += 20_000) {
      assertThat(link.all("auth.expiring")).isEmpty();
      loop.advance(20_000);
      say("{\"t\":\"pong\"}");
    }
    assertThat(link.all("auth.expiring")).hasSize(1);

    loop.advance(30_000);
    say("{\"t\":\"pong\"}");
    loop.advance(30_000);
    assertThat(link.closed).isEqualTo(CloseCode.TOKEN);
  }

  @Test
  void aRefreshMovesTheExpiry() {
    open(null);
    auth("good");
    for (var i = 0; i < 40; i++) {
      loop.advance(20_000);
      say("{\"t\":\"pong\"}");
    }
    checks.put("new", CompletableFuture.completedFuture(valid(ada)));
    say("{\"id\":2,\"t\":\"refresh\",\"d\":{\"token\":\"new\"}}");
    loop.settle();
    for (var i = 0; i < 10; i++) {
      loop.advance(20_000);
      say("{\"t\":\"pong\"}");
    }
    assertThat(link.closed).isNull();
  }

  @Test
  void somebodyElsesTokenIsNoRefresh() {
    open(null);
    auth("good");
    checks.put("other", CompletableFuture.completedFuture(valid(Ids.uuid7())));
    say("{\"id\":2,\"t\":\"refresh\",\"d\":{\"token\":\"other\"}}");
    loop.settle();
    assertThat(link.last().path("err").path("code").asText()).isEqualTo("unauthenticated");
    assertThat(session.user()).isEqualTo(ada);
  }

  @Test
  void aTokenInAnyFrameIsARefresh() {
    open(null);
    auth("good");
    for (var left = TOKEN_MILLIS; left > 30_000; left -= 30_000) {
      loop.advance(30_000);
      session.heard();
    }
    checks.put("next", CompletableFuture.completedFuture(valid(ada)));
    say("{\"id\":2,\"t\":\"ping\",\"token\":\"next\"}");
    loop.settle();
    assertThat(link.last().path("t").asText()).isEqualTo("pong");
    loop.advance(31_000);
    assertThat(link.closed).isNull();
    assertThat(link.errors()).isEmpty();
  }

  @Test
  void theTokenThatIsKnownAlreadyIsNotCheckedAgain() {
    open(null);
    auth("good");
    say("{\"id\":2,\"t\":\"ping\",\"token\":\"good\"}");
    say("{\"id\":3,\"t\":\"ping\",\"token\":\"good\"}");
    loop.settle();
    assertThat(checked).as("at first, and once it is registered").containsExactly("good", "good");
    assertThat(link.all("pong")).hasSize(2);
  }

  @Test
  void aFirstFrameWithATokenIsOfWhomTheTokenNames() {
    open(null);
    say("{\"id\":2,\"t\":\"resume\",\"token\":\"good\",\"d\":{}}");
    loop.advance(100);
    assertThat(session.user()).isEqualTo(ada);
    assertThat(link.all("live")).hasSize(1);
  }

  @Test
  void framesAfterOneWithATokenWaitUntilItIsChecked() {
    giveKey();
    open(null);
    auth("good");
    say("{\"id\":2,\"t\":\"ping\",\"token\":\"slow\"}\n" + send(Ids.uuid7()));
    loop.settle();
    assertThat(published).isEmpty();
    assertThat(session.wantsMore()).isFalse();
    slowCheck.complete(valid(ada));
    loop.settle();
    assertThat(link.all("pong")).hasSize(1);
    assertThat(published).hasSize(1);
  }

  @Test
  void aFrameWithATokenThatIsRefusedIsAnErrorAndIsNotHandled() {
    giveKey();
    open(null);
    auth("good");
    for (var token : List.of("\"bad\"", "7", "\"unknown\"")) {
      say(send(Ids.uuid7()).replace("\"t\":", "\"token\":" + token + ",\"t\":"));
      loop.settle();
    }
    assertThat(link.errors()).containsExactly("unauthenticated", "invalid", "unavailable");
    assertThat(published).isEmpty();
    assertThat(link.closed).isNull();
  }

  @Test
  void aFrameWithSomebodyElsesTokenEndsTheSession() {
    giveKey();
    open(null);
    auth("good");
    checks.put("other", CompletableFuture.completedFuture(valid(Ids.uuid7())));
    say(send(Ids.uuid7()).replace("\"t\":", "\"token\":\"other\",\"t\":"));
    loop.settle();
    assertThat(link.errors()).containsExactly("unauthenticated");
    assertThat(link.closed).isEqualTo(CloseCode.TOKEN);
    assertThat(published).isEmpty();
  }

  @Test
  void silenceIsAskedAboutAndThenClosed() {
    open(null);
    auth("good");
    loop.advance(25_000);
    assertThat(link.all("ping")).hasSize(1);
    assertThat(link.pings).isEqualTo(1);

    loop.advance(10_000);
    assertThat(link.closed).isEqualTo(CloseCode.HEARTBEAT_MISSED);
  }

  @Test
  void aSignOfLifeKeepsTheSession() {
    open(null);
    auth("good");
    for (var i = 0; i < 10; i++) {
      loop.advance(26_000);
      session.heard();
    }
    assertThat(link.closed).isNull();
    assertThat(link.all("ping")).hasSize(10);
  }

  @Test
  void tooManyFramesAreRefusedWithTheTimeToWaitAndAFlooderIsClosed() {
    open(null);
    auth("good");
    for (var i = 0; i < 12; i++) {
      say("{\"id\":%d,\"t\":\"dance\"}".formatted(i));
    }
    assertThat(link.last().path("err").path("code").asText()).isEqualTo("rate_limited");
    assertThat(link.last().path("err").path("retry_after_ms").asLong()).isEqualTo(100);

    for (var i = 0; i < 12; i++) {
      say("{\"id\":%d,\"t\":\"dance\"}".formatted(i));
    }
    assertThat(link.closed).isEqualTo(CloseCode.RATE_LIMITED);
  }

  @Test
  void whoHasNoTokensLeftAnywhereIsToldWhenThereWillBeOneAndNeverClosedForIt() {
    open(null);
    auth("good");
    tokens = new Taken.Refused(700);
    say("{\"id\":1,\"t\":\"dance\"}");
    assertThat(link.last().path("err").path("code").asText())
        .as("on credit, until the bucket has answered")
        .isEqualTo("unknown_type");

    loop.advance(200);
    say("{\"id\":2,\"t\":\"dance\"}");
    assertThat(link.last().path("err").path("code").asText()).isEqualTo("rate_limited");
    assertThat(link.last().path("err").path("retry_after_ms").asLong()).isEqualTo(500);
    say("{\"id\":3,\"t\":\"ping\"}");
    assertThat(link.last().path("t").asText()).isEqualTo("pong");

    loop.advance(500);
    tokens = new Taken.Granted(2);
    say("{\"id\":4,\"t\":\"dance\"}");
    assertThat(link.last().path("err").path("code").asText()).isEqualTo("unknown_type");
    assertThat(link.closed).isNull();
  }

  @Test
  void aFrameOverTheLimitIsClosedBeforeItIsRead() {
    open(null);
    auth("good");
    say("x".repeat(Limits.DEFAULT.frameBytesMax() + 1));
    assertThat(link.closed).isEqualTo(CloseCode.FRAME_TOO_BIG);
  }

  @Test
  void socketsOfOnePersonAreBoundedAndCountedDown() {
    var others = List.of(another(), another());
    open(null);
    auth("good");
    assertThat(link.closed).isEqualTo(CloseCode.CONNECTION_LIMIT);

    others.getFirst().closed();
    var link = new RecordingLink();
    var next = new Session(link, loop, node());
    next.opened(shown("good"));
    loop.settle();
    assertThat(link.closed).isNull();
  }

  @Test
  void aCommandWaitsForTheKeyOfWhoHasJustRegistered() {
    open(null);
    auth("good");
    say(send(Ids.uuid7()));
    assertThat(session.wantsMore()).isFalse();
    assertThat(published).isEmpty();

    giveKey();
    keyArrival.complete(keyring.keyOf(ada));
    loop.settle();

    assertThat(published).hasSize(1);
    assertThat(session.wantsMore()).isTrue();
  }

  @Test
  void aKeyThatDoesNotComeIsATemporaryError() {
    open(null);
    auth("good");
    say(send(Ids.uuid7()));
    keyArrival.complete(new KeyLookup.Unknown());
    loop.settle();
    assertThat(link.last().path("err").path("code").asText()).isEqualTo("unavailable");
  }

  @Test
  void theActorComesFromTheHandshake() {
    giveKey();
    open(null);
    auth("good");
    say(send(Ids.uuid7()).replace("\"text\"", "\"actor\":\"" + Ids.uuid7() + "\",\"text\""));
    loop.settle();
    assertThat(published.getFirst().actor()).isEqualTo(ada);
    assertThat(published.getFirst().origin().reply()).isTrue();
  }

  @Test
  void commandsWithoutAnOutcomeAreBoundedAndTimeOut() {
    giveKey();
    open(null);
    auth("good");
    for (var i = 0; i < 4; i++) {
      say(send(Ids.uuid7()));
    }
    assertThat(link.last().path("err").path("code").asText()).isEqualTo("overloaded");

    commands.start();
    loop.advance(12_000);
    assertThat(link.errors()).contains("timeout", "timeout", "timeout");
    assertThat(commands.pending()).isZero();
    say(send(Ids.uuid7()));
    assertThat(published).hasSize(4);
  }

  @Test
  void aRepeatIsAnsweredAsADuplicateAndOnlyToItsActor() {
    giveKey();
    open(null);
    auth("good");
    var id = Ids.uuid7();
    say(send(id));
    loop.settle();
    var command = published.getFirst();
    commands.decided(
        new OutcomeEnvelope(
            id, command.conversation(), Ids.uuid7(), "n", 1, new Outcome.Repeated(9, 9, 9)));
    assertThat(link.last().has("ok")).isTrue();
    assertThat(link.last().path("ok").has("seq")).isFalse();

    commands.decided(
        new OutcomeEnvelope(
            id, command.conversation(), ada, "n", 1, new Outcome.Repeated(9, 9, 9)));
    assertThat(link.last().path("ok").path("seq").asLong()).isEqualTo(9);
    assertThat(link.last().path("ok").path("duplicate").asBoolean()).isTrue();
  }

  @Test
  void aRefusalIsAnsweredWithItsCode() {
    giveKey();
    open(null);
    auth("good");
    var id = Ids.uuid7();
    say(send(id));
    loop.settle();
    commands.decided(
        new OutcomeEnvelope(
            id,
            published.getFirst().conversation(),
            ada,
            "n",
            published.getFirst().origin().copy(),
            new Outcome.Rejected(ErrorCode.FORBIDDEN, "No.")));
    assertThat(link.last().path("err").path("code").asText()).isEqualTo("forbidden");
    assertThat(link.last().path("err").path("temporary").asBoolean()).isFalse();
  }

  /// The first try is refused, then its sender is invited, and the second is accepted.
  @Test
  void aRefusalAnswersItsOwnTryAlone() {
    giveKey();
    open(null);
    auth("good");
    var id = Ids.uuid7();
    say(send(id));
    loop.settle();
    say(send(id));
    loop.settle();
    var before = link.errors().size();
    var command = published.getLast();
    commands.decided(
        new OutcomeEnvelope(
            id,
            command.conversation(),
            ada,
            "n",
            published.getFirst().origin().copy(),
            new Outcome.Rejected(ErrorCode.NOT_FOUND, "No.")));
    assertThat(link.errors()).hasSize(before + 1);
    assertThat(commands.pending()).isOne();

    commands.decided(
        new OutcomeEnvelope(
            id,
            command.conversation(),
            ada,
            "n",
            command.origin().copy(),
            new Outcome.Repeated(9, 9, 9)));
    assertThat(link.last().path("ok").path("seq").asLong()).isEqualTo(9);
    assertThat(commands.pending()).isZero();
  }

  @Test
  void resumingTwiceIsRefused() {
    open(null);
    auth("good");
    say("{\"id\":3,\"t\":\"resume\",\"d\":{}}");
    loop.advance(100);
    assertThat(link.all("ready")).hasSize(1);
    say("{\"id\":4,\"t\":\"resume\",\"d\":{}}");
    assertThat(link.last().path("err").path("code").asText()).isEqualTo("invalid");
  }

  @Test
  void aPositionThatIsNoneGivesASnapshot() {
    var ready = ready("{\"cursor\":\"nonsense\"}");
    assertThat(ready.path("resumed").asBoolean()).isFalse();
    assertThat(ready.path("epoch").asText()).isEqualTo("e1");
    assertThat(ready.has("epoch_changed")).isFalse();
  }

  @Test
  void aCursorOfAnotherLogGivesASnapshotThatSaysSo() {
    var group = log.group(ada);
    var cursor = new Cursor("e0", Map.of(group, 1L)).encode();
    var ready = ready("{\"cursor\":\"%s\"}".formatted(cursor));
    assertThat(ready.path("resumed").asBoolean()).isFalse();
    assertThat(ready.path("epoch_changed").asBoolean()).isTrue();
    assertThat(link.all("event")).isEmpty();
  }

  @Test
  void headsOfAnotherLogGiveASnapshotThatSaysSo() {
    var group = log.group(ada);
    var ready = ready("{\"epoch\":\"e0\",\"heads\":{\"%s\":1}}".formatted(group));
    assertThat(ready.path("resumed").asBoolean()).isFalse();
    assertThat(ready.path("epoch_changed").asBoolean()).isTrue();
    assertThat(ready.path("conversations")).hasSize(1);
    assertThat(link.all("event")).isEmpty();
  }

  @Test
  void headsOfThisLogAreGoneOnFrom() {
    var group = log.group(ada);
    var ready = ready("{\"epoch\":\"e1\",\"heads\":{\"%s\":1}}".formatted(group));
    assertThat(ready.path("resumed").asBoolean()).isTrue();
    assertThat(ready.has("epoch_changed")).isFalse();
    assertThat(link.all("event")).hasSize(1);
  }

  @Test
  void nothingIsWatchedBeforeResuming() {
    open(null);
    auth("good");
    readable = true;
    say(personal(4, "watch", Ids.uuid7(), "\"x\":1"));
    loop.advance(100);
    assertThat(link.errors()).containsExactly("invalid");
  }

  @Test
  void aFullOutboxClosesTheSlowConsumer() {
    open(null);
    auth("good");
    link.takes = false;
    assertThat(session.offer(new Frame(new byte[0]))).isFalse();
    assertThat(link.closed).isEqualTo(CloseCode.SLOW_CONSUMER);
  }

  @Test
  void ofManyMarksTheHighestIsStoredAndAllAreAnswered() {
    var group = log.group(ada, Ids.uuid7());
    resumed();
    for (var seq : List.of(1, 3, 2)) {
      say(personal(seq, "read", group, "\"seq\":" + seq));
    }
    assertThat(kept).isEmpty();
    loop.advance(400);

    assertThat(kept)
        .extracting(PersonalEntry::conversation, PersonalEntry::user, PersonalEntry::value)
        .containsExactly(tuple(group, ada, new Personal.Read(3)));
    assertThat(answers()).contains(1L, 2L, 3L);
  }

  @Test
  void aMarkGoesNoFurtherThanTheConversation() {
    var group = log.group(ada, Ids.uuid7());
    resumed();
    say(personal(1, "read", group, "\"seq\":9000000000"));
    loop.advance(400);
    assertThat(kept).extracting(PersonalEntry::value).containsExactly(new Personal.Read(3));
  }

  @Test
  void marksThatWaitGoOutWhenTheSocketCloses() {
    var group = log.group(ada, Ids.uuid7());
    resumed();
    say(personal(1, "delivered", group, "\"seq\":2"));
    loop.settle();
    session.closed();
    assertThat(kept).extracting(PersonalEntry::value).containsExactly(new Personal.Delivered(2));
  }

  @Test
  void whoIsNoMemberKeepsAndTypesNothing() {
    var group = log.group(Ids.uuid7());
    resumed();
    say(personal(1, "read", group, "\"seq\":1"));
    say(personal(2, "settings", group, "\"pinned\":true"));
    say(personal(3, "typing", group, "\"x\":1"));
    loop.advance(400);
    assertThat(link.errors()).containsExactly("not_found", "not_found", "not_found");
    assertThat(kept).isEmpty();
    assertThat(typed).isEmpty();
  }

  @Test
  void typingIsToldNowAndThenAndNoMore() {
    var group = log.group(ada, Ids.uuid7());
    resumed();
    say(personal(1, "typing", group, "\"x\":1"));
    say(personal(2, "typing", group, "\"x\":1"));
    loop.advance(400);
    assertThat(typed).hasSize(1);
    assertThat(answers()).contains(1L, 2L);
    loop.advance(2_000);
    say(personal(3, "typing", group, "\"x\":1"));
    loop.advance(400);
    assertThat(typed).hasSize(2);
  }

  @Test
  void whatIsTypedAfterAMessageIsToldAtOnce() {
    giveKey();
    var group = log.group(ada, Ids.uuid7());
    resumed();
    say(personal(1, "typing", group, "\"x\":1"));
    loop.advance(400);
    say(
        "{\"id\":2,\"t\":\"send\",\"d\":{\"conversation\":\"%s\",\"message_id\":\"%s\",\"text\":\"x\"}}"
            .formatted(group, Ids.uuid7()));
    say(personal(3, "typing", group, "\"x\":1"));
    loop.advance(400);
    assertThat(typed).hasSize(2);
  }

  @Test
  void aGuestReadsAndNothingElse() {
    open(null);
    auth("guest");
    say("{\"id\":1,\"t\":\"resume\",\"d\":{}}");
    loop.advance(100);
    assertThat(link.all("ready").getFirst().path("d").path("guest").asBoolean()).isTrue();
    giveKey();
    say(send(Ids.uuid7()));
    say(personal(2, "read", Ids.uuid7(), "\"seq\":1"));
    say(personal(3, "typing", Ids.uuid7(), "\"x\":1"));
    assertThat(link.errors())
        .containsExactly("sign_in_required", "sign_in_required", "sign_in_required");
    var channel = log.group(Ids.uuid7());
    readable = true;
    say(personal(4, "watch", channel, "\"x\":1"));
    loop.advance(100);
    assertThat(answers()).contains(4L);
    assertThat(log.isSubscribed(channel)).isTrue();
  }

  @Test
  void whatMayNotBeReadCannotBeWatched() {
    resumed();
    say(personal(4, "watch", Ids.uuid7(), "\"x\":1"));
    loop.advance(100);
    assertThat(link.errors()).containsExactly("not_found");
  }

  @Test
  void aForwardCopiesWhatThePersonMaySee() {
    giveKey();
    resumed();
    var to = Ids.selfConversation(ada);
    var frame =
        "{\"id\":5,\"t\":\"forward\",\"d\":{\"conversation\":\"%s\",\"message_id\":\"%s\",\"from\":{\"conversation\":\"%s\",\"message_id\":\"%s\"}}}";
    say(frame.formatted(to, Ids.uuid7(), Ids.uuid7(), Ids.uuid7()));
    loop.settle();
    assertThat(link.errors()).containsExactly("message_not_found");
    readable = true;
    var from = Ids.uuid7();
    say(frame.formatted(to, Ids.uuid7(), from, Ids.uuid7()));
    loop.settle();
    assertThat(published)
        .singleElement()
        .extracting(CommandEnvelope::command)
        .isInstanceOfSatisfying(
            Command.SendMessage.class,
            send -> {
              assertThat(send.body()).isInstanceOf(Body.Sealed.class);
              assertThat(Objects.requireNonNull(send.forwarded()).conversation()).isEqualTo(from);
            });
  }

  @Test
  void presenceAnswersMembersAndGuestsAsTheyMay() {
    var group = log.group(ada);
    resumed();
    say(
        "{\"id\":1,\"t\":\"presence.sub\",\"d\":{\"users\":[\"%s\"],\"conversations\":[\"%s\"]}}"
            .formatted(Ids.uuid7(), group));
    loop.advance(400);
    assertThat(answers()).contains(1L);
    assertThat(link.frames.stream().map(frame -> frame.path("t").asText()))
        .contains("presence", "counts");
    say("{\"id\":2,\"t\":\"presence.sub\",\"d\":{\"users\":\"x\"}}");
    say(
        "{\"id\":3,\"t\":\"presence.sub\",\"d\":{\"conversations\":[\"%s\",\"%s\"]}}"
            .formatted(group, Ids.uuid7()));
    say("{\"id\":4,\"t\":\"presence.unsub\",\"d\":{\"conversations\":[\"%s\"]}}".formatted(group));
    say(
        "{\"id\":5,\"t\":\"presence.sub\",\"d\":{\"conversations\":[\"%s\"]}}"
            .formatted(Ids.uuid7()));
    loop.advance(400);
    assertThat(link.errors()).containsExactly("invalid", "too_large", "not_found");
  }

  @Test
  void aGuestDoesNotFollowPeople() {
    open(null);
    auth("guest");
    say("{\"id\":1,\"t\":\"presence.sub\",\"d\":{\"users\":[\"%s\"]}}".formatted(Ids.uuid7()));
    assertThat(link.errors()).containsExactly("sign_in_required");
  }

  private JsonNode ready(String position) {
    open(null);
    auth("good");
    say("{\"id\":3,\"t\":\"resume\",\"d\":" + position + "}");
    loop.advance(100);
    return link.all("ready").getFirst().path("d");
  }
}
