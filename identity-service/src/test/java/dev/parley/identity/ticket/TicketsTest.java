package dev.parley.identity.ticket;

import static dev.parley.identity.Bearer.as;
import static dev.parley.identity.Bearer.claims;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.parley.identity.Engines;
import dev.parley.identity.Somebody;
import dev.parley.schemas.token.Ticket;
import dev.parley.stack.test.TestEngines;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Tickets as an edge takes them: out of Redis, by GETDEL.
@QuarkusTest
@QuarkusTestResource(Engines.class)
class TicketsTest {

  private static final String COOKIE = "parley_refresh";

  @Inject Vertx vertx;
  private @Nullable Redis redis;

  @BeforeEach
  void connect() {
    redis = Redis.createClient(vertx, TestEngines.redis().url());
  }

  @AfterEach
  void close() {
    Objects.requireNonNull(redis).close();
  }

  @Test
  void standsForTheTokenThatAskedForItOnceAndForSeconds() throws Exception {
    var ada = Somebody.fresh().register();

    var answer = as(ada).post("/api/auth/ws-ticket");

    answer.then().statusCode(200).header("Cache-Control", equalTo("no-store"));
    Ticket ticket = ticket(answer.path("ticket"));
    assertThat(Instant.parse(answer.path("expires_at")))
        .isBetween(Instant.now(), Instant.now().plusSeconds(31));
    assertThat(millisLeft(ticket)).isBetween(1L, Duration.ofSeconds(30).toMillis());
    assertThat(take(ticket)).isEqualTo(ada.path("access_token"));
    assertThat(take(ticket)).isNull();
  }

  @Test
  void redisHasNeitherTheTicketNorTheToken() throws Exception {
    var ada = Somebody.fresh().register();
    String secret = as(ada).post("/api/auth/ws-ticket").path("ticket");

    Ticket ticket = ticket(secret);
    byte[] stored = Objects.requireNonNull(bytes(Command.GET, ticket));
    assertThat(ticket.redisKey()).doesNotContain(secret);
    assertThat(new String(stored, StandardCharsets.ISO_8859_1))
        .doesNotContain(secret)
        .doesNotContain(ada.<String>path("access_token"));
    assertThat(Ticket.random().open(stored)).isNull();
  }

  @Test
  void aCookieGetsOneForItsSessionAndIsNotUsedUp() throws Exception {
    Somebody ada = Somebody.fresh();
    ada.register();
    var page = ada.loginWithCookies();
    String cookie = page.getCookie(COOKIE);

    var answer = given().cookie(COOKIE, cookie).post("/api/auth/ws-ticket");

    answer.then().statusCode(200);
    String token = Objects.requireNonNull(take(ticket(answer.path("ticket"))));
    assertThat(claims(token).getString("sid")).isEqualTo(claims(page).getString("sid"));
    given().cookie(COOKIE, cookie).post("/api/auth/refresh").then().statusCode(200);
    given().cookie(COOKIE, cookie).post("/api/auth/ws-ticket").then().statusCode(401);
  }

  @Test
  void aPageOfAnotherOriginGetsNone() {
    Somebody ada = Somebody.fresh();
    ada.register();
    String cookie = ada.loginWithCookies().getCookie(COOKIE);

    given()
        .cookie(COOKIE, cookie)
        .header("Origin", "https://evil.example")
        .post("/api/auth/ws-ticket")
        .then()
        .statusCode(403);
  }

  @Test
  void whoIsNobodyGetsNoneAndAGuestGetsOne() throws Exception {
    given().post("/api/auth/ws-ticket").then().statusCode(401);
    given().auth().oauth2("nonsense").post("/api/auth/ws-ticket").then().statusCode(401);
    var guest = given().post("/api/auth/guest");

    var answer = as(guest).post("/api/auth/ws-ticket");

    assertThat(take(ticket(answer.path("ticket")))).isEqualTo(guest.path("access_token"));
  }

  @Test
  void aSessionThatEndedGetsNone() {
    Somebody ada = Somebody.fresh();
    ada.register();
    String cookie = ada.loginWithCookies().getCookie(COOKIE);
    given().cookie(COOKIE, cookie).post("/api/auth/logout").then().statusCode(204);

    given().cookie(COOKIE, cookie).post("/api/auth/ws-ticket").then().statusCode(401);
  }

  private static Ticket ticket(String secret) {
    return Objects.requireNonNull(Ticket.parse(secret));
  }

  private @Nullable String take(Ticket ticket) throws Exception {
    byte[] sealed = bytes(Command.GETDEL, ticket);
    return sealed == null ? null : ticket.open(sealed);
  }

  private byte @Nullable [] bytes(Command command, Ticket ticket) throws Exception {
    Response response = send(Request.cmd(command).arg(ticket.redisKey()));
    return response == null ? null : response.toBytes();
  }

  private long millisLeft(Ticket ticket) throws Exception {
    Response left = Objects.requireNonNull(send(Request.cmd(Command.PTTL).arg(ticket.redisKey())));
    return Objects.requireNonNull(left.toLong());
  }

  private @Nullable Response send(Request request) throws Exception {
    return Objects.requireNonNull(redis)
        .send(request)
        .toCompletionStage()
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
  }
}
