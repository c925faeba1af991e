package dev.parley.stack.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TestEnginesTest {

  @Test
  void kafkaIsStartedOnceAndServes() throws IOException {
    String address = TestEngines.kafka().bootstrapServers();

    assertThat(TestEngines.kafka().bootstrapServers()).isEqualTo(address);
    connect(address);
  }

  @Test
  void postgresHasADatabaseOfItsOwn() throws IOException {
    TestEngines.Postgres postgres = TestEngines.postgres();

    assertThat(postgres.reactiveUrl())
        .isEqualTo("postgresql://127.0.0.1:%d/parley".formatted(postgres.port()));
    connect(postgres.host() + ":" + postgres.port());
  }

  @Test
  void redisKnowsShardedPublish() throws IOException {
    URI redis = URI.create(TestEngines.redis().url());
    try (Socket socket = new Socket(redis.getHost(), redis.getPort())) {
      socket.getOutputStream().write("SPUBLISH a b\r\n".getBytes(StandardCharsets.US_ASCII));

      assertThat(socket.getInputStream().read()).isEqualTo(':');
    }
  }

  @Test
  void elasticsearchSplitsIdeographsIntoBigramsAndFoldsTheRest() throws Exception {
    String url = TestEngines.elasticsearch().url();
    String body =
        """
        {"tokenizer":"standard","filter":["cjk_width","lowercase","asciifolding","cjk_bigram"],"text":"東京都 Café"}
        """;
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/_analyze"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      String tokens = client.send(request, HttpResponse.BodyHandlers.ofString()).body();

      assertThat(tokens).contains("\"token\":\"東京\"", "\"token\":\"京都\"", "\"token\":\"cafe\"");
      assertThat(
              client
                  .send(
                      HttpRequest.newBuilder(URI.create(url)).build(),
                      HttpResponse.BodyHandlers.ofString())
                  .body())
          .contains("9.");
    }
  }

  private static void connect(String address) throws IOException {
    int colon = address.lastIndexOf(':');
    new Socket(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))).close();
  }
}
