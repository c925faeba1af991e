package dev.parley.search.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.json.jackson.JacksonJsonpMapper;
import co.elastic.clients.transport.rest5_client.Rest5ClientTransport;
import co.elastic.clients.transport.rest5_client.low_level.Rest5Client;
import com.sun.net.httpserver.HttpServer;
import dev.parley.log.TransientException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What an engine answers to a bulk, and what is made of it.
@SuppressWarnings("NullAway.Init") // Made before each test.
class BulkTest {

  private static final List<Bulk.Item> TWO =
      List.of(
          new Bulk.Item("room/\"one\"", 7, "{\"n\":1}".getBytes(StandardCharsets.UTF_8)),
          new Bulk.Item("room/two", 8, "{\"n\":2}".getBytes(StandardCharsets.UTF_8)));

  private final AtomicReference<String> asked = new AtomicReference<>("");
  private HttpServer engine;
  private ElasticsearchClient client;
  private Bulk bulk;
  private volatile int status = 200;
  private volatile String answer = "";

  @BeforeEach
  void open() throws IOException {
    engine = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    engine.createContext(
        "/index/_bulk",
        exchange -> {
          asked.set(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          var body = answer.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.getResponseHeaders().add("X-Elastic-Product", "Elasticsearch");
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    engine.start();
    var rest =
        Rest5Client.builder(URI.create("http://127.0.0.1:" + engine.getAddress().getPort()))
            .build();
    client =
        new ElasticsearchClient(
            new Rest5ClientTransport(rest, new JacksonJsonpMapper(Documents.MAPPER)));
    bulk = new Bulk(client, new Bulk.Limits(10, 1 << 16, 1));
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    engine.stop(0);
  }

  @Test
  void everyDocumentGoesWithItsIdAndVersion() {
    answer = outcomes("201", "201");

    bulk.write("index", TWO);

    assertThat(asked.get())
        .isEqualTo(
            """
            {"index":{"_id":"room/\\"one\\"","version":7,"version_type":"external"}}
            {"n":1}
            {"index":{"_id":"room/two","version":8,"version_type":"external"}}
            {"n":2}
            """);
  }

  @Test
  void whatIsThereInANewerVersionStays() {
    answer = outcomes("201", "409,\"error\":{\"type\":\"version_conflict_engine_exception\"}");

    assertThatCode(() -> bulk.write("index", TWO)).doesNotThrowAnyException();
  }

  @Test
  void aDocumentThatIsNotTakenNowIsToBeSentAgain() {
    answer =
        outcomes(
            "201",
            "429,\"error\":{\"type\":\"circuit_breaking_exception\",\"reason\":\"too large\"}");

    assertThatThrownBy(() -> bulk.write("index", TWO))
        .isInstanceOf(TransientException.class)
        .hasMessage("Document room/two of index: circuit_breaking_exception too large");
  }

  @Test
  void aDocumentThatWillNeverBeTakenIsAnErrorOfOurs() {
    answer = outcomes("400,\"error\":{\"type\":\"mapper_parsing_exception\"}", "201");

    assertThatThrownBy(() -> bulk.write("index", TWO)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anAnswerThatSaysNothingOfADocumentIsNoSuccess() {
    for (var incomplete : List.of("{}", "{\"items\":[{\"index\":{\"status\":201}}]}")) {
      answer = incomplete;

      assertThatThrownBy(() -> bulk.write("index", TWO))
          .as("answer %s", incomplete)
          .isInstanceOf(TransientException.class)
          .hasMessageStartingWith("Expected an outcome of each of 2 documents of index");
    }
  }

  @Test
  void anEngineThatIsTooBusyIsAskedAgain() {
    status = 429;
    answer = "{\"error\":{\"type\":\"circuit_breaking_exception\"},\"status\":429}";

    assertThatThrownBy(() -> bulk.write("index", TWO))
        .isInstanceOf(TransientException.class)
        .hasMessageStartingWith("Elasticsearch is not ready");
  }

  @Test
  void whateverStandsBetweenIsAskedAgain() {
    for (var other : List.of("", "<html>Bad gateway</html>")) {
      status = other.isEmpty() ? 200 : 502;
      answer = other;

      assertThatThrownBy(() -> bulk.write("index", TWO))
          .as("answer %s", other)
          .isInstanceOf(TransientException.class);
    }
  }

  private static String outcomes(String first, String second) {
    return "{\"items\":[{\"index\":{\"status\":%s}},{\"index\":{\"status\":%s}}]}"
        .formatted(first, second);
  }
}
