package dev.parley.identity;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import dev.parley.log.UserTable;
import dev.parley.schemas.content.MasterKey;
import dev.parley.schemas.session.Revocation;
import dev.parley.schemas.user.UserProfile;
import dev.parley.stack.test.TestEngines;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Engines.class)
class AdminTest {

  @Inject Pool pool;

  private Response admin;
  private Somebody ada;
  private Response adaSignedIn;
  private String adaId;

  @BeforeEach
  void register() {
    admin = newAdmin();
    ada = Somebody.fresh();
    adaSignedIn = ada.register();
    adaId = adaSignedIn.path("user.id");
  }

  @Test
  void theOperatorMakesTheFirstAdminAndNobodyElseDoes() {
    as(adaSignedIn).get("/api/admin/users").then().statusCode(403);
    given().get("/api/admin/users").then().statusCode(401);
    given()
        .header("Parley-Operator", "wrong")
        .put("/internal/people/" + ada.name() + "/admin")
        .then()
        .statusCode(404);

    operator(ada.name()).then().statusCode(200).body("id", equalTo(adaId));
    operator(ada.name()).then().statusCode(200);
    operator("nobody-has-it").then().statusCode(404);

    as(ada.login()).get("/api/admin/users/" + adaId).then().body("admin", equalTo(true));
  }

  @Test
  void whoIsSuspendedIsSignedOutEverywhereAndMayComeBackOnceRestored() {
    change(admin, adaId, Map.of("suspended", true))
        .then()
        .statusCode(200)
        .body("suspended", equalTo(true));

    ada.login().then().statusCode(401);
    Somebody.refresh(adaSignedIn.path("refresh_token")).then().statusCode(401);
    UUID id = UUID.fromString(adaId);
    assertThat(RevocationLog.until(one -> isOfPerson(one, id)))
        .anyMatch(one -> isOfPerson(one, id));
    awaitSuspended(id, true);

    change(admin, adaId, Map.of("suspended", false)).then().statusCode(200);

    awaitSuspended(id, false);
    ada.login().then().statusCode(200);
    Somebody.refresh(adaSignedIn.path("refresh_token")).then().statusCode(401);
  }

  @Test
  void theLastAdminStaysHoweverItIsTried() {
    String own = admin.path("user.id");
    // Admins of other tests are none any more, as nobody but this test is one.
    pool.query("update identity.person set admin = false").executeAndAwait();
    operator(admin.path("user.name")).then().statusCode(200);

    for (Map<String, Object> change :
        List.<Map<String, Object>>of(Map.of("admin", false), Map.of("suspended", true))) {
      change(admin, own, change).then().statusCode(409).body("code", equalTo("last_admin"));
    }
    as(admin)
        .delete("/api/admin/users/" + own)
        .then()
        .statusCode(409)
        .body("code", equalTo("last_admin"));

    change(admin, adaId, Map.of("admin", true)).then().statusCode(200);
    change(admin, own, Map.of("admin", false)).then().statusCode(200);
  }

  @Test
  void twoAdminsWhoTakeAwayEachOthersOfficeAtOnceLeaveOne() throws InterruptedException {
    for (int round = 0; round < 5; round++) {
      Response one = newAdmin();
      Response other = newAdmin();
      pool.preparedQuery("update identity.person set admin = id = any($1)")
          .executeAndAwait(Tuple.of(new UUID[] {id(one), id(other)}));
      List<Integer> statuses = Collections.synchronizedList(new ArrayList<>());

      List<Thread> threads =
          List.of(
              Thread.startVirtualThread(() -> statuses.add(demote(one, id(other)))),
              Thread.startVirtualThread(() -> statuses.add(demote(other, id(one)))));
      for (Thread thread : threads) {
        thread.join();
      }

      int left = pool.query("select 1 from identity.person where admin").executeAndAwait().size();
      assertThat(left).as("round %d: %s", round, statuses).isEqualTo(1);
      assertThat(statuses).contains(200);
    }
  }

  @Test
  void whoIsNoAdminAnyMoreLosesTheTokensThatSaySo() {
    Response second = newAdmin();
    UUID id = UUID.fromString(second.path("user.id"));

    change(admin, id.toString(), Map.of("admin", false)).then().statusCode(200);

    assertThat(RevocationLog.until(one -> isOfPerson(one, id)))
        .anyMatch(one -> isOfPerson(one, id));
    as(Somebody.refresh(second.path("refresh_token")))
        .get("/api/admin/users")
        .then()
        .statusCode(403);
  }

  @Test
  void findsPeopleByTheStartOfTheirNamesAPageAtATime() {
    String start = "z" + UUID.randomUUID().toString().substring(0, 8);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      names.add(start + i);
      as(admin)
          .contentType(ContentType.JSON)
          .body(Map.of("name", start + i, "display_name", "Number " + i))
          .post("/api/admin/users")
          .then()
          .statusCode(201)
          .body("has_password", equalTo(false));
    }

    List<String> found = new ArrayList<>();
    String after = null;
    do {
      RequestSpecification page = as(admin).queryParam("q", start).queryParam("limit", 2);
      Response answer =
          (after == null ? page : page.queryParam("after", after)).get("/api/admin/users");
      found.addAll(answer.path("users.name"));
      after = answer.path("next");
    } while (after != null);

    assertThat(found).isEqualTo(names);
    as(admin).queryParam("after", "*").get("/api/admin/users").then().statusCode(422);
    as(admin).queryParam("limit", "0").get("/api/admin/users").then().statusCode(422);
  }

  @Test
  void makesAccountsThatCanLogIn() {
    Somebody bob = Somebody.fresh();
    Map<String, String> account = Map.of("name", bob.name(), "password", bob.password());

    as(admin)
        .contentType(ContentType.JSON)
        .body(account)
        .post("/api/admin/users")
        .then()
        .statusCode(201);

    bob.login().then().statusCode(200);
    as(admin)
        .contentType(ContentType.JSON)
        .body(account)
        .post("/api/admin/users")
        .then()
        .statusCode(409)
        .body("code", equalTo("name_taken"));
    as(admin)
        .contentType(ContentType.JSON)
        .body(Map.of("name", Somebody.fresh().name(), "password", "short"))
        .post("/api/admin/users")
        .then()
        .statusCode(422)
        .body("detail", startsWith("password:"));
  }

  @Test
  void endsSessionsOneByOneAndAll() {
    Response second = ada.login();
    String sessions = "/api/admin/users/" + adaId + "/sessions";
    List<String> ids = as(admin).get(sessions).path("sessions.id");
    assertThat(ids).hasSize(2);

    as(admin).delete(sessions + "/" + ids.getFirst()).then().statusCode(204);
    as(admin).delete(sessions + "/" + ids.getFirst()).then().statusCode(404);

    as(admin).get(sessions).then().body("sessions", hasSize(1));
    Somebody.refresh(second.path("refresh_token")).then().statusCode(401);
    as(admin).delete(sessions).then().statusCode(204);
    Somebody.refresh(adaSignedIn.path("refresh_token")).then().statusCode(401);
    as(admin).get("/api/admin/users/" + UUID.randomUUID() + "/sessions").then().statusCode(404);
  }

  @Test
  void anAdminErasesAPersonAndHasTheReceipt() {
    as(admin).get("/api/admin/erasures/" + adaId).then().statusCode(404);

    Response receipt = as(admin).delete("/api/admin/users/" + adaId);

    receipt.then().statusCode(202).body("requested_by", equalTo(admin.path("user.id")));
    as(admin)
        .delete("/api/admin/users/" + adaId)
        .then()
        .body("receipt", equalTo(receipt.path("receipt")));
    as(admin)
        .get("/api/admin/erasures/" + adaId)
        .then()
        .statusCode(200)
        .body("receipt", equalTo(receipt.path("receipt")));
    as(admin)
        .get("/api/admin/users/" + adaId)
        .then()
        .body("erased", equalTo(true))
        .body("name", startsWith("erased-"))
        .body("display_name", equalTo(""));
    change(admin, adaId, Map.of("suspended", true)).then().statusCode(404);
  }

  @Test
  void everyActIsWrittenDownWithoutNames() {
    change(admin, adaId, Map.of("display_name", "Countess")).then().statusCode(200);
    change(admin, adaId, Map.of("display_name", "Countess")).then().statusCode(200);
    change(admin, adaId, Map.of("suspended", true)).then().statusCode(200);

    Response newest = as(admin).queryParam("limit", 2).get("/api/admin/audit");

    newest
        .then()
        .statusCode(200)
        .body("entries.action", equalTo(List.of("user_suspended", "user_renamed")))
        .body("entries.user", equalTo(List.of(adaId, adaId)))
        .body("entries[0].actor", equalTo(admin.path("user.id")));
    assertThat(newest.asString()).doesNotContain("Countess").doesNotContain(ada.name());
    as(admin)
        .queryParam("limit", 1)
        .queryParam("after", newest.<String>path("next"))
        .get("/api/admin/audit")
        .then()
        .body("entries[0].action", equalTo("admin_made"));
    // Who is suspended is nobody by now, or soon.
    as(Somebody.fresh().register()).get("/api/admin/audit").then().statusCode(403);
  }

  private static boolean isOfPerson(Revocation revocation, UUID person) {
    return revocation instanceof Revocation.OfPerson && revocation.user().equals(person);
  }

  private static void awaitSuspended(UUID person, boolean expected) {
    try (UserTable users =
        new UserTable(
            TestEngines.kafka().bootstrapServers(), MasterKey.ofBase64(Engines.MASTER_KEY))) {
      users.start();
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (!is(users.profile(person), expected) && System.nanoTime() < deadline) {
        Thread.onSpinWait();
      }
      assertThat(is(users.profile(person), expected)).isTrue();
    }
  }

  private static boolean is(@Nullable UserProfile profile, boolean suspended) {
    return profile != null && profile.suspended() == suspended;
  }

  private static Response change(Response admin, String person, Map<String, Object> changes) {
    return as(admin)
        .contentType(ContentType.JSON)
        .body(changes)
        .patch("/api/admin/users/" + person);
  }

  private static int demote(Response admin, UUID person) {
    return change(admin, person.toString(), Map.of("admin", false)).statusCode();
  }

  private static UUID id(Response signedIn) {
    return UUID.fromString(signedIn.path("user.id"));
  }

  private static Response newAdmin() {
    Somebody somebody = Somebody.fresh();
    somebody.register().then().statusCode(201);
    operator(somebody.name()).then().statusCode(200);
    return somebody.login();
  }

  private static Response operator(String name) {
    return given()
        .header("Parley-Operator", Engines.OPERATOR_SECRET)
        .put("/internal/people/" + name + "/admin");
  }

  private static RequestSpecification as(Response signedIn) {
    return given().auth().oauth2(signedIn.path("access_token"));
  }
}
