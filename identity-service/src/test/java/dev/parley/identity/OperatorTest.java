package dev.parley.identity;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import dev.parley.log.UserTable;
import dev.parley.schemas.content.KeyLookup;
import dev.parley.schemas.content.MasterKey;
import dev.parley.schemas.user.UserProfile;
import dev.parley.stack.test.TestEngines;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Engines.class)
class OperatorTest {

  @Test
  void importsPeopleOnceWhateverHowOftenItIsAsked() {
    String name = Somebody.fresh().name();
    List<Map<String, String>> people = List.of(person(name, "Ada"), person(name, "Another Ada"));

    Response first = importPeople(people);
    Response again = importPeople(people);

    first.then().statusCode(200).body("created", equalTo(2)).body("existing", equalTo(0));
    again.then().statusCode(200).body("created", equalTo(0)).body("existing", equalTo(2));
    assertThat(first.<List<String>>path("users.name")).containsExactly(name, name + "-2");
    assertThat(again.<List<Object>>path("users")).isEqualTo(first.path("users"));
  }

  @Test
  void givesASuffixToWhoWantsATakenName() {
    Somebody ada = Somebody.fresh();
    ada.register().then().statusCode(201);

    importPeople(List.of(person(ada.name(), "Ada")))
        .then()
        .body("users[0].name", equalTo(ada.name() + "-2"));
    ada.login().then().statusCode(200);
  }

  @Test
  void importedPeopleReachTheLogWithAKey() throws Exception {
    Map<String, String> person = person(Somebody.fresh().name(), "Ada");

    importPeople(List.of(person)).then().statusCode(200);

    UUID id = UUID.fromString(person.get("id"));
    try (UserTable users =
        new UserTable(
            TestEngines.kafka().bootstrapServers(), MasterKey.ofBase64(Engines.MASTER_KEY))) {
      users.start();
      KeyLookup key = users.awaitKey(id, Duration.ofSeconds(20)).toCompletableFuture().get();
      assertThat(key).isInstanceOf(KeyLookup.Known.class);
      assertThat(users.profile(id)).returns(true, UserProfile::imported);
    }
  }

  @Test
  void anImportedPersonCannotLogIn() {
    String name = Somebody.fresh().name();
    importPeople(List.of(person(name, "Ada"))).then().statusCode(200);

    new Somebody(name, "").login().then().statusCode(401);
    new Somebody(name, "nobody").login().then().statusCode(401);
  }

  @Test
  void findsWhoHasAName() {
    Somebody ada = Somebody.fresh();
    String id = ada.register().path("user.id");

    operator(Engines.OPERATOR_SECRET)
        .get("/internal/people?name=" + ada.name())
        .then()
        .statusCode(200)
        .body("users.id", equalTo(List.of(id)));
    operator(Engines.OPERATOR_SECRET)
        .get("/internal/people?name=nobody-has-it")
        .then()
        .statusCode(200)
        .body("users", equalTo(List.of()));
    operator("wrong").get("/internal/people?name=" + ada.name()).then().statusCode(404);
  }

  @Test
  void whoDoesNotHoldTheSecretSeesNothing() {
    for (String secret : new String[] {"", "wrong", Engines.OPERATOR_SECRET + "x"}) {
      operator(secret)
          .contentType(ContentType.JSON)
          .body(Map.of("people", List.of()))
          .post("/internal/people:import")
          .then()
          .statusCode(404);
    }
    given()
        .urlEncodingEnabled(false)
        .contentType(ContentType.JSON)
        .body(Map.of("people", List.of()))
        .post("/internal/people:import")
        .then()
        .statusCode(404);
  }

  @Test
  void refusesTheWholeListForOneBadPerson() {
    Map<String, String> good = person(Somebody.fresh().name(), "Ada");
    Map<String, String> bad = person("Not A Name", "Bob");

    importPeople(List.of(good, bad)).then().statusCode(422).body("detail", startsWith("people[1]"));
    importPeople(List.of(good)).then().body("created", equalTo(1));
  }

  @Test
  void takesAThousandPeopleAtOnceAndNoMore() {
    String prefix = Somebody.fresh().name().substring(0, 12);
    List<Map<String, String>> thousand =
        IntStream.range(0, 1000).mapToObj(i -> person(prefix + i, "Person " + i)).toList();
    List<Map<String, String>> more =
        IntStream.range(0, 1001).mapToObj(i -> person(prefix + i, "Person " + i)).toList();

    importPeople(thousand).then().statusCode(200).body("created", equalTo(1000));
    importPeople(more).then().statusCode(422);
  }

  private static Map<String, String> person(String name, String displayName) {
    return Map.of("id", UUID.randomUUID().toString(), "name", name, "display_name", displayName);
  }

  private static Response importPeople(List<Map<String, String>> people) {
    return operator(Engines.OPERATOR_SECRET)
        .contentType(ContentType.JSON)
        .body(Map.of("people", people))
        .post("/internal/people:import");
  }

  /// The client library would write the colon as %3A.
  private static RequestSpecification operator(String secret) {
    return given().urlEncodingEnabled(false).header("Parley-Operator", secret);
  }
}
