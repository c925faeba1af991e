package dev.parley.projection.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.parley.projection.access.Delivered;
import dev.parley.projection.testing.Await;
import dev.parley.projection.testing.Conversation;
import dev.parley.projection.testing.Person;
import dev.parley.projection.testing.Views;
import dev.parley.schemas.content.Content;
import dev.parley.schemas.conversation.ConversationChange;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.HistoryVisibility;
import dev.parley.schemas.conversation.Role;
import dev.parley.schemas.event.EventData;
import dev.parley.schemas.personal.Personal;
import dev.parley.schemas.redis.RedisNames;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a conversation does beyond messages, read over HTTP on real engines.
@QuarkusTest
@QuarkusTestResource(EnginesResource.class)
@SuppressWarnings("NullAway.Init") // Injected, and made before each test.
class ConversationApiTest {

  private static final Duration BOUND = Duration.ofSeconds(30);

  @Inject LogWriter log;
  @Inject Pool pool;
  @Inject Redis redis;
  @Inject Delivered delivered;

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
    return as(person, "user");
  }

  private static RequestSpecification as(Person person, String group) {
    return given().auth().oauth2(Tokens.of(person.id(), group));
  }

  private static RequestSpecification internal() {
    return given().header("Parley-Internal", EnginesResource.SECRET);
  }

  private Conversation conversation(ConversationKind kind) {
    return new Conversation(ann, kind, HistoryVisibility.FROM_START, "The " + kind.wireName());
  }

  private void write(Conversation conversation) {
    log.write(conversation);
    Views.await(conversation);
  }

  private ValidatableResponse read(Person person, Conversation conversation, String path) {
    return as(person).get("/api/conversations/" + conversation.id() + path).then();
  }

  /// The person's only conversation in the inbox.
  private ValidatableResponse inbox(Person person) {
    return as(person).get("/api/conversations").then().statusCode(200);
  }

  private void awaitInbox(Person person, String field, Object value) {
    Await.until(
        field + " is " + value,
        BOUND,
        () -> value.equals(inbox(person).extract().jsonPath().get("conversations[0]." + field)));
  }

  @Test
  void unreadAndMentionsAreWhatIsLeftAfterTheMark() {
    var group = conversation(ConversationKind.GROUP);
    group.join(bob, Role.MEMBER);
    group.send(ann, "one", bob.id());
    group.send(ann, "two");
    group.call(ann, "all of you");
    group.send(ann, "four", bob.id());
    write(group);

    inbox(bob)
        .body("conversations[0].unread", equalTo(4))
        .body("conversations[0].mentions", equalTo(3));
    inbox(ann).body("conversations[0].unread", equalTo(0));
    log.keep(group, bob, new Personal.Read(5));
    awaitInbox(bob, "unread", 2);
    inbox(bob)
        .body("conversations[0].mentions", equalTo(2))
        .body("conversations[0].delivered_seq", equalTo(5));
    // The conversation by itself says the same.
    as(bob)
        .get("/api/conversations/{id}", group.id())
        .then()
        .body("unread", equalTo(2))
        .body("read_seq", equalTo(5))
        .body("settings.pinned", equalTo(false));
    as(bob)
        .get("/api/conversations/unread")
        .then()
        .statusCode(200)
        .body("conversations", equalTo(1))
        .body("unread", equalTo(2))
        .body("mentions", equalTo(2));

    // A lower mark changes nothing; of the settings the last counts.
    log.keep(group, bob, new Personal.Read(3));
    log.keep(group, bob, new Personal.Muted(-1));
    awaitInbox(bob, "settings.muted_until", "forever");
    inbox(bob)
        .body("conversations[0].unread", equalTo(2))
        .body("conversations[0].read_seq", equalTo(5));
    as(bob).get("/api/conversations/unread").then().body("unread", equalTo(0));
    read(ann, group, "/marks")
        .statusCode(200)
        .body("marks.find { it.user == '" + bob.id() + "' }.read", equalTo(5))
        .body("marks.find { it.user == '" + bob.id() + "' }.delivered", equalTo(5));

    // Whoever sends has read.
    group.send(bob, "five");
    write(group);
    inbox(bob).body("conversations[0].unread", equalTo(0));
  }

  @Test
  void marksAreToldOneByOneUpToASizeAndSummarisedAboveIt() {
    var group = conversation(ConversationKind.GROUP);
    group.join(bob, Role.MEMBER);
    group.send(ann, "one");
    group.send(ann, "two");
    while (members(group) < 200) {
      group.join(Person.random(), Role.MEMBER);
    }
    write(group);
    log.keep(group, bob, new Personal.Read(4));
    awaitInbox(bob, "read_seq", 4);
    read(bob, group, "/marks").body("marks", hasSize(200)).body("summarised", nullValue());

    group.join(eve, Role.MEMBER);
    write(group);
    read(bob, group, "/marks")
        .statusCode(200)
        .body("summarised", equalTo(true))
        .body("marks", nullValue())
        .body("read.seq", contains(4, 5))
        .body("read.count", contains(2, 1));
  }

  private static long members(Conversation conversation) {
    return conversation.events().stream()
        .filter(event -> event.event().data() instanceof EventData.MemberJoined)
        .count();
  }

  @Test
  void aMessageShowsWhatHangsOnIt() {
    var group = conversation(ConversationKind.GROUP);
    group.join(bob, Role.MEMBER);
    var root = group.send(ann, "root");
    group.add(bob, new EventData.ReactionAdded(root, "👍"));
    group.add(ann, new EventData.ReactionAdded(root, "👍"));
    group.add(bob, new EventData.ReactionAdded(root, "🦜"));
    group.add(bob, new EventData.ReactionRemoved(root, "🦜"));
    group.add(ann, new EventData.MessagePinned(root));
    group.reply(bob, root, "first");
    group.reply(bob, root, "second");
    var other = group.send(ann, "no thread");
    write(group);

    read(ann, group, "/messages/" + root)
        .statusCode(200)
        .body("reactions", hasSize(1))
        .body("reactions[0].emoji", equalTo("👍"))
        .body("reactions[0].count", equalTo(2))
        .body("reactions[0].me", equalTo(true))
        .body("pinned", equalTo(true))
        .body("replies.count", equalTo(2))
        .body("replies.unread", equalTo(2));
    read(bob, group, "/messages/" + root).body("replies.unread", equalTo(0));
    read(ann, group, "/messages?thread=" + root)
        .body("messages.text", contains("root", "first", "second"));
    read(ann, group, "/messages/" + other).body("replies", nullValue());
    read(ann, group, "/pins").body("messages.id", contains(root.toString()));
    read(ann, group, "/threads").body("threads.id", contains(root.toString()));
    read(ann, group, "/reactions?message=" + root)
        .body("reactions[0].users", contains(bob.id().toString(), ann.id().toString()));

    group.delete(ann, root);
    write(group);
    read(ann, group, "/messages/" + root).body("reactions", empty()).body("pinned", equalTo(false));
    read(ann, group, "/pins").body("messages", empty());
  }

  @Test
  void whatIHideOnlyIDoNotSee() {
    var group = conversation(ConversationKind.GROUP);
    group.join(bob, Role.MEMBER);
    var message = group.send(ann, "spoiler");
    write(group);
    log.keep(group, bob, new Personal.Hidden(message));

    Await.until(
        "it is hidden",
        BOUND,
        () -> read(bob, group, "/messages/" + message).extract().statusCode() == 404);
    read(bob, group, "/messages").body("messages", empty());
    read(ann, group, "/messages").body("messages", hasSize(1));
    inbox(bob).body("conversations[0].last_message", nullValue());
  }

  @Test
  void aFormerMemberSeesNothingThatCameAfter() {
    var group = conversation(ConversationKind.GROUP);
    group.join(bob, Role.MEMBER);
    var message = group.send(ann, "before");
    group.edit(ann, message, 1, "still before");
    group.remove(ann, bob);
    group.edit(ann, message, 2, "after");
    group.add(ann, new EventData.ReactionAdded(message, "🦜"));
    group.add(ann, new EventData.MessagePinned(message));
    group.reply(ann, message, "after, too");
    write(group);

    read(bob, group, "/messages")
        .statusCode(200)
        .body("messages.text", contains("still before"))
        .body("messages[0].revision", equalTo(1))
        .body("messages[0].reactions", empty())
        .body("messages[0].pinned", equalTo(false))
        .body("messages[0].replies", nullValue());
    read(bob, group, "/messages/" + message + "/history")
        .body("revisions.text", contains("before", "still before"));
    read(bob, group, "/reactions?message=" + message).body("reactions", empty());
    for (var path : List.of("", "/members", "/pins", "/threads", "/marks", "/bans")) {
      read(bob, group, path).statusCode(404);
    }
    internal()
        .get("/internal/conversations/{id}/access?user={u}", group.id(), bob.id())
        .then()
        .body("readable", equalTo(false))
        .body("member", equalTo(false));
    read(ann, group, "/messages").body("messages.text", contains("after", "after, too"));
  }

  @Test
  void whoIsBannedFindsNothingEvenOfAChannel() {
    var channel = conversation(ConversationKind.CHANNEL);
    channel.send(ann, "public");
    channel.add(ann, new EventData.MemberBanned(bob.id(), 0, "spam"));
    channel.add(ann, new EventData.MemberBanned(eve.id(), 1_000, "long over"));
    write(channel);

    for (var path : List.of("", "/messages", "/members", "/events?after=0", "/pins")) {
      read(bob, channel, path).statusCode(404);
      read(eve, channel, path).statusCode(200);
    }
    assertThat(directory(bob)).doesNotContain(channel.id().toString());
    assertThat(directory(eve)).contains(channel.id().toString());
    read(ann, channel, "/bans")
        .statusCode(200)
        .body("bans", hasSize(1))
        .body("bans[0].user", equalTo(bob.id().toString()))
        .body("bans[0].reason", equalTo("spam"))
        .body("bans[0].until", nullValue());
    read(eve, channel, "/bans").statusCode(404);

    channel.add(ann, new EventData.MemberUnbanned(bob.id()));
    write(channel);
    read(bob, channel, "/messages").statusCode(200);
  }

  private static List<String> directory(Person person) {
    return as(person)
        .get("/api/conversations/directory?limit=500")
        .jsonPath()
        .getList("conversations.conversation");
  }

  @Test
  void whatOthersForwardedOfAnErasedPersonIsGoneFromMessagesAndEvents() {
    var group = conversation(ConversationKind.GROUP);
    group.join(bob, Role.MEMBER);
    var copy = group.forward(bob, eve, new Content("her words", List.of()));
    group.edit(bob, copy, 1, "her words, he says");
    group.send(bob, "his own");
    write(group);
    read(ann, group, "/messages").body("messages.text", contains("her words, he says", "his own"));

    log.erase(eve);
    Await.until(
        "the copy is empty",
        BOUND,
        () -> read(ann, group, "/messages/" + copy).extract().jsonPath().getBoolean("erased"));

    for (var path : List.of("/messages", "/messages/" + copy + "/history", "/events?after=0")) {
      assertThat(read(ann, group, path).extract().asString()).doesNotContain("her words");
    }
    read(ann, group, "/messages").body("messages.text", contains("", "his own"));
    read(ann, group, "/events?after=0")
        .body("events.find { it.type == 'message.edited' }.data.erased", equalTo(true));
  }

  @Test
  void aGuestReadsChannelsAndNothingElse() {
    var channel = conversation(ConversationKind.CHANNEL);
    var message = channel.send(ann, "public");
    var group = conversation(ConversationKind.GROUP);
    group.send(ann, "private");
    write(channel);
    write(group);

    for (var path :
        List.of("", "/messages", "/messages/" + message, "/members", "/events", "/pins")) {
      as(eve, "guest").get("/api/conversations/" + channel.id() + path).then().statusCode(200);
      as(eve, "guest").get("/api/conversations/" + group.id() + path).then().statusCode(404);
    }
    as(eve, "guest").get("/api/conversations/directory").then().statusCode(200);
    // Also with the id of a member.
    as(ann, "guest").get("/api/conversations/" + group.id() + "/messages").then().statusCode(404);
    for (var path :
        List.of(
            "",
            "/unread",
            "/scheduled",
            "/" + channel.id() + "/threads",
            "/" + channel.id() + "/marks",
            "/" + channel.id() + "/bans",
            "/" + channel.id() + "/channels")) {
      as(eve, "guest")
          .get("/api/conversations" + path)
          .then()
          .statusCode(403)
          .body("code", equalTo("sign_in_required"));
    }
    internal()
        .get("/internal/conversations/{id}/access?user={u}&guest=true", channel.id(), eve.id())
        .then()
        .body("readable", equalTo(true))
        .body("member", equalTo(false));
    internal()
        .get("/internal/conversations/{id}/access?user={u}&guest=true", group.id(), ann.id())
        .then()
        .body("readable", equalTo(false));
  }

  @Test
  void aSpaceListsTheChannelsThatTheReaderMaySee() {
    var channel = conversation(ConversationKind.CHANNEL);
    channel.join(bob, Role.MEMBER);
    var hidden = conversation(ConversationKind.GROUP);
    var space = conversation(ConversationKind.SPACE);
    space.join(bob, Role.MEMBER);
    space.add(ann, new EventData.ChannelAdded(channel.id()));
    space.add(ann, new EventData.ChannelAdded(hidden.id()));
    write(channel);
    write(hidden);
    write(space);

    read(ann, space, "/channels")
        .statusCode(200)
        .body(
            "conversations.conversation",
            contains(channel.id().toString(), hidden.id().toString()));
    read(bob, space, "/channels")
        .body("conversations.conversation", contains(channel.id().toString()));
    read(eve, space, "/channels").statusCode(404);
    inbox(bob)
        .body(
            "conversations.find { it.conversation == '" + channel.id() + "' }.space",
            equalTo(space.id().toString()));
  }

  @Test
  void detailsChangeAndAMuteIsToldToTheMuted() {
    var group = conversation(ConversationKind.GROUP);
    group.join(bob, Role.MEMBER);
    group.add(
        ann,
        new EventData.ConversationChanged(
            new ConversationChange("New", null, "🦜", Map.of("a", "b"), null, 30)));
    group.add(ann, new EventData.ConversationArchived(true));
    group.add(ann, new EventData.MemberMuted(bob.id(), 4_000_000_000_000L));
    write(group);

    read(bob, group, "")
        .statusCode(200)
        .body("title", equalTo("New"))
        .body("topic", equalTo("about The group"))
        .body("avatar", equalTo("🦜"))
        .body("custom.a", equalTo("b"))
        .body("archived", equalTo(true))
        .body("slow_mode_seconds", equalTo(30))
        .body("my_muted_until", equalTo("2096-10-02T07:06:40Z"));
    inbox(ann).body("conversations[0].my_muted_until", nullValue());
    read(ann, group, "/members")
        .body("members.find { it.user == '%s' }.muted_until".formatted(bob.id()), notNullValue())
        .body("members.find { it.user == '%s' }.muted_until".formatted(ann.id()), nullValue());
    internal()
        .get("/internal/conversations/{id}/access?user={u}", group.id(), bob.id())
        .then()
        .body("member", equalTo(true))
        .body("kind", equalTo("group"))
        .body("head_seq", equalTo(6))
        .body("members_count", equalTo(2))
        .body("joined_seq", equalTo(3));
  }

  @Test
  void aMessageToForwardIsWhatThePersonSees() {
    var group = conversation(ConversationKind.GROUP);
    var message = group.send(ann, "pass it on");
    write(group);

    internal()
        .get("/internal/conversations/{id}/messages/{m}?user={u}", group.id(), message, ann.id())
        .then()
        .statusCode(200)
        .body("text", equalTo("pass it on"))
        .body("author", equalTo(ann.id().toString()));
    internal()
        .get("/internal/conversations/{id}/messages/{m}?user={u}", group.id(), message, eve.id())
        .then()
        .statusCode(404);
    given()
        .get("/internal/conversations/{id}/messages/{m}?user={u}", group.id(), message, ann.id())
        .then()
        .statusCode(404);
  }

  /// Its sender was answered by the tail, and the views have not got there yet.
  @Test
  void whatWasToldIsThereToForwardAndWhoJoinedIsAMemberAlsoWhileTheViewIsBehind() {
    var group = conversation(ConversationKind.GROUP);
    write(group);
    hold();
    group.join(bob, Role.MEMBER);
    var message = group.send(ann, "pass it on at once");
    log.write(group);
    Await.until("it is delivered", BOUND, () -> tailHead(group) == group.head());

    var source =
        answer("/internal/conversations/%s/messages/%s?user=%s", group.id(), message, bob.id());
    var access = answer("/internal/conversations/%s/access?user=%s", group.id(), bob.id());
    var mark =
        answer(
            "/internal/conversations/%s/access?user=%s&seq=%s", group.id(), ann.id(), group.head());
    var missing =
        answer("/internal/conversations/%s/messages/%s?user=%s", group.id(), ann.id(), ann.id());
    Await.until("they wait", BOUND, () -> delivered.waiting() == 4);
    release();

    source.join().then().statusCode(200).body("text", equalTo("pass it on at once"));
    access.join().then().statusCode(200).body("member", equalTo(true));
    mark.join().then().body("head_seq", equalTo((int) group.head()));
    missing.join().then().statusCode(404);
    // What nobody was ever told of is not waited for.
    internal()
        .get("/internal/conversations/{id}/access?user={u}&seq=999999999", group.id(), ann.id())
        .then()
        .body("head_seq", equalTo((int) group.head()));
    assertThat(delivered.waiting()).isZero();
  }

  private static CompletableFuture<Response> answer(String path, Object... ids) {
    return CompletableFuture.supplyAsync(
        () -> internal().get(path.formatted(ids)), Executors.newVirtualThreadPerTaskExecutor());
  }

  /// No writer of the views goes on.
  private void hold() {
    run("insert into views_control.gate (topic, partition, next_offset) values ('none', 0, 0)");
  }

  private void release() {
    run("delete from views_control.gate");
  }

  private void run(String sql) {
    pool.query(sql).execute().await().atMost(BOUND);
  }

  private long tailHead(Conversation conversation) {
    var length = Request.cmd(Command.XLEN).arg(RedisNames.tail(conversation.id()));
    var told = redis.send(length).toCompletionStage().toCompletableFuture().join();
    return Objects.requireNonNull(told.toLong());
  }
}
