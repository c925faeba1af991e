package dev.parley.edge.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.edge.auth.Handshake;
import dev.parley.edge.outbox.Frame;
import dev.parley.rates.Taken;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.wire.CloseCode;
import dev.parley.schemas.wire.Limits;
import dev.parley.tokens.Verdict;
import java.util.List;
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
  void aFullOutboxClosesTheSlowConsumer() {
    open(null);
    auth("good");
    link.takes = false;
    assertThat(session.offer(new Frame(new byte[0]))).isFalse();
    assertThat(link.closed).isEqualTo(CloseCode.SLOW_CONSUMER);
  }
}
