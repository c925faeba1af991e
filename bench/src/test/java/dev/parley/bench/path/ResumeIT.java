package dev.parley.bench.path;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.bench.load.Stage;
import dev.parley.client.Account;
import dev.parley.client.Backoff;
import dev.parley.client.Chat;
import dev.parley.client.Frames;
import dev.parley.client.InboxItem;
import dev.parley.client.Position;
import dev.parley.client.Reply;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.id.Ids;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Somebody in many conversations was away. `-Dparley.resume.conversations=2000` for the real
/// thing.
@Timeout(600)
class ResumeIT {

  @RegisterExtension static final Town TOWN = new Town();

  private static final int CONVERSATIONS = Integer.getInteger("parley.resume.conversations", 200);
  private static final int CREATORS = 4;

  @Test
  void aResumeBringsExactlyWhatWasMissedOfEveryConversation() throws Exception {
    var away = TOWN.account("away");
    var creators = new ArrayList<Person>();
    for (int i = 0; i < CREATORS; i++) {
      creators.add(TOWN.person("creator", i % 2));
    }
    var conversations = create(creators, away.user());
    var before = awaitComplete(away, conversations);
    var heads = heads(before);
    var position = before.chat().position().get(10, TimeUnit.SECONDS);
    before.close();
    assertThat(position.heads()).containsAllEntriesOf(heads);

    // A third gets nothing, a third one message, a third three.
    var expected = new HashMap<UUID, Long>();
    var sends = new ArrayList<CompletableFuture<Reply>>();
    for (int i = 0; i < conversations.size(); i++) {
      var creator = creators.get(i % CREATORS);
      for (int k = 0; k < (i % 3 == 0 ? 0 : i % 3 == 1 ? 1 : 3); k++) {
        sends.add(creator.chat().send(conversations.get(i), Ids.uuid7(), "missed " + k));
        expected.merge(conversations.get(i), 1L, Long::sum);
      }
    }
    for (var send : sends) {
      send.get(120, TimeUnit.SECONDS).expectDone();
    }

    long began = System.nanoTime();
    var seen = new Person.Seen();
    try (var back = resumed(away, position, seen)) {
      Stage.get(back.live());
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
      System.out.printf(
          "Resumed %d conversations with %d missed messages in %d ms%n",
          conversations.size(), sends.size(), millis);
      Await.until("all that was missed is here", () -> seen.events.size() >= sends.size());
      var counts = new HashMap<UUID, Long>();
      var last = new HashMap<>(heads);
      for (var event : seen.events) {
        var conversation = Ids.required(event.path("conversation").asText());
        long seq = event.path("seq").asLong();
        assertThat(seq).isEqualTo(last.merge(conversation, 1L, Long::sum));
        counts.merge(conversation, 1L, Long::sum);
      }
      assertThat(counts).isEqualTo(expected);
      assertThat(seen.gaps).isEmpty();
      assertThat(seen.readies.getFirst().resumed()).isTrue();
    }
  }

  @Test
  void whoMissedMoreThanIsSentInlineIsToldOfAGapAndReadsItAll() throws Exception {
    int missed = 510;
    var creator = TOWN.person("creator", 0);
    var sleeper = TOWN.person("sleeper", 1);
    var group = creator.create(ConversationKind.GROUP, "A long week", sleeper);
    var begin = creator.send(group, "good night").seq();
    sleeper.awaitEvent(group, begin);
    var position = sleeper.chat().position().get(10, TimeUnit.SECONDS);
    sleeper.close();
    var sends = new ArrayList<CompletableFuture<Reply>>();
    for (int i = 0; i < missed; i++) {
      sends.add(creator.chat().send(group, Ids.uuid7(), "message " + i));
    }
    for (var send : sends) {
      send.get(120, TimeUnit.SECONDS).expectDone();
    }
    TOWN.item(creator, group, item -> item.path("head_seq").asLong() == begin + missed);

    var seen = new Person.Seen();
    try (var back = resumed(sleeper.account(), position, seen)) {
      Stage.get(back.live());
      var last = creator.send(group, "good morning").seq();
      Await.until(
          "the next message is here",
          () -> seen.events.stream().anyMatch(event -> event.path("seq").asLong() == last));

      assertThat(seen.gaps).singleElement().asString().startsWith(group + " " + (begin + 1) + "..");
      var through = Long.parseLong(seen.gaps.getFirst().replaceAll(".*\\.\\.", ""));
      assertThat(seen.events.stream().map(event -> event.path("seq").asLong()))
          .isEqualTo(LongStream.rangeClosed(through + 1, last).boxed().toList());
      var path = "/api/conversations/" + group + "/events?limit=500&after=";
      var first = TOWN.awaitRead(sleeper, path + begin, page -> page.path("events").size() == 500);
      assertThat(first.path("events").path(0).path("seq").asLong()).isEqualTo(begin + 1);
      TOWN.awaitRead(
          sleeper, path + (begin + 500), page -> page.path("events").size() == missed + 1 - 500);
    }
  }

  private static Chat resumed(Account account, Position position, Person.Seen seen) {
    return Chat.to(TOWN.stack.origin())
        .edges(List.of(TOWN.stack.edges().get(1)))
        .account(account)
        .network(TOWN.network)
        .rest(TOWN.rest)
        .listener(seen)
        .backoff(new Backoff(100, 2_000))
        .startFrom(position)
        .start();
  }

  private static List<UUID> create(List<Person> creators, UUID member) throws Exception {
    var replies = new ArrayList<CompletableFuture<Reply>>();
    var conversations = new ArrayList<UUID>();
    for (int i = 0; i < CONVERSATIONS; i++) {
      var id = Ids.uuid7();
      var frame = Frames.create(ConversationKind.GROUP, id, "Group " + i, List.of(member));
      replies.add(creators.get(i % CREATORS).chat().submit(frame));
      conversations.add(id);
    }
    for (var reply : replies) {
      reply.get(240, TimeUnit.SECONDS).expectDone();
    }
    return conversations;
  }

  /// A connection whose snapshot has all of them: views follow the log.
  private static Person awaitComplete(Account account, List<UUID> conversations)
      throws InterruptedException {
    return Await.value(
        "all conversations are in the inbox",
        () -> {
          try {
            var person = TOWN.connected(account, 0);
            var heads = heads(person);
            // Created, and two joined.
            if (heads.keySet().containsAll(conversations)
                && heads.values().stream().allMatch(head -> head >= 3)) {
              return Optional.of(person);
            }
            person.close();
            return Optional.empty();
          } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
          }
        });
  }

  private static Map<UUID, Long> heads(Person person) {
    var heads = new HashMap<UUID, Long>();
    for (InboxItem item : person.seen().readies.getFirst().conversations()) {
      heads.put(item.conversation(), item.headSeq());
    }
    return heads;
  }
}
