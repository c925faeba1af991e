package dev.parley.edge.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.session.Revocation;
import dev.parley.schemas.token.Ticket;
import dev.parley.schemas.wire.Problem;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who gets in, by which way, and who is put out again: by real sockets, with real engines.
@QuarkusTest
class WaysInTest extends EdgeTest {

  private static final String FOREIGN = "https://evil.example";

  @Test
  void aTicketInTheQueryIsGoodOnce() {
    var user = world.person();
    var ticket = world.ticket(world.token(user));

    isOf(user, TestSocket.open(ws("ticket=" + ticket), Map.of(), "parley.v1.json"));

    isRefused(TestSocket.open(ws("ticket=" + ticket), Map.of(), "parley.v1.json"));
  }

  @Test
  void aTicketAmongTheSubprotocolsIsGoodOnce() {
    var user = world.person();
    var ticket = "ticket." + world.ticket(world.token(user));

    isOf(user, TestSocket.open(ws(), Map.of(), "parley.v1.json", ticket));

    isRefused(TestSocket.open(ws(), Map.of(), "parley.v1.json", ticket));
  }

  @Test
  void ofAllWhoShowOneTicketAtOnceOneGetsIn() {
    var ticket = world.ticket(world.token(world.person()));
    var sockets = IntStream.range(0, 12).mapToObj(_ -> TestSocket.open(ws())).toList();

    sockets.forEach(socket -> socket.send("auth", "{\"ticket\":\"%s\"}".formatted(ticket)));

    var answers = sockets.stream().map(socket -> socket.await(frame -> frame.has("id"))).toList();
    assertThat(answers.stream().filter(answer -> answer.has("ok"))).hasSize(1);
    assertThat(answers.stream().map(answer -> answer.path("err").path("code").asText("")))
        .containsOnly("", "unauthenticated");
    sockets.forEach(TestSocket::close);
  }

  @Test
  void aTicketThatNobodyMadeIsRefused() {
    isRefused(TestSocket.open(ws("ticket=" + Ticket.random().secret()), Map.of()));
    isRefused(TestSocket.open(ws("ticket=nonsense"), Map.of()));
    isRefused(TestSocket.open(ws("ticket="), Map.of()));
  }

  @Test
  void aTicketOfASessionThatEndedMeanwhileIsRefused() {
    var user = world.person();
    var session = Ids.uuid7();
    var token = world.token(user, session);
    var marker = TestSocket.open(ws(), bearer(token));
    var ticket = world.ticket(token);
    marker.push("hello");
    marker.ask("dance", "{}");

    world.revoke(new Revocation.OfSession(user, session, System.currentTimeMillis()));

    assertThat(marker.closeCode()).isEqualTo(4401);
    isRefused(TestSocket.open(ws("ticket=" + ticket), Map.of()));
  }

  @Test
  void theCookieOfAPageOfTheOwnHostAuthenticates() {
    var user = world.person();
    isOf(user, TestSocket.open(ws(), cookie(world.token(user), own()), "parley.v1.json"));
  }

  @Test
  void theCookieOfAPageThatIsTrustedAuthenticates() {
    var user = world.person();
    isOf(user, TestSocket.open(ws(), cookie(world.token(user), EnginesResource.PARTNER)));
  }

  @ParameterizedTest
  @ValueSource(strings = {FOREIGN, "null", "http://127.0.0.1:1", "https://partner.example.evil"})
  void aCookieThatAForeignPageBringsIsRefusedBeforeTheUpgrade(String origin) {
    var token = world.token(world.person());
    var refused = refusal(ws(), cookie(token, origin));
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.headers().firstValue("Content-Type")).hasValue(Problem.MEDIA_TYPE);
  }

  @Test
  void aCookieWithoutAnOriginIsRefusedBeforeTheUpgrade() {
    var token = world.token(world.person());
    assertThat(refusal(ws(), Map.of("Cookie", "parley_access=" + token)).statusCode())
        .isEqualTo(403);
  }

  @Test
  void aForeignPageWithATicketOfItsOwnGetsInWhateverCookieComesAlong() {
    var user = world.person();
    var ticket = world.ticket(world.token(user));
    isOf(
        user,
        TestSocket.open(
            ws("ticket=" + ticket),
            cookie(world.token(world.person()), FOREIGN),
            "parley.v1.json"));
  }

  @Test
  void theFirstFrameComesBeforeTheCookie() {
    var user = world.person();
    var socket =
        TestSocket.open(ws(), cookie(world.token(world.person()), own()), "parley.v1.json");
    socket.ask("auth", "{\"token\":\"%s\"}".formatted(world.token(user)));
    isOf(user, socket);
  }

  @Test
  void aTokenInTheQueryIsRefusedBeforeTheUpgrade() {
    var refused =
        refusal(ws("token=" + world.token(world.person())), bearer(world.token(world.person())));
    assertThat(refused.statusCode()).isEqualTo(400);
  }

  @Test
  void whatIsRefusedIsNotMadeGoodByAnotherWayWhichStaysAsItIs() {
    var user = world.person();
    var ticket = world.ticket(world.token(user));
    isRefused(
        TestSocket.open(
            ws("ticket=" + ticket),
            bearer(world.foreignToken(user)),
            "parley.v1.json",
            "bearer." + world.token(user)));
    isOf(user, TestSocket.open(ws("ticket=" + ticket), Map.of()));
  }

  @Test
  void aSessionThatIsLoggedOutLosesItsSocketsAndNoOthers() {
    var user = world.person();
    var session = Ids.uuid7();
    var laptop = liveAs(world.token(user, session));
    var sameLaptop = liveAs(world.token(user, session));
    var phone = liveAs(world.token(user, Ids.uuid7()));

    world.revoke(new Revocation.OfSession(user, session, System.currentTimeMillis()));

    assertThat(laptop.closeCode()).isEqualTo(4401);
    assertThat(sameLaptop.closeCode()).isEqualTo(4401);
    assertThat(phone.ask("dance", "{}").has("err")).isTrue();
    isRefused(TestSocket.open(ws(), bearer(world.token(user, session))));
    phone.close();
  }

  @Test
  void whoLogsOutEverywhereLosesAllSockets() {
    var user = world.person();
    var sockets = List.of(live(user), liveAs(world.token(user, Ids.uuid7())));
    world.revoke(new Revocation.OfPerson(user, System.currentTimeMillis() + 1_000));
    assertThat(sockets).extracting(TestSocket::closeCode).containsOnly(4401);
  }

  @Test
  void whoIsSuspendedIsClosedWith4403AndDoesNotComeBack() {
    var user = world.person();
    var socket = live(user);
    world.suspend(user);
    assertThat(socket.closeCode()).isEqualTo(4403);
    assertThat(open(user).closeCode()).isEqualTo(4403);
  }

  @Test
  void whoIsErasedIsClosedWith4401() {
    var user = world.person();
    var socket = live(user);
    world.erase(user);
    assertThat(socket.closeCode()).isEqualTo(4401);
    isRefused(open(user));
  }

  /// Sockets come while their sessions are revoked: none of them stays.
  @Test
  void noSocketSlipsThroughWhileItsSessionIsRevoked() {
    for (var i = 0; i < 20; i++) {
      var user = world.person();
      var session = Ids.uuid7();
      var token = world.token(user, session);
      var sockets = new ArrayList<TestSocket>();
      for (var j = 0; j < 3; j++) {
        var socket = TestSocket.open(ws());
        socket.push("hello");
        sockets.add(socket);
      }
      var revoking =
          Thread.ofVirtual()
              .start(() ->
                  world.revoke(
                      new Revocation.OfSession(user, session, System.currentTimeMillis())));
      sockets.forEach(socket -> socket.send("auth", "{\"token\":\"%s\"}".formatted(token)));
      join(revoking);
      assertThat(sockets).extracting(TestSocket::closeCode).containsOnly(4401);
    }
  }

  @Test
  void whoIsBlockedIsToldSoAndTheMessageGoesNowhere() {
    var ada = world.person();
    var bob = world.person();
    var socket = live(ada);
    world.block(bob, ada);
    Awaiting.until("the block", () -> code(socket, ada, bob).equals("blocked"));
    socket.close();
  }

  private static String code(TestSocket socket, UUID ada, UUID bob) {
    return socket
        .ask(
            "send",
            "{\"conversation\":\"%s\",\"message_id\":\"%s\",\"text\":\"hi\"}"
                .formatted(Ids.directConversation(ada, bob), Ids.uuid7()))
        .path("err")
        .path("code")
        .asText();
  }

  private static void isOf(UUID user, TestSocket socket) {
    socket.send("resume", "{}");
    assertThat(socket.push("ready").path("user").asText()).isEqualTo(user.toString());
    socket.close();
  }

  private static void isRefused(TestSocket socket) {
    JsonNode error = socket.await(frame -> frame.has("err")).path("err");
    assertThat(error.path("code").asText()).isEqualTo("unauthenticated");
    assertThat(error.path("detail").asText()).isNotBlank();
    assertThat(socket.closeCode()).isEqualTo(4401);
  }

  private static HttpResponse<?> refusal(URI uri, Map<String, String> headers) {
    var refused =
        catchThrowableOfType(
            CompletionException.class, () -> TestSocket.open(uri, headers, "parley.v1.json"));
    return ((WebSocketHandshakeException) refused.getCause()).getResponse();
  }

  private String own() {
    return "http://" + uri.getAuthority();
  }

  private static Map<String, String> cookie(String token, String origin) {
    return Map.of("Cookie", "theme=dark; parley_access=" + token, "Origin", origin);
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }
}
