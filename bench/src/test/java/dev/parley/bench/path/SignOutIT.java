package dev.parley.bench.path;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.client.Account;
import dev.parley.schemas.wire.Json;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A session that ends takes its sockets with it, on every edge, and its tokens at every door.
@Timeout(120)
class SignOutIT {

  @RegisterExtension static final Town TOWN = new Town();

  private static final String PASSWORD = "correct horse battery staple 4711";

  @Test
  void loggingOutClosesTheSocketsOfThatSessionAlone() throws Exception {
    var phone = account();
    var laptop = TOWN.rest.login(phone.name(), PASSWORD);
    try (var onOne = live(phone, 0);
        var onOther = live(phone, 1);
        var stays = live(laptop, 1)) {
      long start = System.nanoTime();
      TOWN.rest.post("/api/auth/logout", phone.token(), Json.MAPPER.createObjectNode()).expectOk();
      assertThat(onOne.awaitClose()).isEqualTo(4401);
      assertThat(onOther.awaitClose()).isEqualTo(4401);
      tell("logout to both sockets closed", start);
      refusedEverywhere(phone);
      assertThat(stays.isOpen()).isTrue();
      assertThat(TOWN.rest.get("/api/users/me", laptop.token()).status()).isEqualTo(200);
    }
    assertThat(refresh(phone)).isEqualTo(401);
  }

  @Test
  void oneSessionIsEndedFromAnother() throws Exception {
    var phone = account();
    var laptop = TOWN.rest.login(phone.name(), PASSWORD);
    try (var lost = live(phone, 0)) {
      var sessions =
          TOWN.rest.get("/api/auth/sessions", laptop.token()).expectOk().body().path("sessions");
      assertThat(sessions).hasSize(2);
      for (var session : sessions) {
        if (!session.path("current").asBoolean()) {
          TOWN.rest
              .send(
                  "DELETE",
                  "/api/auth/sessions/" + session.path("id").asText(),
                  laptop.token(),
                  Json.MAPPER.createObjectNode())
              .expectOk();
        }
      }
      assertThat(lost.awaitClose()).isEqualTo(4401);
    }
    refusedEverywhere(phone);
  }

  @Test
  void loggingOutEverywhereAndANewPasswordEndTheOthers() throws Exception {
    var phone = account();
    var laptop = TOWN.rest.login(phone.name(), PASSWORD);
    try (var lost = live(phone, 0);
        var stays = live(laptop, 0)) {
      var change =
          Json.MAPPER
              .createObjectNode()
              .put("current", PASSWORD)
              .put("password", "another horse of 4712 batteries");
      TOWN.rest.post("/api/auth/password", laptop.token(), change).expectOk();
      assertThat(lost.awaitClose()).isEqualTo(4401);
      assertThat(stays.isOpen()).isTrue();
      TOWN.rest
          .post("/api/auth/logout-all", laptop.token(), Json.MAPPER.createObjectNode())
          .expectOk();
      assertThat(stays.awaitClose()).isEqualTo(4401);
    }
    refusedEverywhere(phone);
    refusedEverywhere(laptop);
  }

  /// Who has it might have stolen it: nobody can tell the thief from the owner, so both are out.
  @Test
  void aRefreshTokenThatIsUsedAgainEndsTheWholeSession() throws Exception {
    var phone = account();
    var first = Json.MAPPER.createObjectNode().put("refresh_token", phone.refreshToken());
    var second = TOWN.rest.post("/api/auth/refresh", null, first).expectOk().body();
    var third =
        TOWN.rest
            .post(
                "/api/auth/refresh",
                null,
                Json.MAPPER
                    .createObjectNode()
                    .put("refresh_token", second.path("refresh_token").asText()))
            .expectOk()
            .body();
    var now = new Account(phone.user(), phone.name(), third.path("access_token").asText());
    try (var socket = live(now, 1)) {
      assertThat(TOWN.rest.post("/api/auth/refresh", null, first).status()).isEqualTo(401);
      assertThat(socket.awaitClose()).isEqualTo(4401);
    }
    refusedEverywhere(now);
  }

  private static Account account() {
    return TOWN.rest.register("out-" + UUID.randomUUID().toString().substring(0, 8), PASSWORD);
  }

  private static RawSocket live(Account account, int edge) throws InterruptedException {
    return RawSocket.live(TOWN.stack.edges().get(edge), account.token(), "{}");
  }

  private static int refresh(Account account) {
    var body = Json.MAPPER.createObjectNode().put("refresh_token", account.refreshToken());
    return TOWN.rest.post("/api/auth/refresh", null, body).status();
  }

  /// The token is good for minutes yet, by its own words.
  private static void refusedEverywhere(Account account) throws InterruptedException {
    for (var path :
        new String[] {"/api/users/me", "/api/conversations", "/api/search/messages?q=a"}) {
      Await.until("401 at " + path, () -> TOWN.rest.get(path, account.token()).status() == 401);
    }
    var create = Json.MAPPER.createObjectNode().put("kind", "self");
    Await.until(
        "401 at the door of commands",
        () -> TOWN.rest.post("/api/conversations", account.token(), create).status() == 401);
    for (var edge : TOWN.stack.edges()) {
      try (var socket = new RawSocket(edge)) {
        socket.send("{\"id\":1,\"t\":\"auth\",\"d\":{\"token\":\"" + account.token() + "\"}}");
        assertThat(socket.awaitClose()).isEqualTo(4401);
      }
    }
  }

  private static void tell(String what, long startNanos) {
    var took = Duration.ofNanos(System.nanoTime() - startNanos);
    System.out.println("SignOutIT " + what + " after " + took.toMillis() + " ms");
  }
}
