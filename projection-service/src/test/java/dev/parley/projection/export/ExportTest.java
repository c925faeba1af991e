package dev.parley.projection.export;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.projection.api.EnginesResource;
import dev.parley.projection.api.LogWriter;
import dev.parley.projection.api.Tokens;
import dev.parley.projection.http.Refusal;
import dev.parley.projection.testing.Await;
import dev.parley.projection.testing.Conversation;
import dev.parley.projection.testing.Person;
import dev.parley.projection.testing.TestLimits;
import dev.parley.projection.testing.Views;
import dev.parley.schemas.command.Command;
import dev.parley.schemas.content.Attachment;
import dev.parley.schemas.content.Body;
import dev.parley.schemas.content.Content;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.Everyone;
import dev.parley.schemas.conversation.HistoryVisibility;
import dev.parley.schemas.conversation.Role;
import dev.parley.schemas.event.EventData;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.personal.Personal;
import dev.parley.schemas.personal.ReportReason;
import dev.parley.schemas.wire.Json;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Exports over HTTP on real engines.
@QuarkusTest
@QuarkusTestResource(EnginesResource.class)
@SuppressWarnings("NullAway.Init") // Injected, and made before each test.
class ExportTest {

  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final String OTHERS = "Quokka";

  @Inject LogWriter log;
  @Inject Exports exports;
  @Inject Pool pool;
  @Inject Vertx vertx;

  private Person ann;
  private Person bob;

  @BeforeEach
  void people() {
    ann = log.newPerson();
    bob = log.newPerson();
  }

  @AfterEach
  void identityIsBack() {
    EnginesResource.identityAnswers(200);
  }

  private static RequestSpecification as(Person person, String group) {
    return given().auth().oauth2(Tokens.of(person.id(), group));
  }

  private static Response export(Person person) {
    return as(person, "user").get("/api/conversations/export");
  }

  /// The last one of the person ends a moment after its last byte.
  private static Response exportInTurn(Person person) throws Exception {
    var answer = new AtomicReference<Response>();
    Await.until(
        "the last one is over",
        BOUND,
        () -> {
          answer.set(export(person));
          return answer.get().statusCode() != 429;
        });
    return answer.get();
  }

  private static Map<String, String> files(byte[] zip) throws IOException {
    var files = new LinkedHashMap<String, String>();
    try (var in = new ZipInputStream(new ByteArrayInputStream(zip), StandardCharsets.UTF_8)) {
      for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        files.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return files;
  }

  private static List<JsonNode> lines(Map<String, String> files, String name) throws IOException {
    var lines = new ArrayList<JsonNode>();
    for (var line : String.valueOf(files.get(name)).lines().toList()) {
      lines.add(Json.MAPPER.readTree(line));
    }
    return lines;
  }

  private void write(Conversation conversation) {
    log.write(conversation);
    Views.await(conversation);
  }

  private static Content rich(String word) {
    var file = new Attachment("1", word + ".png", "image/png", 1, "https://files/" + word, 1, 1);
    return new Content("text " + word, List.of(), "type_" + word, Map.of("c", word), List.of(file));
  }

  private static Body plain(String text) {
    return new Body.Plain(new Content(text, List.of()));
  }

  @Test
  void allThatIsOnesOwnIsInTheZipAndNoWordOfOthers() throws Exception {
    var group = new Conversation(bob, ConversationKind.GROUP, HistoryVisibility.FROM_START, OTHERS);
    group.join(ann, Role.MEMBER);
    var mine = group.send(ann, rich("mine"), null, Everyone.NONE, 0);
    group.edit(ann, mine, 1, "mine again", bob.id());
    group.edit(ann, mine, 2, "mine for good");
    group.delete(ann, group.send(ann, "taken back"));
    var theirs = group.send(bob, rich(OTHERS), null, Everyone.NONE, 0);
    group.edit(bob, theirs, 1, OTHERS + " again", ann.id());
    var passedOn = group.forward(ann, bob, rich(OTHERS));
    group.edit(ann, passedOn, 1, "as he said: " + OTHERS);
    group.forward(bob, ann, rich(OTHERS));
    group.forward(ann, ann, rich("once more"));
    group.add(ann, new EventData.ReactionAdded(theirs, "👍"));
    group.add(bob, new EventData.ReactionAdded(mine, OTHERS));
    group.add(ann, new EventData.MessagePinned(theirs));
    group.add(bob, new EventData.MemberBanned(ann.id(), 1, OTHERS));
    group.leave(ann);
    var own = new Conversation(ann, ConversationKind.SELF, HistoryVisibility.FROM_START, "");
    var send = new Command.SendMessage(plain("later"), null, null);
    own.add(ann, new EventData.MessageScheduled(group.id(), Ids.uuid7(), send, 9));
    write(group);
    write(own);
    log.keep(group, ann, new Personal.Reported(theirs, ReportReason.SPAM, plain("my note")));
    log.keep(group, bob, new Personal.Reported(mine, ReportReason.SPAM, plain(OTHERS)));
    log.keep(
        group,
        ann,
        new Personal.Held(
            Ids.uuid7(), new Command.SendMessage(plain("my held"), null, null), OTHERS));
    log.keep(group, bob, new Personal.Draft(plain(OTHERS)));
    log.keep(group, ann, new Personal.Draft(plain("my draft")));
    log.keep(group, ann, new Personal.Pinned(true));
    log.keep(group, ann, new Personal.Hidden(theirs));
    log.keep(group, ann, new Personal.ThreadRead(theirs, 5));
    log.keep(group, ann, new Personal.Read(7));
    Await.until("the marks are there", BOUND, () -> marks(group) == 7);

    var answer = exportInTurn(ann);

    answer
        .then()
        .statusCode(200)
        .contentType("application/zip")
        .header("Cache-Control", "no-store")
        .header("Content-Disposition", "attachment; filename=\"parley-export.zip\"");
    var files = files(answer.asByteArray());
    assertThat(files.keySet())
        .containsExactly(
            "README.txt",
            "account.json",
            "profile.json",
            "conversations.json",
            "messages.ndjson",
            "reactions.ndjson",
            "pins.ndjson",
            "marks.ndjson",
            "thread_marks.ndjson",
            "settings.ndjson",
            "drafts.ndjson",
            "hidden.ndjson",
            "scheduled.ndjson",
            "reports.ndjson",
            "held.ndjson");
    assertThat(files.get("README.txt"))
        .contains(List.copyOf(files.keySet()).subList(1, files.size()));
    assertThat(String.join("\n", files.values())).doesNotContain(OTHERS);
    assertThat(files.get("account.json")).isEqualTo(EnginesResource.ACCOUNT);
    assertThat(Json.MAPPER.readTree(files.get("profile.json")).path("display_name").asText())
        .isEqualTo("Person " + ann.id());
    var stays = Json.MAPPER.readTree(files.get("conversations.json"));
    assertThat(stays).hasSize(2);
    assertThat(stays.findValuesAsText("left_seq")).containsExactly(String.valueOf(group.head()));

    var messages = lines(files, "messages.ndjson");
    assertThat(messages).hasSize(4);
    var first = messages.getFirst();
    assertThat(first.path("text").asText()).isEqualTo("mine for good");
    assertThat(first.path("revisions").findValuesAsText("text"))
        .containsExactly("text mine", "mine again", "mine for good");
    assertThat(first.path("at").asText()).startsWith("2023-");
    assertThat(messages.get(1).path("deleted").asBoolean()).isTrue();
    assertThat(messages.get(2).path("forwarded").path("author").asText())
        .isEqualTo(bob.id().toString());
    assertThat(messages.get(2).has("text")).isFalse();
    assertThat(messages.get(3).path("text").asText()).isEqualTo("text once more");
    assertThat(messages.get(3).path("custom").path("c").asText()).isEqualTo("once more");
    assertThat(messages.get(3).path("attachments").path(0).path("name").asText())
        .isEqualTo("once more.png");
    assertThat(files.get("reactions.ndjson")).contains("👍").hasLineCount(1);
    assertThat(files.get("pins.ndjson")).contains(theirs.toString()).hasLineCount(1);
    assertThat(files.get("hidden.ndjson")).contains(theirs.toString());
    assertThat(files.get("marks.ndjson")).contains("\"read\":");
    assertThat(files.get("thread_marks.ndjson")).contains("\"read\":5");
    assertThat(files.get("settings.ndjson")).contains("\"pinned\":true");
    assertThat(files.get("drafts.ndjson")).contains("my draft");
    assertThat(files.get("scheduled.ndjson")).contains("later", "1970-01-01T00:00:00.009Z");
    assertThat(files.get("reports.ndjson")).contains("my note", "spam");
    assertThat(files.get("held.ndjson")).contains("my held");
  }

  private int marks(Conversation conversation) {
    var rows =
        pool.preparedQuery(
                """
                select (select count(*) from views.report where conversation = $1)
                  + (select count(*) from views.held where conversation = $1)
                  + (select count(*) from views.own where conversation = $1 and draft <> '')
                  + (select count(*) from views.hidden where conversation = $1)
                  + (select count(*) from views.thread_mark where conversation = $1)\
                """)
            .execute(io.vertx.sqlclient.Tuple.of(conversation.id()))
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    return (int) rows.iterator().next().getLong(0).longValue();
  }

  @Test
  void onePersonHasOneAtATimeAndItIsOfOneMoment() throws Exception {
    var group = new Conversation(ann, ConversationKind.GROUP, HistoryVisibility.FROM_START, "Ours");
    group.send(ann, "before");
    write(group);
    var out = new ByteArrayOutputStream();
    try (var running = exports.begin(ann.id())) {
      export(ann).then().statusCode(429).body("code", equalTo("rate_limited"));
      export(bob).then().statusCode(200);
      group.send(ann, "after");
      write(group);
      running.writeTo(out, new byte[0]);
    }

    assertThat(files(out.toByteArray()).get("messages.ndjson")).contains("before").hasLineCount(1);
    exportInTurn(ann).then().statusCode(200);
  }

  @Test
  void whileIdentityIsAwayThereIsNone() throws Exception {
    EnginesResource.identityAnswers(500);
    exportInTurn(ann)
        .then()
        .statusCode(503)
        .contentType("application/problem+json")
        .body("code", equalTo("unavailable"));
    EnginesResource.identityAnswers(200);
    exportInTurn(ann).then().statusCode(200);
  }

  @Test
  void nobodyElseGetsOne() {
    given().get("/api/conversations/export").then().statusCode(401);
    as(ann, "guest").get("/api/conversations/export").then().statusCode(403);
  }

  @Test
  void onlyAFewRunAtOnce() {
    var few = new Exports(pool, vertx, TestLimits.with(Map.of("parley.export.at-once-max", "1")));
    try (var running = few.begin(UUID.randomUUID())) {
      assertThat(running).isNotNull();
      assertThatThrownBy(() -> few.begin(UUID.randomUUID()))
          .isInstanceOf(Refusal.class)
          .hasMessageContaining("More than 1");
    }
    few.begin(UUID.randomUUID()).close();
  }

  @Test
  void anExportThatNobodyReceivesEnds() {
    var soon = new Exports(pool, vertx, TestLimits.with(Map.of("parley.export.longest", "50ms")));
    var forgotten = soon.begin(ann.id());

    Await.until("it is over", BOUND, () -> export(ann).statusCode() == 200);
    assertThatThrownBy(() -> forgotten.writeTo(new ByteArrayOutputStream(), new byte[0]))
        .isInstanceOf(IOException.class);
  }
}
