package dev.parley.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.log.PublisherConfig;
import dev.parley.log.RecordPublisher;
import dev.parley.schemas.conversation.HistoryVisibility;
import dev.parley.schemas.event.ChainedEvent;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.topic.Topics;
import dev.parley.search.story.Await;
import dev.parley.search.story.Client;
import dev.parley.search.story.EnginesWithoutSearch;
import dev.parley.search.story.Story;
import dev.parley.search.story.Tokens;
import dev.parley.stack.engine.ElasticsearchEngine;
import dev.parley.stack.process.Ports;
import dev.parley.stack.process.Starter;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // Injected.
@QuarkusTest
@QuarkusTestResource(value = EnginesWithoutSearch.class, restrictToAnnotatedClass = true)
class OutageTest {

  private static final UUID ANNA = Ids.uuid7();

  @TestHTTPResource("/")
  String base;

  @ConfigProperty(name = "parley.kafka.bootstrap-servers")
  String bootstrap;

  @ConfigProperty(name = "parley.elasticsearch.url")
  String elasticsearch;

  @ConfigProperty(name = "test.token")
  String tokenKey;

  @Test
  void whileElasticsearchIsDownSearchSaysSoAndAfterwardsNothingIsMissing(@TempDir Path folder)
      throws Exception {
    var client = new Client(base.substring(0, base.length() - 1), new Tokens(tokenKey));
    var engine =
        new ElasticsearchEngine(
            URI.create(elasticsearch).getPort(),
            Ports.free(),
            folder.resolve("data"),
            folder.resolve("log"),
            384);
    try (var publisher = new RecordPublisher(PublisherConfig.of(bootstrap, "test"))) {
      publisher.prepare(Topics.EVENTS, Duration.ofSeconds(20));
      var story = Story.group(HistoryVisibility.FROM_START, event -> append(publisher, event));
      story.joined(ANNA).sent(ANNA, "sent before the engine was ever there");
      assertDown(client);

      var process = Starter.startAndWait(engine);
      seen(client, story);
      assertThat(client.search(ANNA, "q", "engine").ids()).hasSize(1);
      Await.until("health is green", () -> client.get("/q/health/ready").status() == 200);

      process.kill();
      story.sent(ANNA, "sent while the engine was down");
      assertDown(client);

      process = Starter.startAndWait(engine);
      seen(client, story);
      assertThat(client.search(ANNA, "q", "engine").ids()).hasSize(2);
      process.stop();
    }
  }

  private static void assertDown(Client client) {
    var answer = client.search(ANNA, "q", "engine");
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.code()).isEqualTo("unavailable");
    assertThat(answer.response().headers().firstValue("Retry-After")).isPresent();
    assertThat(client.get("/q/health/ready").status()).isEqualTo(503);
  }

  private static void append(RecordPublisher publisher, ChainedEvent event) {
    publisher
        .publish(Topics.EVENTS, event.event().conversation().toString(), event.record())
        .toCompletableFuture()
        .join();
  }

  private static void seen(Client client, Story story) {
    Await.until(
        "event " + story.seq() + " is searched",
        () ->
            client
                    .search(ANNA, "q", "x", "in", story.id().toString())
                    .json()
                    .at("/indexed_through/seq")
                    .asLong()
                >= story.seq());
  }
}
