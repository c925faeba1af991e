package dev.parley.bench.path;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.bench.load.Stage;
import dev.parley.client.Frames;
import dev.parley.client.Reply;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.Role;
import dev.parley.schemas.id.Ids;
import java.util.ArrayList;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Somebody is removed, or banned, in the middle of what others say: nothing that has a later seq
/// reaches them, by no way.
@Timeout(120)
class RemovalRaceIT {

  @RegisterExtension static final Town TOWN = new Town();

  private static final int ROUNDS = 4;
  private static final int MESSAGES = 40;
  private static final Random RANDOM = seeded();

  private static Person ada;
  private static Person grace;
  private static Person mallory;
  private static Person malloryElsewhere;

  @BeforeAll
  static void people() throws Exception {
    ada = TOWN.person("ada", 0);
    grace = TOWN.person("grace", 1);
    mallory = TOWN.person("mallory", 1);
    malloryElsewhere = TOWN.device(mallory, 0);
  }

  private static Random seeded() {
    long seed = new Random().nextLong();
    System.out.println("RemovalRaceIT seed " + seed);
    return new Random(seed);
  }

  @RepeatedTest(ROUNDS)
  void nothingAfterTheRemovalReachesTheOneRemoved() throws Exception {
    var group = ada.create(ConversationKind.GROUP, "Removal race", grace, mallory);
    ada.done(Frames.role(group, grace.user(), Role.ADMIN));
    var word = "osprey" + UUID.randomUUID().toString().replace("-", "");
    var removeAt = RANDOM.nextInt(MESSAGES);
    var banned = RANDOM.nextBoolean();

    var sent = new ArrayList<CompletableFuture<Reply>>();
    var removal = new CompletableFuture<Reply>();
    for (int i = 0; i < MESSAGES; i++) {
      if (i == removeAt) {
        removal =
            grace
                .chat()
                .submit(
                    banned
                        ? Frames.ban(group, mallory.user(), null, "")
                        : Frames.remove(group, mallory.user()));
      }
      sent.add(ada.chat().submit(Frames.send(group, Ids.uuid7(), word + " " + i)));
    }
    long removed = Stage.get(removal).expectDone().seq();
    long last = 0;
    for (var one : sent) {
      last = Math.max(last, Stage.get(one).expectDone().seq());
    }
    // What the witness has seen has passed every way that it could have taken to the one removed.
    grace.awaitEvent(group, last);
    mallory.awaitEvent(group, removed);
    malloryElsewhere.awaitEvent(group, removed);
    TOWN.awaitRead(
        ada,
        "/api/search/messages?limit=100&q=" + word,
        found -> found.path("total").asInt() == MESSAGES);

    for (var device : new Person[] {mallory, malloryElsewhere}) {
      assertThat(device.events(group)).allMatch(event -> event.path("seq").asLong() <= removed);
    }
    for (var path : new String[] {"/messages?limit=200", "/events?after=0&limit=500"}) {
      var page = TOWN.rest.get("/api/conversations/" + group + path, mallory.account().token());
      for (var list : new String[] {"messages", "events"}) {
        assertThat(page.body().path(list))
            .as(page.status() + " " + path)
            .allMatch(one -> one.path("seq").asLong() <= removed);
      }
    }
    var found = mallory.get(TOWN.rest, "/api/search/messages?limit=100&q=" + word);
    assertThat(found.path("hits")).allMatch(hit -> hit.path("seq").asLong() <= removed);
  }
}
