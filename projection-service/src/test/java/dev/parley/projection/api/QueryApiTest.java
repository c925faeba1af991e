package dev.parley.projection.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.parley.projection.testing.Await;
import dev.parley.projection.testing.Conversation;
import dev.parley.projection.testing.Person;
import dev.parley.projection.testing.Views;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.HistoryVisibility;
import dev.parley.schemas.conversation.Role;
import dev.parley.schemas.event.EventCodec;
import dev.parley.schemas.id.Ids;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EnginesResource.class)
@SuppressWarnings("NullAway.Init") // Injected, and made before each test.
class QueryApiTest {

  private static final Duration BOUND = Duration.ofSeconds(30);

  @Inject LogWriter log;

  private Person ann;
  private Person bob;
  private Person eve;

  @BeforeEach
  void people() {
    ann = log.newPerson();
    bob = log.newPerson();
    eve = log.newPerson();
  }

  private static RequestSpecification as(Person person) {
    return given().auth().oauth2(Tokens.of(person.id(), "user"));
  }

  private static RequestSpecification internal() {
    return given().header("Parley-Internal", EnginesResource.SECRET);
  }

  private Conversation conversation(ConversationKind kind, HistoryVisibility history) {
    return new Conversation(ann, kind, history, "The " + kind.wireName());
  }

  private Conversation group() {
    return conversation(ConversationKind.GROUP, HistoryVisibility.FROM_START);
  }

  private void write(Conversation conversation) {
    log.write(conversation);
    Views.await(conversation);
  }

  private ValidatableResponse messages(Person person, Conversation conversation, String query) {
    return as(person).get("/api/conversations/" + conversation.id() + "/messages" + query).then();
  }

  private static void absent(ValidatableResponse response) {
    response
        .statusCode(404)
        .contentType("application/problem+json")
        .body("code", equalTo("not_found"));
  }

  @Test
  void aMemberReadsWhatWasWritten() {
    var group = group();
    var message = group.send(ann, "hello *there*", bob.id());
    group.edit(ann, message, 1, "hello again");
    write(group);

    messages(ann, group, "")
        .statusCode(200)
        .header("Parley-Position", group.id() + ":" + group.head())
        .body("messages", hasSize(1))
        .body("messages[0].text", equalTo("hello again"))
        .body("messages[0].revision", equalTo(1))
        .body("messages[0].edited_at", not(nullValue()))
        .body("messages[0].author", equalTo(ann.id().toString()))
        .body("messages[0].deleted", equalTo(false))
        .body("has_before", equalTo(false))
        .body("has_after", equalTo(false));
    as(ann)
        .get("/api/conversations/{id}/messages/{m}/history", group.id(), message)
        .then()
        .statusCode(200)
        .body("revisions.text", contains("hello *there*", "hello again"))
        .body("revisions[0].mentions", contains(bob.id().toString()));
    as(ann)
        .get("/api/conversations/{id}/messages/{m}", group.id(), message)
        .then()
        .statusCode(200)
        .body("id", equalTo(message.toString()));
  }

  @Test
  void historyIsPagedBySeqInBothDirections() {
    var group = group();
    IntStream.rangeClosed(1, 10).forEach(i -> group.send(ann, "m" + i));
    write(group);

    messages(ann, group, "?limit=3")
        .body("messages.text", contains("m8", "m9", "m10"))
        .body("has_before", equalTo(true))
        .body("has_after", equalTo(false));
    messages(ann, group, "?limit=3&before=10")
        .body("messages.text", contains("m5", "m6", "m7"))
        .body("has_before", equalTo(true))
        .body("has_after", equalTo(true));
    messages(ann, group, "?limit=3&after=0")
        .body("messages.text", contains("m1", "m2", "m3"))
        .body("has_before", equalTo(false))
        .body("has_after", equalTo(true));
    messages(ann, group, "?limit=4&around=7")
        .body("messages.text", contains("m4", "m5", "m6", "m7"))
        .body("has_before", equalTo(true))
        .body("has_after", equalTo(true));
    messages(ann, group, "?before=1").body("messages", empty()).body("has_after", equalTo(true));
    messages(ann, group, "?after=99999")
        .body("messages", empty())
        .body("has_before", equalTo(true));
  }

  @Test
  void strangersFindNothingOfAGroupAndFormerMembersOnlyTheirTime() {
    var group = group();
    group.join(bob, Role.MEMBER);
    var message = group.send(ann, "secret");
    group.remove(ann, bob);
    group.send(ann, "after bob");
    write(group);

    for (var path : paths(group, message)) {
      absent(as(eve).get(path).then());
    }
    var base = "/api/conversations/" + group.id();
    absent(as(bob).get(base).then());
    absent(as(bob).get(base + "/members").then());
    messages(bob, group, "")
        .statusCode(200)
        .header("Parley-Position", group.id() + ":5")
        .body("messages.text", contains("secret"));
    as(bob).get(base + "/events?after=0").then().body("events.seq", contains(3, 4, 5));
    for (var person : List.of(eve, bob)) {
      as(person)
          .get("/api/conversations")
          .then()
          .statusCode(200)
          .body("conversations.conversation", not(hasItem(group.id().toString())));
      as(person)
          .get("/api/conversations/directory?q=group")
          .then()
          .body("conversations.conversation", not(hasItem(group.id().toString())));
    }
    for (var path : paths(group, message)) {
      as(ann).get(path).then().statusCode(200);
    }
  }

  private static List<String> paths(Conversation conversation, UUID message) {
    var base = "/api/conversations/" + conversation.id();
    return List.of(
        base,
        base + "/members",
        base + "/messages",
        base + "/messages?before=100",
        base + "/messages?after=0",
        base + "/messages?around=3",
        base + "/messages/" + message,
        base + "/messages/" + message + "/history",
        base + "/events?after=0");
  }

  @Test
  void anybodySignedInReadsAChannelAndFindsIt() {
    var channel = conversation(ConversationKind.CHANNEL, HistoryVisibility.FROM_START);
    var message = channel.send(ann, "public");
    write(channel);

    for (var path : paths(channel, message)) {
      as(eve).get(path).then().statusCode(200);
    }
    as(eve)
        .get("/api/conversations/directory?q=THE CHAN&limit=500")
        .then()
        .statusCode(200)
        .body("conversations.conversation", hasItem(channel.id().toString()));
    as(eve)
        .get("/api/conversations/directory?q=%25")
        .then()
        .statusCode(200)
        .body("conversations", empty());
    as(eve).get("/api/conversations").then().body("conversations", empty());
  }

  @Test
  void historyFromJoiningShowsTheTimesOfTheStays() {
    var group = conversation(ConversationKind.GROUP, HistoryVisibility.FROM_JOINING);
    var early = group.send(ann, "before");
    group.join(bob, Role.MEMBER);
    group.send(ann, "first stay");
    group.leave(bob);
    var between = group.send(ann, "away");
    group.join(bob, Role.MEMBER);
    group.send(ann, "second stay");
    write(group);

    messages(bob, group, "")
        .body("messages.text", contains("first stay", "second stay"))
        .body("has_before", equalTo(false));
    messages(bob, group, "?after=0&limit=1")
        .body("messages.text", contains("first stay"))
        .body("has_after", equalTo(true));
    for (var hidden : List.of(early, between)) {
      as(bob)
          .get("/api/conversations/{id}/messages/{m}", group.id(), hidden)
          .then()
          .statusCode(404);
      as(bob)
          .get("/api/conversations/{id}/messages/{m}/history", group.id(), hidden)
          .then()
          .statusCode(404);
    }
    as(bob)
        .get("/api/conversations/{id}/events?after=0", group.id())
        .then()
        .body("events.seq", contains(4, 5, 6, 8, 9));
    messages(ann, group, "").body("messages", hasSize(4));
  }

  @Test
  void theInboxShowsTheLatestMessageAndPages() {
    var first = group();
    first.join(bob, Role.READ_ONLY);
    var second = conversation(ConversationKind.DIRECT, HistoryVisibility.FROM_START);
    second.join(bob, Role.MEMBER);
    second.send(ann, "one");
    var last = second.send(ann, "two");
    write(first);
    write(second);

    var next =
        as(bob)
            .get("/api/conversations?limit=1")
            .then()
            .statusCode(200)
            .body("conversations", hasSize(1))
            .body("conversations[0].conversation", equalTo(second.id().toString()))
            .body("conversations[0].last_message.id", equalTo(last.toString()))
            .body("conversations[0].last_message.text", equalTo("two"))
            .body("conversations[0].peer", equalTo(ann.id().toString()))
            .body("conversations[0].head_ordinal", equalTo(2))
            .body("conversations[0].members_count", equalTo(2))
            .extract()
            .jsonPath()
            .getString("next");
    as(bob)
        .get("/api/conversations?limit=1&before={next}", next)
        .then()
        .body("conversations[0].conversation", equalTo(first.id().toString()))
        .body("conversations[0].role", equalTo("read_only"))
        .body("conversations[0].last_message", nullValue())
        .body("next", nullValue());
    internal()
        .get("/internal/inboxes?users={ids}", bob.id() + "," + eve.id())
        .then()
        .statusCode(200)
        .body("inboxes", hasSize(2))
        .body("inboxes[0].user", equalTo(bob.id().toString()))
        .body("inboxes[0].truncated", equalTo(false))
        .body("inboxes[0].conversations", hasSize(2))
        .body("inboxes[1].user", equalTo(eve.id().toString()))
        .body("inboxes[1].conversations", hasSize(0));
  }

  @Test
  void anEdgeAsksForSoManyInboxesAtOnceAndNoMore() {
    var many =
        Stream.generate(() -> ann.id().toString()).limit(101).collect(Collectors.joining(","));

    internal().get("/internal/inboxes?users={ids}", many).then().statusCode(422);
    internal().get("/internal/inboxes").then().statusCode(422);
  }

  @Test
  void membersArePaged() {
    var group = group();
    group.join(bob, Role.MEMBER);
    group.join(eve, Role.MEMBER);
    group.leave(eve);
    write(group);

    var next =
        as(ann)
            .get("/api/conversations/{id}/members?limit=1", group.id())
            .then()
            .statusCode(200)
            .body("members", hasSize(1))
            .extract()
            .jsonPath()
            .getString("next");
    as(ann)
        .get("/api/conversations/{id}/members?limit=5&after={next}", group.id(), next)
        .then()
        .body("members", hasSize(1))
        .body("next", nullValue());
  }

  @Test
  void eventsAfterASeqComeFromTheLogAndWithoutTheTextOfDeletedMessages() {
    var group = group();
    var message = group.send(ann, "gone soon");
    group.send(ann, "stays");
    group.delete(ann, message);
    write(group);

    as(ann)
        .get("/api/conversations/{id}/events?after=2&limit=2", group.id())
        .then()
        .statusCode(200)
        .body("head", equalTo(5))
        .body("events.type", contains("message.sent", "message.sent"))
        .body("events.data.text", contains("", "stays"));
    var records =
        internal()
            .get("/internal/conversations/{id}/events?after=2", group.id())
            .then()
            .extract()
            .jsonPath()
            .getList("events", String.class);
    assertThat(records).hasSize(3);
    assertThat(EventCodec.verify(Base64.getDecoder().decode(records.getFirst()))).isTrue();
    internal()
        .get("/internal/conversations/{id}/events?after=0&user={user}", group.id(), eve.id())
        .then()
        .statusCode(404);
    internal()
        .get("/internal/conversations/heads?ids={id},{unknown}", group.id(), eve.id())
        .then()
        .statusCode(200)
        .body("heads.size()", equalTo(1))
        .body("heads.'" + group.id() + "'", equalTo(5));
    internal().get("/internal/conversations/heads?ids=all").then().statusCode(422);
  }

  @Test
  void aReadWaitsForWhatItAsksAndSaysHowFarTheViewIs() {
    var group = group();
    write(group);

    messages(ann, group, "?at_least=" + group.id() + ":2").statusCode(200);
    messages(ann, group, "?at_least=" + group.id() + ":3")
        .statusCode(503)
        .body("code", equalTo("behind"))
        .body("detail", equalTo("The view is at " + group.id() + ":2"));
    group.send(ann, "now");
    log.write(group);
    Await.until(
        "a read that waits succeeds",
        BOUND,
        () -> messages(ann, group, "?at_least=" + group.id() + ":3").extract().statusCode() == 200);
    var unknown = Ids.uuid7();
    for (var id : List.of(group.id(), unknown)) {
      as(eve)
          .get("/api/conversations?at_least=" + id + ":1")
          .then()
          .statusCode(503)
          .body("detail", equalTo("The view is at " + id + ":0"));
    }
  }

  @Test
  void badParametersAreRefusedByName() {
    var group = group();
    write(group);
    var base = "/api/conversations/" + group.id();
    for (var path :
        List.of(
            "/api/conversations/nonsense",
            "/api/conversations/" + group.id().toString().toUpperCase(Locale.ROOT),
            base + "/messages?limit=0",
            base + "/messages?limit=201",
            base + "/messages?limit=x",
            base + "/messages?before=-1",
            base + "/messages?before=99999999999999999999",
            base + "/messages?before=1&after=1",
            base + "/messages?at_least=x",
            base + "/messages?at_least=" + group.id() + ":x",
            base + "/messages/x",
            base + "/messages/x/history",
            base + "/members?after=x",
            base + "/events?after=x",
            base + "/events?limit=100000",
            "/api/conversations?limit=1000000",
            "/api/conversations/directory?q=" + "x".repeat(101))) {
      as(ann)
          .get(path)
          .then()
          .statusCode(422)
          .contentType("application/problem+json")
          .body("code", equalTo("invalid"));
    }
    as(ann)
        .get("/api/conversations?before=x")
        .then()
        .statusCode(400)
        .body("code", equalTo("cursor_invalid"));
    as(ann).get("/api/conversations/directory?q=a%00b").then().statusCode(200);
    as(ann).delete(base).then().statusCode(405);
  }

  @Test
  void withoutAValidTokenNothingIsRead() {
    var expired = Tokens.of("parley", ann.id().toString(), "user", Duration.ofMinutes(-1));
    var foreign = Tokens.of("somebody", ann.id().toString(), "user", Duration.ofMinutes(1));
    var nameless = Tokens.of("parley", "root", "user", Duration.ofMinutes(1));
    given()
        .get("/api/conversations")
        .then()
        .statusCode(401)
        .contentType("application/problem+json");
    for (var token : List.of(expired, foreign, nameless, "x.y.z")) {
      given()
          .auth()
          .oauth2(token)
          .get("/api/conversations")
          .then()
          .statusCode(401)
          .contentType("application/problem+json")
          .body("code", equalTo("unauthenticated"));
    }
  }

  @Test
  void internalPathsLookAbsentWithoutTheSecret() {
    for (var path :
        List.of(
            "/internal/counts",
            "/internal/replay",
            "/internal/inboxes?users=" + ann.id(),
            "/internal/conversations/heads?ids=" + ann.id(),
            "/internal/conversations/" + ann.id() + "/events")) {
      given().get(path).then().statusCode(404);
      given().header("Parley-Internal", "wrong").get(path).then().statusCode(404);
      as(ann).get(path).then().statusCode(404);
    }
    given().post("/internal/replay").then().statusCode(404);
  }

  @Test
  void healthShowsTheLoopsAndTheirLag() {
    Await.until("the loops run", BOUND, () -> given().get("/q/health/ready").statusCode() == 200);

    var health = given().get("/q/health/ready").then().extract().body().asString();

    assertThat(health)
        .contains("delivery.lag")
        .contains("views-")
        .contains("Redis")
        .contains("PostgreSQL");
  }

  @Test
  void aRebuildIsComparedSwitchedAndSwitchedBackWhileReadsGoOn() {
    var group = group();
    var message = group.send(ann, "still there");
    group.edit(ann, message, 1, "still here");
    write(group);
    int before = replay().getInt("in_service");

    internal().post("/internal/replay").then().statusCode(200).body("state", equalTo("building"));
    internal().post("/internal/replay").then().statusCode(409);
    Await.until(
        "the switch",
        BOUND,
        () -> {
          messages(ann, group, "").statusCode(200).body("messages.text", contains("still here"));
          return "switched".equals(replay().getString("state"));
        });

    var done = replay();
    assertThat(done.getInt("in_service")).isEqualTo(before + 1);
    assertThat(done.getString("new.digest")).isEqualTo(done.getString("old.digest"));
    assertThat(done.getLong("new.messages")).isEqualTo(done.getLong("old.messages")).isPositive();
    messages(ann, group, "").statusCode(200).body("messages.text", contains("still here"));

    internal().post("/internal/replay/back").then().statusCode(200);
    assertThat(replay().getInt("in_service")).isEqualTo(before);
    group.send(ann, "and on");
    write(group);
    messages(ann, group, "").body("messages.text", contains("still here", "and on"));
    internal()
        .get("/internal/counts")
        .then()
        .statusCode(200)
        .body("messages", not(nullValue()))
        .body("imported_messages", equalTo(0));
  }

  private static JsonPath replay() {
    return internal().get("/internal/replay").then().statusCode(200).extract().jsonPath();
  }
}
