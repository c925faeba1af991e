package dev.parley.identity;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.parley.schemas.id.Ids;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Engines.class)
@TestProfile(ProvisionTest.TwoIssuers.class)
class ProvisionTest {

  private static final String SECRET = "internal-secret-of-the-test";
  private static final String ISSUER = "https://issuer.example";
  private static final String TRUSTED = "https://trusted.example";

  public static final class TwoIssuers implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> settings = new HashMap<>();
      settings.put("parley.internal-secret", SECRET);
      issuer(settings, "one", ISSUER);
      issuer(settings, "trusted", TRUSTED);
      settings.put("parley.tokens.issuers.trusted.claims.user-id", "parley_id");
      return settings;
    }

    private static void issuer(Map<String, String> settings, String name, String iss) {
      String prefix = "parley.tokens.issuers." + name + ".";
      settings.put(prefix + "issuer", iss);
      settings.put(prefix + "audience", "parley");
      settings.put(prefix + "jwks-url", "http://127.0.0.1:1/jwks.json");
    }
  }

  @Inject Pool pool;

  @Test
  void aStrangerBecomesOnePersonHoweverManyDoorsAskAtOnce() throws InterruptedException {
    String subject = UUID.randomUUID().toString();
    UUID id = Ids.foreign(ISSUER, subject);
    String name = "Zoë.X" + subject.substring(0, 8) + "@example.org";
    Queue<Response> answers = new ConcurrentLinkedQueue<>();

    atOnce(6, () -> answers.add(provision(id, ISSUER, subject, name, "Zoë X")));

    assertThat(answers).hasSize(6);
    for (Response answer : answers) {
      answer
          .then()
          .statusCode(200)
          .body("id", equalTo(id.toString()))
          .body("name", equalTo("zoe.x" + subject.substring(0, 8)))
          .body("display_name", equalTo("Zoë X"));
    }
    assertThat(rows(id)).isEqualTo(1);
  }

  @Test
  void manyWhoWantOneNameGetDifferentOnes() throws InterruptedException {
    String wish = "w" + UUID.randomUUID().toString().substring(0, 8);
    Queue<String> names = new ConcurrentLinkedQueue<>();

    atOnce(
        4,
        () -> {
          String subject = UUID.randomUUID().toString();
          names.add(
              provision(Ids.foreign(ISSUER, subject), ISSUER, subject, wish, null).path("name"));
        });

    assertThat(new HashSet<>(names)).hasSize(4);
    assertThat(names).allMatch(name -> name.startsWith(wish)).contains(wish);
  }

  @Test
  void anIdMustFollowFromIssuerAndSubjectUnlessTheIssuerNamesIds() {
    UUID other = UUID.randomUUID();

    provision(other, ISSUER, "somebody", "eve", null).then().statusCode(422);
    provision(Ids.foreign("https://x", "s"), "https://x", "s", "eve", null).then().statusCode(422);
    provision(other, TRUSTED, "somebody", null, null)
        .then()
        .statusCode(200)
        .body("id", equalTo(other.toString()))
        .body("name", equalTo("user-" + other.toString().substring(28)));
    given()
        .urlEncodingEnabled(false)
        .header("Parley-Internal", "wrong")
        .contentType(ContentType.JSON)
        .body(Map.of())
        .post("/internal/people:provision")
        .then()
        .statusCode(404);
  }

  @Test
  void whoWasErasedDoesNotComeBack() {
    String subject = UUID.randomUUID().toString();
    UUID id = Ids.foreign(ISSUER, subject);
    provision(id, ISSUER, subject, "gone", null).then().statusCode(200);
    pool.preparedQuery("update identity.person set erased = true where id = $1")
        .executeAndAwait(Tuple.of(id));

    provision(id, ISSUER, subject, "gone", null).then().statusCode(410);
  }

  @Test
  void theExportAsksForWhatIsHeldOfAPerson() {
    Response ada = Somebody.fresh().register();
    String account = "/internal/people/" + ada.path("user.id") + "/account";

    given()
        .header("Parley-Internal", SECRET)
        .get(account)
        .then()
        .statusCode(200)
        .body("name", equalTo(ada.path("user.name")))
        .body("has_password", equalTo(true))
        .body("sessions", hasSize(1));
    given().get(account).then().statusCode(404);
  }

  private int rows(UUID id) {
    return pool.preparedQuery("select 1 from identity.person where id = $1")
        .executeAndAwait(Tuple.of(id))
        .size();
  }

  private static void atOnce(int times, Runnable work) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      threads.add(Thread.startVirtualThread(work));
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static Response provision(
      UUID id, String issuer, String subject, @Nullable String name, @Nullable String displayName) {
    Map<String, @Nullable String> body = new HashMap<>();
    body.put("id", id.toString());
    body.put("issuer", issuer);
    body.put("subject", subject);
    body.put("name", name);
    body.put("display_name", displayName);
    return given()
        .urlEncodingEnabled(false)
        .header("Parley-Internal", SECRET)
        .contentType(ContentType.JSON)
        .body(body)
        .post("/internal/people:provision");
  }
}
