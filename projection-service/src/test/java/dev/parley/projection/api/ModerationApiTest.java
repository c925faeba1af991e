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
import dev.parley.schemas.command.Command;
import dev.parley.schemas.content.Body;
import dev.parley.schemas.content.Content;
import dev.parley.schemas.content.ContentSeal;
import dev.parley.schemas.content.Place;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.HistoryVisibility;
import dev.parley.schemas.conversation.Role;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.personal.Personal;
import dev.parley.schemas.personal.PersonalEntry;
import dev.parley.schemas.personal.ReportReason;
import dev.parley.schemas.personal.Settlement;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The queues of moderators, and what admins see, over HTTP on real engines.
@QuarkusTest
@QuarkusTestResource(EnginesResource.class)
@SuppressWarnings("NullAway.Init") // Injected, and made before each test.
class ModerationApiTest {

  private static final Duration BOUND = Duration.ofSeconds(30);

  @Inject LogWriter log;

  private Person ann;
  private Person mod;
  private Person bob;
  private Person eve;

  @BeforeEach
  void people() {
    ann = log.newPerson();
    mod = log.newPerson();
    bob = log.newPerson();
    eve = log.newPerson();
  }

  private static RequestSpecification as(Person person, String... groups) {
    return given()
        .auth()
        .oauth2(Tokens.of(person.id(), groups.length == 0 ? Set.of("user") : Set.of(groups), null));
  }

  private static RequestSpecification admin(Person person) {
    return as(person, "user", "admin");
  }

  private static RequestSpecification internal() {
    return given().header("Parley-Internal", EnginesResource.SECRET);
  }

  private Conversation group(HistoryVisibility history) {
    var group = new Conversation(ann, ConversationKind.GROUP, history, "The group");
    group.join(bob, Role.MEMBER);
    return group;
  }

  private void write(Conversation conversation) {
    log.write(conversation);
    Views.await(conversation);
  }

  private void report(Conversation conversation, Person by, UUID message, String note) {
    var place = PersonalEntry.reportPlace(conversation.id(), message, by.id());
    var sealed = ContentSeal.seal(new Content(note, List.of()), by.key(), place);
    log.keep(conversation, by, new Personal.Reported(message, ReportReason.ABUSE, sealed));
  }

  private UUID hold(Conversation conversation, Person author, String text) {
    var message = Ids.uuid7();
    var place = new Place(conversation.id(), message, author.id());
    Body body = ContentSeal.seal(new Content(text, List.of()), author.key(), place);
    log.keep(
        conversation,
        author,
        new Personal.Held(message, new Command.SendMessage(body, null, null), "a bad word"));
    return message;
  }

  /// Marks of a conversation are stored in their order.
  private void awaitSize(RequestSpecification who, String path, String field, int size) {
    Await.until(
        field + " has " + size,
        BOUND,
        () -> who.get(path).jsonPath().getList(field).size() == size);
  }

  private static String reports(Conversation conversation) {
    return "/api/conversations/" + conversation.id() + "/reports";
  }

  private static String held(Conversation conversation) {
    return "/api/conversations/" + conversation.id() + "/held";
  }

  private static void absent(ValidatableResponse response) {
    response.statusCode(404).body("code", equalTo("not_found"));
  }

  @Test
  void moderatorsSeeWhatWasReportedAndNobodyElseKnows() {
    var group = group(HistoryVisibility.FROM_START);
    group.join(mod, Role.MODERATOR);
    var message = group.send(bob, "rude");
    group.edit(bob, message, 1, "less rude");
    write(group);
    report(group, ann, message, "he was rude");
    report(group, bob, Ids.uuid7(), "of a message that is not there");
    report(group, bob, message, "I was");
    awaitSize(as(mod), reports(group), "reports[0].reports", 2);

    as(mod)
        .get(reports(group))
        .then()
        .statusCode(200)
        .header("Cache-Control", "no-store")
        .body("reports", hasSize(1))
        .body("reports[0].conversation", equalTo(group.id().toString()))
        .body("reports[0].message.text", equalTo("less rude"))
        .body("reports[0].message.author", equalTo(bob.id().toString()))
        .body("reports[0].reports.note", contains("he was rude", "I was"))
        .body("reports[0].reports.reason", contains("abuse", "abuse"))
        .body("reports[0].reports[0].user", equalTo(ann.id().toString()))
        .body("reports[0].reports[0].at", equalTo("1970-01-01T00:00:01Z"))
        .body("reports[0].settled", nullValue())
        .body("next", nullValue());
    as(mod)
        .get(reports(group) + "/" + message)
        .then()
        .body("revisions.text", contains("rude", "less rude"))
        .body("message.text", equalTo("less rude"));
    as(ann).get(reports(group)).then().body("reports", hasSize(1));
    admin(eve).get(reports(group)).then().body("reports", hasSize(1));
    admin(eve)
        .get("/api/conversations/reports")
        .then()
        .body("reports.message.id", hasItem(message.toString()));
    as(mod).get("/api/conversations/reports").then().body("reports", hasSize(1));
    as(bob).get("/api/conversations/reports").then().body("reports", empty());
    for (var path : List.of(reports(group), reports(group) + "/" + message, held(group))) {
      absent(as(bob).get(path).then());
      absent(as(eve).get(path).then());
      as(eve, "guest").get(path).then().statusCode(403);
    }
    var asReported = "/internal/conversations/" + group.id() + "/reports/";
    internal().get(asReported + message).then().statusCode(200);
    absent(internal().get(asReported + Ids.uuid7()).then());
    // An admin's token that was narrowed is nobody's.
    absent(
        given()
            .auth()
            .oauth2(Tokens.of(eve.id(), Set.of("user", "admin"), "read write"))
            .get(reports(group))
            .then());

    group.delete(mod, message);
    write(group);
    log.keep(group, mod, new Personal.ReportSettled(message, Settlement.ACTED));
    awaitSize(as(mod), reports(group) + "?state=open", "reports", 0);
    as(mod)
        .get(reports(group))
        .then()
        .body("reports[0].message.deleted", equalTo(true))
        .body("reports[0].message.text", equalTo(""))
        .body("reports[0].reports.note", hasItem("he was rude"))
        .body("reports[0].settled.by", equalTo(mod.id().toString()))
        .body("reports[0].settled.settlement", equalTo("acted"));

    group.remove(ann, mod);
    write(group);
    absent(as(mod).get(reports(group)).then());
    as(mod).get("/api/conversations/reports").then().body("reports", empty());
  }

  @Test
  void aModeratorSeesNoReportOfWhatTheyMayNotRead() {
    var group = group(HistoryVisibility.FROM_JOINING);
    var before = group.send(bob, "before");
    group.join(mod, Role.MODERATOR);
    var after = group.send(bob, "after");
    write(group);
    report(group, ann, before, "look");
    report(group, ann, after, "look");
    awaitSize(as(ann), reports(group), "reports", 2);

    as(mod).get(reports(group)).then().body("reports.message.text", contains("after"));
    as(mod).get(reports(group) + "/" + before).then().statusCode(404);
  }

  @Test
  void ofADirectConversationOnlyAdminsSeeReports() {
    var direct = new Conversation(ann, ConversationKind.DIRECT, HistoryVisibility.FROM_START, "");
    direct.join(bob, Role.MEMBER);
    var message = direct.send(bob, "rude");
    write(direct);
    report(direct, ann, message, "look");
    awaitSize(admin(eve), reports(direct), "reports", 1);

    absent(as(ann).get(reports(direct)).then());
    absent(as(bob).get(reports(direct)).then());
  }

  @Test
  void heldMessagesWaitUntilAModeratorDecided() {
    var group = group(HistoryVisibility.FROM_START);
    group.join(mod, Role.MODERATOR);
    write(group);
    var first = hold(group, bob, "first");
    var second = hold(group, bob, "second");
    awaitSize(as(mod), held(group), "held", 2);

    as(mod)
        .get(held(group))
        .then()
        .body("held.find { it.text == 'first' }.message", equalTo(first.toString()))
        .body("held.reason", contains("a bad word", "a bad word"))
        .body("held.author", contains(bob.id().toString(), bob.id().toString()));
    as(mod).get("/api/conversations/held").then().body("held", hasSize(2));
    as(bob).get("/api/conversations/held").then().body("held", empty());
    // It is nowhere else: neither among the messages nor the events.
    as(ann).get("/api/conversations/{id}/messages", group.id()).then().body("messages", empty());

    var asHeld = "/internal/conversations/" + group.id() + "/held/" + bob.id() + "/" + first;
    var send = internal().get(asHeld).then().body("settled", nullValue()).extract().jsonPath();
    assertThat(Base64.getDecoder().decode(send.getString("send"))).isNotEmpty();
    absent(internal().get(asHeld.replace(bob.id().toString(), ann.id().toString())).then());
    absent(as(mod).get(asHeld).then());

    log.keep(group, mod, new Personal.HeldSettled(bob.id(), first, true));
    awaitSize(as(mod), held(group), "held", 1);
    internal()
        .get(asHeld)
        .then()
        .body("settled.by", equalTo(mod.id().toString()))
        .body("settled.released", equalTo(true));
    as(mod).get(held(group)).then().body("held.message", contains(second.toString()));
  }

  @Test
  void queuesArePaged() {
    var group = group(HistoryVisibility.FROM_START);
    for (int i = 0; i < 5; i++) {
      report(group, ann, group.send(bob, "m" + i), "look");
      hold(group, bob, "held " + i);
    }
    write(group);
    awaitSize(as(ann), held(group), "held", 5);

    assertThat(pages(reports(group), "reports", "message.id")).hasSize(5);
    assertThat(pages(held(group), "held", "message")).hasSize(5);
    as(ann).get(reports(group) + "?after=x").then().statusCode(400);
    as(ann).get(reports(group) + "?limit=0").then().statusCode(422);
    as(ann).get(reports(group) + "?state=x").then().statusCode(422);
  }

  private Set<String> pages(String path, String field, String id) {
    var seen = new HashSet<String>();
    String after = null;
    do {
      var page =
          as(ann).get(path + "?limit=2" + (after == null ? "" : "&after=" + after)).jsonPath();
      List<String> ids = page.getList(field + "." + id);
      assertThat(ids)
          .hasSizeBetween(1, 2)
          .allSatisfy(found -> assertThat(seen.add(found)).isTrue());
      after = page.getString("next");
    } while (after != null);
    return seen;
  }

  @Test
  void anAdminSeesThatAConversationIsThereAndNothingOfWhatIsSaid() {
    var group = group(HistoryVisibility.FROM_START);
    group.send(bob, "a secret");
    write(group);
    var direct =
        new Conversation(ann, ConversationKind.DIRECT, HistoryVisibility.FROM_START, "Us two");
    direct.send(ann, "another secret");
    write(direct);

    admin(eve)
        .get("/api/conversations/{id}", group.id())
        .then()
        .statusCode(200)
        .body("title", equalTo("The group"))
        .body("kind", equalTo("group"))
        .body("members_count", equalTo(2))
        .body("head_seq", equalTo((int) group.head()))
        .body("archived", equalTo(false))
        .body("last_message", nullValue())
        .body("topic", nullValue());
    admin(eve)
        .get("/api/conversations/{id}", direct.id())
        .then()
        .statusCode(200)
        .body("title", equalTo(""))
        .body("peer", nullValue());
    absent(admin(eve).get("/api/conversations/{id}", Ids.uuid7()).then());
    absent(as(eve).get("/api/conversations/{id}", group.id()).then());
    for (var path : List.of("messages", "events", "members", "pins", "marks", "bans")) {
      absent(admin(eve).get("/api/conversations/{id}/" + path, group.id()).then());
    }

    var all = new HashSet<String>();
    String after = null;
    do {
      var page =
          admin(eve)
              .get("/api/conversations/all?limit=500" + (after == null ? "" : "&after=" + after))
              .then()
              .statusCode(200)
              .body("conversations.title", not(hasItem("Us two")))
              .extract()
              .jsonPath();
      all.addAll(page.getList("conversations.conversation"));
      after = page.getString("next");
    } while (after != null);
    assertThat(all).contains(group.id().toString(), direct.id().toString());
    admin(eve).get("/api/conversations/all?q=us two").then().body("conversations", empty());
    admin(eve)
        .get("/api/conversations/all?q=e GROUP&limit=1")
        .then()
        .body("conversations.title", contains("The group"));
    absent(as(ann).get("/api/conversations/all").then());
  }

  @Test
  void otherServicesAreToldTheRole() {
    var group = group(HistoryVisibility.FROM_START);
    group.join(mod, Role.MODERATOR);
    write(group);

    internal()
        .get("/internal/conversations/{id}/access?user={u}", group.id(), mod.id())
        .then()
        .body("role", equalTo("moderator"));
    internal()
        .get("/internal/conversations/{id}/access?user={u}", group.id(), eve.id())
        .then()
        .body("readable", equalTo(false))
        .body("role", nullValue());
  }
}
