package dev.parley.edge.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.edge.auth.Credential;
import dev.parley.edge.auth.Handshake;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.token.Scope;
import dev.parley.schemas.token.Ticket;
import dev.parley.schemas.wire.ClientFrame;
import dev.parley.schemas.wire.CloseCode;
import dev.parley.tokens.Caller;
import dev.parley.tokens.Ended;
import dev.parley.tokens.Verdict;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Ways in, what ends a session from outside, and how far a token reaches.
class SessionAuthTest extends OneSession {

  private static final UUID LAPTOP = Ids.uuid7();
  private static final UUID PHONE = Ids.uuid7();

  @Test
  void aTicketInTheFirstFrameAuthenticatesOnce() {
    var ticket = Ticket.random();
    redeemed.put(ticket.secret(), "good");
    open(null);
    say("{\"id\":1,\"t\":\"auth\",\"d\":{\"ticket\":\"%s\"}}".formatted(ticket.secret()));
    loop.settle();
    assertThat(link.last().path("ok").has("expires_at")).isTrue();
    assertThat(session.user()).isEqualTo(ada);

    say("{\"id\":2,\"t\":\"auth\",\"d\":{\"ticket\":\"%s\"}}".formatted(ticket.secret()));
    loop.settle();
    assertThat(link.errors()).containsExactly("unauthenticated");
    assertThat(link.closed).as("who is known keeps the time that they have").isNull();
  }

  @Test
  void aTicketThatNobodyMadeEndsWhoIsNobody() {
    for (var ticket : List.of(Ticket.random().secret(), "no shape of a ticket")) {
      var other = new RecordingLink();
      var stranger = new Session(other, loop, node());
      stranger.opened(new Handshake.Taken(Credential.ticket(ticket), null, true));
      loop.settle();
      assertThat(other.errors()).containsExactly("unauthenticated");
      assertThat(other.closed).isEqualTo(CloseCode.TOKEN);
    }
  }

  @Test
  void theCookieCountsFromTheFirstFrameThatBringsNothing() {
    openWithCookie("good");
    say("{\"id\":1,\"t\":\"ping\"}");
    assertThat(checked).as("a ping asks for nothing").isEmpty();
    say("{\"id\":2,\"t\":\"resume\",\"d\":{}}");
    loop.advance(100);
    assertThat(session.user()).isEqualTo(ada);
    assertThat(link.all("live")).hasSize(1);
  }

  @Test
  void aCookieIsNotLookedAtIfTheFirstFrameSaysWhoItIs() {
    var bob = Ids.uuid7();
    checks.put("bob", CompletableFuture.completedFuture(valid(bob)));
    openWithCookie("bad");
    auth("bob");
    assertThat(checked).containsOnly("bob");
    assertThat(session.user()).isEqualTo(bob);
    assertThat(link.closed).isNull();
  }

  @Test
  void aCookieThatIsRefusedIsAnErrorAndTheEnd() {
    openWithCookie("bad");
    say("{\"id\":2,\"t\":\"resume\",\"d\":{}}");
    loop.settle();
    assertThat(link.last().path("id").asInt()).isEqualTo(2);
    assertThat(link.errors()).containsExactly("unauthenticated");
    assertThat(link.closed).isEqualTo(CloseCode.TOKEN);
  }

  @Test
  void aCookieThatCannotBeLookedAtNowMayBeTriedAgain() {
    checks.put("later", CompletableFuture.completedFuture(new Verdict.Unavailable()));
    openWithCookie("later");
    say("{\"id\":2,\"t\":\"resume\",\"d\":{}}");
    loop.settle();
    assertThat(link.errors()).containsExactly("unavailable");
    checks.put("later", CompletableFuture.completedFuture(valid(ada)));
    say("{\"id\":3,\"t\":\"resume\",\"d\":{}}");
    loop.advance(100);
    assertThat(link.all("live")).hasSize(1);
  }

  @Test
  void whoShowsACookieAndStaysSilentIsClosedAtTheDeadline() {
    openWithCookie("good");
    loop.advance(5_000);
    assertThat(link.closed).isEqualTo(CloseCode.NO_AUTH_IN_TIME);
  }

  @Test
  void framesOfTheCookieWaitInOrderUntilItIsLookedAt() {
    checks.put("slow", slowCheck);
    openWithCookie("slow");
    say("{\"id\":2,\"t\":\"dance\"}\n{\"id\":3,\"t\":\"dance\"}");
    assertThat(session.wantsMore()).isFalse();
    slowCheck.complete(valid(ada));
    loop.settle();
    assertThat(link.errors()).containsExactly("unknown_type", "unknown_type");
    assertThat(link.last().path("id").asInt()).isEqualTo(3);
  }

  @Test
  void aSessionThatIsLoggedOutEndsAtOnceAndThePersonsOtherSessionsDoNot() {
    var phone = known(PHONE);
    open("of laptop");
    loop.settle();

    admissions.ended(new Ended.Session(ada, LAPTOP));
    loop.settle();

    assertThat(link.closed).isEqualTo(CloseCode.TOKEN);
    assertThat(phone.closed).isNull();
  }

  @Test
  void whoLogsOutEverywhereLosesAllSocketsThatAreOlder() {
    var phone = known(PHONE);
    open("of laptop");
    loop.settle();
    admissions.ended(new Ended.Tokens(ada, loop.nowMillis() + 1));
    loop.settle();
    assertThat(List.of(link.closed, phone.closed)).containsOnly(CloseCode.TOKEN);
    assertThat(admissions.people()).as("nobody is counted any more").isZero();
  }

  @Test
  void whoIsSuspendedOrErasedIsClosedSo() {
    open("of laptop");
    loop.settle();
    admissions.ended(new Ended.Suspended(ada));
    loop.settle();
    assertThat(link.closed).isEqualTo(CloseCode.BANNED);

    var phone = known(PHONE);
    admissions.ended(new Ended.Erased(ada));
    loop.settle();
    assertThat(phone.closed).isEqualTo(CloseCode.TOKEN);
  }

  /// The verdict is on its way while the session is revoked: nobody is registered yet who could be
  /// told.
  @Test
  void aSessionThatIsRevokedWhileItsTokenIsLookedAtDoesNotSlipThrough() {
    var looked = new CompletableFuture<Verdict>();
    checks.put("of laptop", looked);
    session.opened(shown("of laptop"));
    looked.complete(valid(ada, LAPTOP));
    // Before the loop hears of the verdict.
    checks.put("of laptop", refused(Verdict.Reason.REVOKED));
    admissions.ended(new Ended.Session(ada, LAPTOP));
    loop.settle();

    assertThat(link.errors()).containsExactly("unauthenticated");
    assertThat(link.closed).isEqualTo(CloseCode.TOKEN);
    assertThat(session.user()).isNotEqualTo(ada);
    assertThat(admissions.people()).isZero();
  }

  /// The second look is on its way, and was taken just before the revocation: whoever is registered
  /// is told.
  @Test
  void aSessionThatIsRevokedWhileItIsRegisteredIsTold() {
    open("of laptop");
    var second = new CompletableFuture<Verdict>();
    checks.put("of laptop", second);
    loop.settle();
    admissions.ended(new Ended.Session(ada, LAPTOP));
    loop.settle();
    second.complete(valid(ada, LAPTOP));
    loop.settle();
    assertThat(link.closed).isEqualTo(CloseCode.TOKEN);
    assertThat(session.user()).isNotEqualTo(ada);
  }

  @Test
  void aRefreshWithATokenThatIsRevokedInThatMomentEndsTheSession() {
    open("of laptop");
    loop.settle();
    var looked = new CompletableFuture<Verdict>();
    checks.put("of phone", looked);
    say("{\"id\":2,\"t\":\"refresh\",\"d\":{\"token\":\"of phone\"}}");
    // Told to the session while it is still that of the laptop.
    admissions.ended(new Ended.Session(ada, PHONE));
    looked.complete(valid(ada, PHONE));
    checks.put("of phone", refused(Verdict.Reason.REVOKED));
    loop.settle();
    assertThat(link.closed).isEqualTo(CloseCode.TOKEN);
  }

  @Test
  void afterARefreshTheSessionOfTheNewTokenCounts() {
    open("of laptop");
    loop.settle();
    checks.put("of phone", CompletableFuture.completedFuture(valid(ada, PHONE)));
    say("{\"id\":2,\"t\":\"refresh\",\"d\":{\"token\":\"of phone\"}}");
    loop.settle();
    admissions.ended(new Ended.Session(ada, LAPTOP));
    loop.settle();
    assertThat(link.closed).isNull();
    admissions.ended(new Ended.Session(ada, PHONE));
    loop.settle();
    assertThat(link.closed).isEqualTo(CloseCode.TOKEN);
  }

  @Test
  void whoIsSuspendedIsToldTheOneSentenceAndNotToComeBack() {
    checks.put("suspended", refused(Verdict.Reason.SUSPENDED));
    session.opened(shown("suspended"));
    loop.settle();
    assertThat(link.last().path("err").path("detail").asText())
        .isEqualTo("The token is not valid here, or has expired.");
    assertThat(link.closed).isEqualTo(CloseCode.BANNED);
  }

  @Test
  void whatEndsASessionThatIsOverChangesNothing() {
    open("of laptop");
    loop.settle();
    session.closed();
    admissions.ended(new Ended.Session(ada, LAPTOP));
    loop.advance(20_000_000);
    assertThat(link.closed).isNull();
  }

  @ParameterizedTest
  @EnumSource(ClientFrame.class)
  void aTokenReachesAsFarAsItsScopes(ClientFrame frame) {
    for (var scopes : List.of(Set.<Scope>of(), Set.of(Scope.READ), Set.of(Scope.WRITE))) {
      var other = new RecordingLink();
      var scoped = new Session(other, loop, node());
      checks.put("scoped", CompletableFuture.completedFuture(scoped(Ids.uuid7(), scopes)));
      scoped.opened(shown("scoped"));
      loop.settle();
      scoped.received("{\"id\":1,\"t\":\"%s\",\"d\":{}}".formatted(frame.wireName()).getBytes());
      loop.advance(100);
      var enough = scopes.containsAll(Scopes.of(frame));
      assertThat(other.errors().contains("insufficient_scope"))
          .as("%s with %s", frame, scopes)
          .isEqualTo(!enough);
      scoped.closed();
    }
  }

  @Test
  void aFrameBeyondTheTokensScopeIsNotHandledAndNamesTheScope() {
    giveKey();
    checks.put("scoped", CompletableFuture.completedFuture(scoped(ada, Set.of(Scope.READ))));
    open("scoped");
    loop.settle();
    say(send(Ids.uuid7()));
    loop.settle();
    assertThat(published).isEmpty();
    assertThat(link.last().path("err").path("detail").asText()).contains("write");
  }

  @Test
  void aRefreshMayNarrowWhatTheSessionMayDo() {
    giveKey();
    open("of laptop");
    loop.settle();
    checks.put("scoped", CompletableFuture.completedFuture(scoped(ada, Set.of(Scope.READ))));
    say("{\"id\":2,\"t\":\"refresh\",\"d\":{\"token\":\"scoped\"}}");
    loop.settle();
    say(send(Ids.uuid7()));
    assertThat(link.errors()).containsExactly("insufficient_scope");
  }

  @Test
  void commandsOfAnAdminSaySo() {
    giveKey();
    checks.put(
        "admin",
        CompletableFuture.completedFuture(
            new Verdict.Valid(caller(ada, LAPTOP, false, true, null))));
    open("admin");
    loop.settle();
    say(send(Ids.uuid7()));
    assertThat(published.getFirst().admin()).isTrue();

    checks.put("of laptop", CompletableFuture.completedFuture(valid(ada, LAPTOP)));
    say("{\"id\":2,\"t\":\"refresh\",\"d\":{\"token\":\"of laptop\"}}");
    loop.settle();
    say(send(Ids.uuid7()));
    assertThat(published.getLast().admin()).isFalse();
  }

  private void openWithCookie(String token) {
    session.opened(new Handshake.Taken(null, new Credential.AccessToken(token), true));
    loop.settle();
  }

  @Override
  void open(@Nullable String token) {
    checks.putIfAbsent("of laptop", CompletableFuture.completedFuture(valid(ada, LAPTOP)));
    super.open(token);
  }

  /// Another socket of the person, of another session.
  private RecordingLink known(UUID ofSession) {
    var token = "of " + ofSession;
    checks.put(token, CompletableFuture.completedFuture(valid(ada, ofSession)));
    var other = new RecordingLink();
    new Session(other, loop, node()).opened(shown(token));
    loop.settle();
    return other;
  }

  private static CompletableFuture<Verdict> refused(Verdict.Reason reason) {
    return CompletableFuture.completedFuture(new Verdict.Refused(reason));
  }

  private Verdict scoped(UUID user, Set<Scope> scopes) {
    Caller caller = caller(user, null, false, false, scopes);
    return new Verdict.Valid(caller);
  }
}
