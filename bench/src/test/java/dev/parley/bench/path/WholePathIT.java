package dev.parley.bench.path;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.client.Network;
import dev.parley.client.Reply;
import dev.parley.client.Rest;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.id.Ids;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Two people on two edges, and a stranger.
@Timeout(300)
class WholePathIT {

  private static final RunningStack STACK = RunningStack.here();
  private static final Network NETWORK = new Network(1);
  private static final Rest REST = new Rest(STACK.origin());

  private static Person ada;
  private static Person adaElsewhere;
  private static Person grace;
  private static Person stranger;

  @BeforeAll
  static void theyRegisterLogInAndConnect() throws Exception {
    ada = registered("ada", 0);
    adaElsewhere = Person.connect(NETWORK, REST, ada.account(), STACK.edges().get(1));
    grace = registered("grace", 1);
    stranger = registered("mallory", 1);
  }

  @AfterAll
  static void end() {
    NETWORK.close();
    REST.close();
  }

  @Test
  void aMessageInADirectConversationReachesTheOtherEdgeAndTheSenderHasItsSeq() throws Exception {
    var conversation = direct();
    var message = Ids.uuid7();

    var reply = ada.send(conversation, message, "hello across edges");
    var event = grace.awaitEvent(conversation, reply.seq());

    assertThat(reply.duplicate()).isFalse();
    assertThat(reply.body().path("at").asText()).isNotEmpty();
    assertThat(event.path("type").asText()).isEqualTo("message.sent");
    assertThat(event.path("id").asText()).isEqualTo(message.toString());
    assertThat(event.path("actor").asText()).isEqualTo(ada.user().toString());
    assertThat(event.path("data").path("text").asText()).isEqualTo("hello across edges");
  }

  @Test
  void bothSidesOfADirectConversationCreateTheSameOne() throws Exception {
    var one = direct();
    var members = Person.object().put("kind", "direct");
    members.putArray("members").add(ada.user().toString());

    var again = grace.done("create", members);

    assertThat(again.body().path("conversation").asText()).isEqualTo(one.toString());
  }

  @Test
  void aGroupReachesEveryMemberInTheSameOrder() throws Exception {
    var group = group();

    var first = ada.send(group, Ids.uuid7(), "one");
    var second = grace.send(group, Ids.uuid7(), "two");
    grace.awaitEvent(group, second.seq());
    ada.awaitEvent(group, second.seq());

    assertThat(second.seq()).isEqualTo(first.seq() + 1);
    assertThat(ada.events(group).stream().map(event -> event.path("seq").asLong())).isSorted();
    assertThat(textAt(ada, group, first.seq())).isEqualTo("one");
    assertThat(textAt(grace, group, first.seq())).isEqualTo("one");
  }

  @Test
  void aResendThroughTheOtherEdgeGivesTheSameSeqAndNoSecondMessage() throws Exception {
    var conversation = direct();
    var message = Ids.uuid7();
    var first = ada.send(conversation, message, "only once");

    var again = adaElsewhere.send(conversation, message, "only once");
    var barrier = ada.send(conversation, Ids.uuid7(), "after it");

    assertThat(again.seq()).isEqualTo(first.seq());
    assertThat(again.duplicate()).isTrue();
    assertThat(barrier.seq()).isEqualTo(first.seq() + 1);
  }

  @Test
  void bothReadTheSameHistory() throws Exception {
    var conversation = group();
    ada.send(conversation, Ids.uuid7(), "first of all");
    var last = grace.send(conversation, Ids.uuid7(), "last of all");

    var hers = history(ada, conversation, last.seq());
    var theirs = history(grace, conversation, last.seq());

    assertThat(hers).isEqualTo(theirs);
    assertThat(hers.findValuesAsText("text")).containsExactly("first of all", "last of all");
  }

  @Test
  void anEditAndADeletionAreSeenByTheOtherAndInHistory() throws Exception {
    var conversation = group();
    var edited = Ids.uuid7();
    var deleted = Ids.uuid7();
    ada.send(conversation, edited, "tpyo");
    ada.send(conversation, deleted, "regretted");

    var edit = change("edit", conversation, edited, "typo");
    var deletion = change("delete", conversation, deleted, "");

    var seen = grace.awaitEvent(conversation, edit.seq());
    assertThat(seen.path("type").asText()).isEqualTo("message.edited");
    assertThat(seen.path("data").path("text").asText()).isEqualTo("typo");
    assertThat(grace.awaitEvent(conversation, deletion.seq()).path("type").asText())
        .isEqualTo("message.deleted");
    var messages = history(grace, conversation, deletion.seq());
    assertThat(messages.path(0).path("text").asText()).isEqualTo("typo");
    assertThat(messages.path(0).path("revision").asInt()).isEqualTo(1);
    assertThat(messages.path(1).path("deleted").asBoolean()).isTrue();
    assertThat(messages.path(1).path("text").asText()).isEmpty();
  }

  @Test
  void searchFindsItWithHighlightsForBoth() throws Exception {
    var word = word();
    var conversation = direct();
    var message = Ids.uuid7();
    ada.send(conversation, message, "the " + word + " is here");

    for (var person : new Person[] {ada, grace}) {
      var hit = awaitHit(person, word);
      assertThat(hit.path("id").asText()).isEqualTo(message.toString());
      assertThat(hit.path("conversation").asText()).isEqualTo(conversation.toString());
      assertThat(hit.path("highlights").path(0).asText()).contains("<em>" + word + "</em>");
    }
  }

  @Test
  void aStrangerSeesNothingOfItAnywhere() throws Exception {
    var word = word();
    var conversation = direct();
    var sent = ada.send(conversation, Ids.uuid7(), "secret " + word);
    awaitHit(ada, word);
    var token = stranger.account().token();
    var path = "/api/conversations/" + conversation;

    for (var asked : new String[] {"", "/messages", "/members", "/events?after=0"}) {
      assertThat(REST.get(path + asked, token).status()).as("GET %s", asked).isEqualTo(404);
    }
    assertThat(REST.search(stranger.account(), word).body().path("hits")).isEmpty();
    assertThat(REST.get("/api/conversations", token).body().toString())
        .doesNotContain(conversation.toString());
    try (var socket =
        RawSocket.live(
            STACK.edges().getFirst(),
            token,
            "{\"" + conversation + "\":" + (sent.seq() - 1) + "}")) {
      // Its own message is the barrier: whatever was pushed before it has come.
      var self = stranger.self();
      var own = stranger.send(self, Ids.uuid7(), "to myself");
      stranger.awaitEvent(self, own.seq());
      socket.await(
          "the stranger's own message",
          frame -> frame.path("d").path("conversation").asText().equals(self.toString()));
      assertThat(socket.frames("event").toString()).doesNotContain(conversation.toString());
      assertThat(socket.frames("ready").toString()).doesNotContain(conversation.toString());
      assertThat(socket.frames("gap")).isEmpty();
    }
    assertThat(stranger.events(conversation)).isEmpty();
  }

  @Test
  void whoWasAwayGetsWhatIsMissingOnResume() throws Exception {
    var conversation = group();
    var before = ada.send(conversation, Ids.uuid7(), "before");
    grace.awaitEvent(conversation, before.seq());
    try (var away =
        RawSocket.live(
            STACK.edges().getFirst(),
            grace.account().token(),
            "{\"" + conversation + "\":" + (before.seq() - 1) + "}")) {
      // The view may lack the group at the moment of the resume: then it follows after `live`.
      away.await("what was missed", frame -> isEvent(frame, conversation, before.seq()));
      assertThat(away.frames("event"))
          .filteredOn(frame -> isEvent(frame, conversation, before.seq()))
          .hasSize(1);
    }
  }

  @Test
  void aMessageByRestIsAnsweredWithItsSeqAndPushed() throws Exception {
    var conversation = direct();
    var id = Ids.uuid7();
    var body = Person.object().put("id", id.toString()).put("text", "by REST");
    var path = "/api/conversations/" + conversation + "/messages";

    var created = REST.post(path, ada.account().token(), body);
    var again = REST.post(path, ada.account().token(), body);

    assertThat(created.status()).isEqualTo(201);
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.body().path("seq")).isEqualTo(created.body().path("seq"));
    grace.awaitEvent(conversation, created.body().path("seq").asLong());
  }

  private static Person registered(String name, int edge) throws InterruptedException {
    var unique = name + "-" + UUID.randomUUID().toString().substring(0, 8);
    var password = "correct horse " + UUID.randomUUID();
    REST.register(unique, password);
    var account = REST.login(unique, password);
    return Person.connect(NETWORK, REST, account, STACK.edges().get(edge));
  }

  private static UUID direct() throws InterruptedException {
    return ada.direct(grace);
  }

  private static UUID group() throws InterruptedException {
    return ada.create(ConversationKind.GROUP, "Whole path", grace);
  }

  private static Reply.Done change(String type, UUID conversation, UUID message, String text)
      throws InterruptedException {
    var d = Person.object().put("conversation", conversation.toString());
    d.put("message_id", message.toString());
    if (!text.isEmpty()) {
      d.put("text", text);
    }
    return ada.done(type, d);
  }

  private static JsonNode history(Person reader, UUID conversation, long atLeast) {
    var query = "limit=200&at_least=" + conversation + ":" + atLeast;
    return REST.history(reader.account(), conversation, query).expectOk().body().path("messages");
  }

  private static JsonNode awaitHit(Person person, String word) throws InterruptedException {
    return Await.value(
        person.account().name() + " finds " + word,
        () -> Optional.ofNullable(REST.search(person.account(), word).body().path("hits").get(0)));
  }

  private static String textAt(Person person, UUID conversation, long seq)
      throws InterruptedException {
    return person.awaitEvent(conversation, seq).path("data").path("text").asText();
  }

  private static boolean isEvent(JsonNode frame, UUID conversation, long seq) {
    var d = frame.path("d");
    return frame.path("t").asText().equals("event")
        && d.path("conversation").asText().equals(conversation.toString())
        && d.path("seq").asLong() == seq;
  }

  private static String word() {
    return "w" + UUID.randomUUID().toString().replace("-", "");
  }
}
