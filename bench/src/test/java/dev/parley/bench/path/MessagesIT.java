package dev.parley.bench.path;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.client.Frames;
import dev.parley.client.Push;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.id.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What becomes of messages, on two edges and in every read.
@Timeout(120)
class MessagesIT {

  @RegisterExtension static final Town TOWN = new Town();

  private static Person ada;
  private static Person grace;
  private static UUID group;

  @BeforeAll
  static void aGroupOfTwo() throws Exception {
    ada = TOWN.person("ada", 0);
    grace = TOWN.person("grace", 1);
    group = ada.create(ConversationKind.GROUP, "Messages", grace);
  }

  @Test
  void aReactionIsSeenCountedOnceAndTakenBack() throws Exception {
    var message = sent("react to me");

    var added = grace.done(Frames.react(group, message, "👍"));
    var again = grace.done(Frames.react(group, message, "👍"));
    var viaRest =
        TOWN.call("PUT", ada, path("/messages/" + message + "/reactions/%F0%9F%91%8D")).expectOk();

    assertThat(again.duplicate()).isTrue();
    assertThat(ada.awaitEvent(group, added.seq()).path("type").asText())
        .isEqualTo("reaction.added");
    grace.awaitEvent(group, viaRest.body().path("seq").asLong());
    var read =
        TOWN.message(
            grace, group, message, m -> m.path("reactions").path(0).path("count").asInt() == 2);
    assertThat(read.path("reactions").path(0).path("me").asBoolean()).isTrue();
    var who = ada.get(TOWN.rest, path("/reactions?message=" + message)).toString();
    assertThat(who).contains(ada.user().toString(), grace.user().toString());

    grace.done(Frames.unreact(group, message, "👍"));
    var after =
        TOWN.message(
            grace, group, message, m -> m.path("reactions").path(0).path("count").asInt() == 1);
    assertThat(after.path("reactions").path(0).path("me").asBoolean()).isFalse();
  }

  @Test
  void aPinIsThereForAllAndGoneAgain() throws Exception {
    var message = sent("pin me");

    var pinned = ada.done(Frames.pin(group, message));
    grace.awaitEvent(group, pinned.seq());
    TOWN.awaitRead(grace, path("/pins"), pins -> pins.toString().contains(message.toString()));
    TOWN.call("DELETE", ada, path("/pins/" + message)).expectOk();

    TOWN.awaitRead(grace, path("/pins"), pins -> !pins.toString().contains(message.toString()));
  }

  @Test
  void aThreadHasItsOwnViewAndItsOwnUnread() throws Exception {
    var root = sent("the root");
    var reply = Ids.uuid7();
    var first = ada.done(Frames.message(group, reply, "in the thread").inThread(root).frame());
    grace.done(Frames.message(group, Ids.uuid7(), "I am in, too").inThread(root).frame());
    var again = Ids.uuid7();
    var last = ada.done(Frames.message(group, again, "and again").inThread(root).frame());

    // The view stores a message and its thread's counts in one transaction.
    var thread =
        TOWN.awaitRead(
            grace,
            path("/messages?thread=" + root),
            page -> page.toString().contains(again.toString()));
    assertThat(thread.path("messages").findValuesAsText("id")).contains(reply.toString());
    var mine =
        TOWN.awaitRead(
            grace, path("/threads"), threads -> threads.toString().contains(root.toString()));
    assertThat(unreadOf(mine, root)).isEqualTo(1);
    TOWN.message(grace, group, root, m -> m.path("replies").path("count").asInt() == 3);

    grace.chat().readThread(group, root, last.seq());
    TOWN.awaitRead(grace, path("/threads"), threads -> unreadOf(threads, root) == 0);
    assertThat(first.seq()).isLessThan(last.seq());
  }

  @Test
  void aMentionIsCountedForTheOneMentioned() throws Exception {
    var conversation = ada.create(ConversationKind.GROUP, "Mentions", grace);
    ada.done(
        Frames.message(conversation, Ids.uuid7(), "@grace look")
            .mentioning(List.of(grace.user()))
            .frame());
    var all =
        ada.done(
            Frames.message(conversation, Ids.uuid7(), "@all look")
                .mentioningEveryone("all")
                .frame());

    var item = TOWN.item(grace, conversation, i -> i.path("mentions").asInt() == 2);
    assertThat(item.path("unread").asInt()).isEqualTo(2);
    grace.chat().read(conversation, all.seq());
    TOWN.item(
        grace, conversation, i -> i.path("mentions").asInt() == 0 && i.path("unread").asInt() == 0);
  }

  @Test
  void aForwardKeepsWhereItIsFromAndAStrangersMessageIsNotForwarded() throws Exception {
    var original = sent("worth sharing");
    var other = grace.direct(ada);
    var copy = Ids.uuid7();
    // The source is read from the view, which follows the log.
    TOWN.message(grace, group, original, m -> m.has("id"));

    var forwarded = grace.done(Frames.forward(other, copy, group, original));

    var seen = ada.awaitEvent(other, forwarded.seq()).path("data");
    assertThat(seen.path("text").asText()).isEqualTo("worth sharing");
    assertThat(seen.path("forwarded").path("message").asText()).isEqualTo(original.toString());
    assertThat(seen.path("forwarded").path("author").asText()).isEqualTo(ada.user().toString());
    var stranger = TOWN.person("mallory", 0);
    var own = stranger.self();
    assertThat(stranger.outcome(Frames.forward(own, Ids.uuid7(), group, original)))
        .isIn("not_found", "message_not_found");
  }

  @Test
  void whatIsHiddenIsHiddenFromMeOnAllMyDevicesOnly() throws Exception {
    var elsewhere = TOWN.device(grace, 0);
    var message = sent("hide me");
    var id = message.toString();
    TOWN.awaitRead(grace, path("/messages?limit=200"), page -> page.toString().contains(id));

    grace.done(Frames.hide(group, message));

    elsewhere.awaitPush(Push.Hidden.class, hidden -> hidden.message().equals(message));
    TOWN.awaitRead(grace, path("/messages?limit=200"), page -> !page.toString().contains(id));
    assertThat(ada.get(TOWN.rest, path("/messages?limit=200")).toString()).contains(id);
  }

  @Test
  void typesDataAndAttachmentsOfAnApplicationComeThrough() throws Exception {
    var message = Ids.uuid7();
    var attachment =
        Map.of(
            "id",
            "a1",
            "name",
            "tea.png",
            "media_type",
            "image/png",
            "bytes",
            1234,
            "url",
            "https://files.example/a1",
            "width",
            10,
            "height",
            20);

    var sent =
        ada.done(
            Frames.message(group, message, "")
                .ofType("poll", Map.of("question", "Tea?"))
                .with("attachments", List.of(attachment))
                .frame());

    for (var data :
        List.of(
            grace.awaitEvent(group, sent.seq()).path("data"),
            TOWN.message(grace, group, message, m -> m.has("id")))) {
      assertThat(data.path("type").asText()).isEqualTo("poll");
      assertThat(data.path("custom").path("question").asText()).isEqualTo("Tea?");
      assertThat(data.path("attachments").path(0).path("name").asText()).isEqualTo("tea.png");
      assertThat(data.path("attachments").path(0).path("bytes").asInt()).isEqualTo(1234);
    }
  }

  @Test
  void theHistoryOfEditsIsReadable() throws Exception {
    var message = sent("first");
    ada.done(Frames.edit(group, message, "second"));
    ada.done(Frames.edit(group, message, "third"));

    var history =
        TOWN.awaitRead(
            grace,
            path("/messages/" + message + "/history"),
            page -> page.path("revisions").size() >= 2);

    assertThat(history.toString()).contains("first", "second");
  }

  @Test
  void aScheduledMessageIsSentWhenItsTimeComesAndACancelledOneNever() throws Exception {
    var sent = Ids.uuid7();
    var cancelled = Ids.uuid7();
    var at = Instant.now().plusSeconds(3);
    ada.done(Frames.schedule(Frames.message(group, sent, "on time"), at));
    ada.done(Frames.schedule(Frames.message(group, cancelled, "never"), at));
    TOWN.awaitRead(
        ada, "/api/conversations/scheduled", page -> page.toString().contains(sent.toString()));
    ada.done(Frames.cancelSchedule(cancelled));

    var event =
        Await.value(
            "grace gets the scheduled message",
            () ->
                grace.events(group).stream()
                    .filter(e -> e.path("id").asText().equals(sent.toString()))
                    .findFirst());

    assertThat(Instant.parse(event.path("at").asText())).isAfterOrEqualTo(at.minusMillis(50));
    assertThat(event.path("actor").asText()).isEqualTo(ada.user().toString());
    assertThat(event.path("data").path("text").asText()).isEqualTo("on time");
    TOWN.awaitRead(
        ada, "/api/conversations/scheduled", page -> !page.toString().contains(sent.toString()));
    assertThat(grace.seen().events.toString()).doesNotContain(cancelled.toString());
  }

  @Test
  void anExpiringMessageIsDeletedByItsTime() throws Exception {
    var message = Ids.uuid7();
    ada.done(
        Frames.message(group, message, "for a moment")
            .expiringAfter(Duration.ofSeconds(2))
            .frame());

    var deleted =
        Await.value(
            "the message expires",
            () ->
                grace.events(group).stream()
                    .filter(e -> e.path("type").asText().equals("message.deleted"))
                    .filter(e -> e.path("data").path("message").asText().equals(message.toString()))
                    .findFirst());

    assertThat(deleted.path("data").path("expired").asBoolean()).isTrue();
    var read = TOWN.message(ada, group, message, m -> m.path("deleted").asBoolean());
    assertThat(read.path("text").asText()).isEmpty();
  }

  @Test
  void anOldSendFromAnotherEdgeAndByRestIsTheSameMessage() throws Exception {
    var message = Ids.uuid7();
    var elsewhere = TOWN.device(ada, 1);
    var first = ada.send(group, message, "only once");
    for (int i = 0; i < 20; i++) {
      ada.send(group, "something in between " + i);
    }

    var again = elsewhere.send(group, message, "only once");
    var body = Person.object().put("id", message.toString()).put("text", "only once");
    var byRest = TOWN.call("POST", ada, path("/messages"), body);

    assertThat(again.duplicate()).isTrue();
    assertThat(again.seq()).isEqualTo(first.seq());
    assertThat(byRest.status()).isEqualTo(200);
    assertThat(byRest.body().path("seq").asLong()).isEqualTo(first.seq());
  }

  private static UUID sent(String text) throws InterruptedException {
    var message = Ids.uuid7();
    grace.awaitEvent(group, ada.send(group, message, text).seq());
    return message;
  }

  private static long unreadOf(JsonNode threads, UUID root) {
    for (var thread : threads.path("threads")) {
      if (thread.toString().contains(root.toString())) {
        return thread.findValue("unread") == null ? -1 : thread.findValue("unread").asLong();
      }
    }
    return -1;
  }

  private static String path(String rest) {
    return "/api/conversations/" + group + rest;
  }
}
