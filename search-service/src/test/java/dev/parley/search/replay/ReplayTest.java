package dev.parley.search.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.log.PublisherConfig;
import dev.parley.log.RecordPublisher;
import dev.parley.schemas.conversation.HistoryVisibility;
import dev.parley.schemas.event.ChainedEvent;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.topic.Topics;
import dev.parley.search.story.Await;
import dev.parley.search.story.Client;
import dev.parley.search.story.Engines;
import dev.parley.search.story.Story;
import dev.parley.search.story.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init") // Injected, and made before each test.
@QuarkusTest
@QuarkusTestResource(Engines.class)
class ReplayTest {

  private static final UUID ANNA = Ids.uuid7();

  @TestHTTPResource("/")
  String base;

  @ConfigProperty(name = "parley.kafka.bootstrap-servers")
  String bootstrap;

  @ConfigProperty(name = "test.token")
  String tokenKey;

  private Client client;
  private RecordPublisher publisher;

  @BeforeEach
  void connect() {
    client = new Client(base.substring(0, base.length() - 1), new Tokens(tokenKey));
    publisher = new RecordPublisher(PublisherConfig.of(bootstrap, "test"));
    publisher.prepare(Topics.EVENTS, Duration.ofSeconds(20));
  }

  @AfterEach
  void disconnect() {
    publisher.close();
  }

  @Test
  void theNextVersionIsBuiltComparedAndSwitchedToWhileReadsAndWritesGoOn() throws Exception {
    var story = Story.group(HistoryVisibility.FROM_START, this::append).joined(ANNA);
    for (int i = 0; i < 150; i++) {
      var message = i % 3 == 0 ? story.imported(ANNA, "old tale " + i) : story.sent(ANNA, "tale");
      if (i % 10 == 0) {
        story.edited(ANNA, message, 1, "tale retold " + i);
      }
      if (i % 25 == 0) {
        story.deleted(ANNA, message);
      }
    }
    seen(story);
    // Deleted ones are counted, too.
    var before = internal("GET", "/internal/counts").json();
    assertThat(before.path("messages").asLong()).isGreaterThanOrEqualTo(150);
    assertThat(before.path("imported_messages").asLong()).isGreaterThanOrEqualTo(50);
    assertThat(before.path("conversations").asLong()).isPositive();
    int served = before.path("version").asInt();
    var writing = new AtomicBoolean(true);
    var unanswered = new AtomicInteger();
    var live = Story.group(HistoryVisibility.FROM_START, this::append).joined(ANNA);
    var writer =
        Thread.ofVirtual()
            .start(() -> {
              while (writing.get()) {
                live.sent(ANNA, "live during the replay");
                var found = client.search(ANNA, "q", "tale", "in", story.id().toString());
                unanswered.addAndGet(found.ids().isEmpty() ? 1 : 0);
              }
            });

    assertThat(internal("POST", "/internal/replay").status()).isEqualTo(202);
    Await.until("the replay ends", () -> !isRunning());
    writing.set(false);
    writer.join();

    var progress = internal("GET", "/internal/replay").json();
    assertThat(progress.path("state").asText()).as(progress.toString()).isEqualTo("switched");
    assertThat(progress.at("/new/version").asInt()).isEqualTo(served + 1);
    assertThat(progress.at("/new/digest").asText())
        .hasSize(32)
        .isEqualTo(progress.at("/old/digest").asText());
    assertThat(progress.at("/new/messages").asLong())
        .isPositive()
        .isEqualTo(progress.at("/old/messages").asLong());
    assertThat(unanswered).hasValue(0);
    seen(live);
    assertThat(counted().path("version").asInt()).isEqualTo(served + 1);

    live.sent(ANNA, "after the switch");
    seen(live);
    Await.until("back", () -> internal("POST", "/internal/replay/back").status() == 200);
    seen(live);
    assertThat(counted().path("version").asInt()).isEqualTo(served);
    assertThat(client.search(ANNA, "q", "\"after the switch\"").ids()).hasSize(1);
  }

  private boolean isRunning() {
    var state = internal("GET", "/internal/replay").json().path("state").asText();
    return state.equals("building") || state.equals("verifying");
  }

  private com.fasterxml.jackson.databind.JsonNode counted() {
    return internal("GET", "/internal/counts").json();
  }

  private Client.Answer internal(String method, String path) {
    return client.send(method, path, "Parley-Internal", Engines.INTERNAL_SECRET);
  }

  private void append(ChainedEvent event) {
    publisher
        .publish(Topics.EVENTS, event.event().conversation().toString(), event.record())
        .toCompletableFuture()
        .join();
  }

  private void seen(Story story) {
    Await.until(
        "event " + story.seq() + " of " + story.id() + " is searched",
        () ->
            client
                    .search(ANNA, "q", "x", "in", story.id().toString())
                    .json()
                    .at("/indexed_through/seq")
                    .asLong()
                >= story.seq());
  }
}
