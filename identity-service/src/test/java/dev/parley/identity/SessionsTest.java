package dev.parley.identity;

import static dev.parley.identity.Bearer.as;
import static dev.parley.identity.Bearer.claims;
import static dev.parley.identity.Bearer.issuedAtMillis;
import static dev.parley.identity.Somebody.post;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import dev.parley.schemas.session.Revocation;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Engines.class)
class SessionsTest {

  @Inject Pool pool;

  @Test
  void aRefreshTokenUsedAgainAfterItsSuccessorEndsTheSessionAndEveryDoorIsTold() {
    Somebody ada = Somebody.fresh();
    Response first = ada.register();
    Response elsewhere = ada.login();
    Response second = Somebody.refresh(first.path("refresh_token"));
    Response third = Somebody.refresh(second.path("refresh_token"));

    Somebody.refresh(first.path("refresh_token"))
        .then()
        .statusCode(401)
        .body("code", equalTo("unauthenticated"));

    Somebody.refresh(third.path("refresh_token")).then().statusCode(401);
    Somebody.refresh(elsewhere.path("refresh_token")).then().statusCode(200);
    assertThat(RevocationLog.until(one -> isOf(one, first))).anyMatch(one -> isOf(one, first));
  }

  @Test
  void anAnswerThatWasLostIsGivenOnceMoreWhileNobodyUsedIt() {
    Response first = Somebody.fresh().register();
    Response lost = Somebody.refresh(first.path("refresh_token"));

    Response again = Somebody.refresh(first.path("refresh_token"));

    again.then().statusCode(200).body("refresh_token", equalTo(lost.path("refresh_token")));
    Response next = Somebody.refresh(again.path("refresh_token"));
    next.then().statusCode(200);
    Somebody.refresh(lost.path("refresh_token"))
        .then()
        .statusCode(200)
        .body("refresh_token", equalTo(next.path("refresh_token")));
  }

  @Test
  void afterItsGraceATokenThatWasUsedEndsTheSession() {
    Response first = Somebody.fresh().register();
    Response second = Somebody.refresh(first.path("refresh_token"));
    pool.preparedQuery(
            "update identity.refresh_token set used_at_ms = used_at_ms - 10001 where session_id = $1")
        .executeAndAwait(Tuple.of(session(first)));

    Somebody.refresh(first.path("refresh_token")).then().statusCode(401);

    Somebody.refresh(second.path("refresh_token")).then().statusCode(401);
  }

  @Test
  void twoWhoRefreshAtOnceGetTheSameToken() throws InterruptedException {
    Response first = Somebody.fresh().register();
    Queue<Response> answers = new ConcurrentLinkedQueue<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      threads.add(
          Thread.startVirtualThread(
              () -> answers.add(Somebody.refresh(first.path("refresh_token")))));
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(answers).hasSize(6).allMatch(answer -> answer.statusCode() == 200);
    List<String> tokens =
        answers.stream().map(answer -> answer.<String>path("refresh_token")).distinct().toList();
    assertThat(tokens).hasSize(1);
    Somebody.refresh(tokens.getFirst()).then().statusCode(200);
  }

  @Test
  void theDatabaseNeverHoldsATokenNorHowToMakeTheNextOneOnceItWasUsed() {
    Response first = Somebody.fresh().register();
    Response second = Somebody.refresh(first.path("refresh_token"));
    Response third = Somebody.refresh(second.path("refresh_token"));

    List<String> rows = new ArrayList<>();
    pool.preparedQuery(
            "select t::text as line, successor_salt is null as unsaid, used_at_ms is null as unused"
                + " from identity.refresh_token t where session_id = $1 order by used_at_ms nulls last")
        .executeAndAwait(Tuple.of(session(first)))
        .forEach(row ->
            rows.add(
                row.getBoolean("unused")
                    + " "
                    + row.getBoolean("unsaid")
                    + " "
                    + row.getString("line")));

    assertThat(rows).hasSize(3);
    assertThat(rows.get(0)).startsWith("false true ");
    assertThat(rows.get(1)).startsWith("false false ");
    assertThat(rows.get(2)).startsWith("true true ");
    for (Response answer : List.of(first, second, third)) {
      assertThat(rows).noneMatch(row -> row.contains(answer.<String>path("refresh_token")));
    }
  }

  @Test
  void listsWhereOneIsSignedInAndEndsOneOfThem() {
    Somebody ada = Somebody.fresh();
    Response phone = ada.register();
    Response laptop =
        given()
            .header("User-Agent", "Firefox/140 on " + "x".repeat(200))
            .contentType(ContentType.JSON)
            .body(Map.of("name", ada.name(), "password", ada.password()))
            .post("/api/auth/login");

    as(phone)
        .get("/api/auth/sessions")
        .then()
        .statusCode(200)
        .header("Cache-Control", equalTo("no-store"))
        .body("sessions", hasSize(2))
        .body("sessions[0].id", equalTo(session(laptop).toString()))
        .body(
            "sessions[0].client", equalTo(("Firefox/140 on " + "x".repeat(200)).substring(0, 120)))
        .body("sessions[0].current", equalTo(false))
        .body("sessions[1].current", equalTo(true));

    as(phone).delete("/api/auth/sessions/" + session(laptop)).then().statusCode(204);

    Somebody.refresh(laptop.path("refresh_token")).then().statusCode(401);
    as(phone).get("/api/auth/sessions").then().body("sessions", hasSize(1));
    as(phone).delete("/api/auth/sessions/" + session(laptop)).then().statusCode(404);
    assertThat(RevocationLog.until(one -> isOf(one, laptop))).anyMatch(one -> isOf(one, laptop));
  }

  @Test
  void nobodyEndsTheSessionOfSomebodyElse() {
    Response ada = Somebody.fresh().register();
    Response eve = Somebody.fresh().register();

    as(eve)
        .delete("/api/auth/sessions/" + session(ada))
        .then()
        .statusCode(404)
        .body("code", equalTo("not_found"));
    as(eve).delete("/api/auth/sessions/nonsense").then().statusCode(404);

    Somebody.refresh(ada.path("refresh_token")).then().statusCode(200);
  }

  @Test
  void whoLogsOutWithTheAccessTokenIsOutThereAlone() {
    Somebody ada = Somebody.fresh();
    Response phone = ada.register();
    Response laptop = ada.login();

    as(phone).post("/api/auth/logout").then().statusCode(204);

    Somebody.refresh(phone.path("refresh_token")).then().statusCode(401);
    Somebody.refresh(laptop.path("refresh_token")).then().statusCode(200);
    assertThat(RevocationLog.until(one -> isOf(one, phone))).anyMatch(one -> isOf(one, phone));
  }

  @Test
  void anyRefreshTokenOfASessionEndsIt() {
    Response first = Somebody.fresh().register();
    Response second = Somebody.refresh(first.path("refresh_token"));

    post("/api/auth/logout", Map.of("refresh_token", first.<String>path("refresh_token")))
        .then()
        .statusCode(204);

    Somebody.refresh(second.path("refresh_token")).then().statusCode(401);
    post("/api/auth/logout", Map.of("refresh_token", "nonsense")).then().statusCode(204);
    given().post("/api/auth/logout").then().statusCode(204);
  }

  @Test
  void logsOutEverywhereAndWhoLogsInAgainAtOnceIsIn() {
    Somebody ada = Somebody.fresh();
    Response phone = ada.register();
    Response laptop = ada.login();

    as(phone).post("/api/auth/logout-all").then().statusCode(204);
    Response again = ada.login();

    Somebody.refresh(phone.path("refresh_token")).then().statusCode(401);
    Somebody.refresh(laptop.path("refresh_token")).then().statusCode(401);
    Somebody.refresh(again.path("refresh_token")).then().statusCode(200);
    UUID user = UUID.fromString(phone.path("user.id"));
    List<Revocation> told =
        RevocationLog.until(
            one -> one instanceof Revocation.OfPerson(var whose, _) && whose.equals(user));
    assertThat(told).anyMatch(one -> isOf(one, phone)).anyMatch(one -> isOf(one, laptop));
    assertThat(told)
        .filteredOn(one -> one instanceof Revocation.OfPerson && one.user().equals(user))
        .allMatch(one -> one.atMillis() <= issuedAtMillis(again));
    as(again).get("/api/auth/sessions").then().statusCode(200).body("sessions", hasSize(1));
  }

  @Test
  void aNewPasswordEndsTheOtherSessionsAndTheOldPassword() {
    Somebody ada = Somebody.fresh();
    Response here = ada.register();
    Response there = ada.login();

    change(here, ada.password(), "another horse 7 stable").then().statusCode(204);

    Somebody.refresh(here.path("refresh_token")).then().statusCode(200);
    Somebody.refresh(there.path("refresh_token")).then().statusCode(401);
    ada.login().then().statusCode(401);
    new Somebody(ada.name(), "another horse 7 stable").login().then().statusCode(200);
    assertThat(RevocationLog.until(one -> isOf(one, there)))
        .anyMatch(one -> isOf(one, there))
        .noneMatch(one -> isOf(one, here));
  }

  @Test
  void aPasswordIsChangedByWhoKnowsItAndToOneThatIsAllowed() {
    Somebody ada = Somebody.fresh();
    Response here = ada.register();

    change(here, "not the password", "another horse 7 stable")
        .then()
        .statusCode(401)
        .body("code", equalTo("credentials_wrong"));
    change(here, ada.password(), "short").then().statusCode(422).body("code", equalTo("invalid"));
    given()
        .contentType(ContentType.JSON)
        .body(Map.of("current", ada.password(), "password", "another horse 7 stable"))
        .post("/api/auth/password")
        .then()
        .statusCode(401);

    ada.login().then().statusCode(200);
  }

  @Test
  void aPersonHasNoMoreSessionsThanTheLimitAndTheOldestGoes() {
    Somebody ada = Somebody.fresh();
    Response first = ada.register();
    UUID user = UUID.fromString(first.path("user.id"));
    pool.preparedQuery(
            "insert into identity.session"
                + " (id, person_id, created_at_ms, last_used_at_ms, client, expires_at_ms)"
                + " select gen_random_uuid(), $1, created_at_ms, last_used_at_ms + 1, '', expires_at_ms"
                + " from identity.session, generate_series(1, 99) where person_id = $1")
        .executeAndAwait(Tuple.of(user));

    Response last = ada.login();

    as(last)
        .get("/api/auth/sessions")
        .then()
        .body("sessions", hasSize(100))
        .body("sessions.id", not(org.hamcrest.Matchers.hasItem(session(first).toString())));
    Somebody.refresh(first.path("refresh_token")).then().statusCode(401);
  }

  @Test
  void aGuestHasNoSessions() {
    Response guest = given().post("/api/auth/guest");

    as(guest).get("/api/auth/sessions").then().statusCode(403);
    as(guest).post("/api/auth/logout-all").then().statusCode(403);
    as(guest).post("/api/auth/logout").then().statusCode(204);
  }

  private static Response change(Response signedIn, String current, String password) {
    return as(signedIn)
        .contentType(ContentType.JSON)
        .body(Map.of("current", current, "password", password))
        .post("/api/auth/password");
  }

  private static boolean isOf(Revocation revocation, Response signedIn) {
    return revocation instanceof Revocation.OfSession(_, var session, _)
        && session.equals(session(signedIn));
  }

  private static UUID session(Response signedIn) {
    return UUID.fromString(claims(signedIn).getString("sid"));
  }
}
