package dev.parley.bench.limit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.schemas.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Elasticsearch alone: documents of the index of messages, made ready beforehand, in bulks of the
/// same size into an index of the same shape, which is deleted afterwards.
public record RawBulk(URI elasticsearch) {

  private static final String ALIAS = "parley-messages";
  private static final int DOCUMENTS_MAX = 200_000;
  private static final int PAGE = 5_000;
  private static final int BULK = 1_000;
  private static final int AT_ONCE = 2;

  public double documentsPerSecond() throws InterruptedException {
    try (var http = HttpClient.newHttpClient();
        var senders = Executors.newFixedThreadPool(AT_ONCE)) {
      var index = "bench-" + UUID.randomUUID();
      var bulks = bulks(http);
      ask(http, "PUT", "/" + index, shape(http).toString().getBytes(StandardCharsets.UTF_8));
      try {
        long from = System.nanoTime();
        var sent = new ArrayList<Future<JsonNode>>();
        for (var bulk : bulks) {
          sent.add(senders.submit(() -> ask(http, "POST", "/" + index + "/_bulk", bulk.lines())));
        }
        for (var one : sent) {
          if (one.get().path("errors").asBoolean()) {
            throw new IllegalStateException("Expected all documents to be taken");
          }
        }
        double seconds = (System.nanoTime() - from) / 1e9;
        return bulks.stream().mapToLong(Bulk::documents).sum() / seconds;
      } finally {
        ask(http, "DELETE", "/" + index, new byte[0]);
      }
    } catch (ExecutionException failed) {
      throw new IllegalStateException("Expected Elasticsearch to take the documents", failed);
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // Sent as it is, never compared.
  private record Bulk(int documents, byte[] lines) {}

  private List<Bulk> bulks(HttpClient http) throws InterruptedException {
    var bulks = new ArrayList<Bulk>();
    var text = new StringBuilder();
    int held = 0;
    String after = "";
    for (int read = 0; read < DOCUMENTS_MAX; read += PAGE) {
      var query =
          "{\"size\":%d,\"sort\":[{\"at\":\"asc\"},{\"seq\":\"asc\"}]%s}".formatted(PAGE, after);
      var hits =
          ask(http, "POST", "/" + ALIAS + "/_search", query.getBytes(StandardCharsets.UTF_8))
              .path("hits")
              .path("hits");
      for (var hit : hits) {
        text.append("{\"index\":{\"_id\":\"").append(hit.path("_id").asText()).append("\"}}\n");
        text.append(hit.path("_source")).append('\n');
        if (++held == BULK) {
          bulks.add(new Bulk(held, text.toString().getBytes(StandardCharsets.UTF_8)));
          text.setLength(0);
          held = 0;
        }
        after = ",\"search_after\":" + hit.path("sort");
      }
      if (hits.size() < PAGE) {
        break;
      }
    }
    if (held > 0) {
      bulks.add(new Bulk(held, text.toString().getBytes(StandardCharsets.UTF_8)));
    }
    return bulks;
  }

  /// Mapping, analysis and the rest of the index in service, without what belongs to that one.
  private ObjectNode shape(HttpClient http) throws InterruptedException {
    var served = ask(http, "GET", "/" + ALIAS, new byte[0]).elements().next();
    var shape = Json.MAPPER.createObjectNode();
    shape.set("mappings", served.path("mappings"));
    var index = (ObjectNode) served.path("settings").path("index").deepCopy();
    index.remove(List.of("uuid", "version", "creation_date", "provided_name"));
    shape.putObject("settings").set("index", index);
    return shape;
  }

  private JsonNode ask(HttpClient http, String method, String path, byte[] body)
      throws InterruptedException {
    try {
      var request =
          HttpRequest.newBuilder(elasticsearch.resolve(path))
              .header("Content-Type", "application/json")
              .method(
                  method,
                  body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
              .build();
      var answer = http.send(request, BodyHandlers.ofByteArray());
      var json = Json.MAPPER.readTree(answer.body());
      if (answer.statusCode() / 100 != 2) {
        throw new IllegalStateException("Expected Elasticsearch to answer, but got " + json);
      }
      return json;
    } catch (IOException away) {
      throw new UncheckedIOException(away);
    }
  }
}
