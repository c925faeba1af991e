package dev.parley.search.index;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ErrorResponse;
import co.elastic.clients.elasticsearch._types.VersionType;
import co.elastic.clients.json.JsonpDeserializer;
import co.elastic.clients.transport.ElasticsearchTransport;
import co.elastic.clients.transport.Endpoint;
import co.elastic.clients.transport.endpoints.SimpleEndpoint;
import co.elastic.clients.util.BinaryData;
import co.elastic.clients.util.ContentType;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.log.TransientException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/// Writes documents in bounded bulks. A document that the index has in the same or a newer version
/// stays as it is, so a bulk may be sent again.
public final class Bulk {

  private static final int CONFLICT = 409;
  private static final byte[] HEADER = "{\"index\":{\"_id\":\"".getBytes(StandardCharsets.UTF_8);
  // Of the line before a document, about.
  private static final int HEADER_BYTES = 160;
  private static final int SHOWN_MAX = 300;

  /// The typed client sends four small pieces for each document, which costs both sides more than
  /// the document itself.
  private static final Endpoint<Request, JsonNode, ErrorResponse> ENDPOINT =
      new SimpleEndpoint<>(
          "parley.bulk",
          _ -> "POST",
          request -> "/" + request.index() + "/_bulk",
          _ -> Map.of(),
          _ -> Map.of("filter_path", "items.*.status,items.*.error"),
          _ -> Map.of(),
          request -> BinaryData.of(request.body(), ContentType.APPLICATION_JSON),
          JsonpDeserializer.of(JsonNode.class));

  private final ElasticsearchTransport transport;
  private final Limits limits;

  public Bulk(ElasticsearchClient client, Limits limits) {
    this.transport = client._transport();
    this.limits = limits;
  }

  /// @param documentsMax of one request; more go in several
  /// @param bytesMax of the documents of one request; a document beyond it goes alone
  /// @param requestsAtOnce further ones wait
  public record Limits(int documentsMax, int bytesMax, int requestsAtOnce) {}

  /// What goes to the engine: the documents in one piece, two lines each.
  public record Request(String index, byte[] body) {}

  /// @param version grows with each state of the document
  public record Item(String id, long version, byte[] document) {}

  /// Stores the documents; they become visible at the next refresh.
  ///
  /// @throws TransientException if not all could be stored now
  public void write(String index, List<Item> items) {
    send(index, items, VersionType.External);
  }

  /// Stores the documents, also over one of the same version.
  ///
  /// @throws TransientException if not all could be stored now
  public void overwrite(String index, List<Item> items) {
    send(index, items, VersionType.ExternalGte);
  }

  private void send(String index, List<Item> items, VersionType versions) {
    var requests = new ArrayList<Callable<Void>>();
    for (int from = 0; from < items.size(); ) {
      int to = end(items, from);
      var part = items.subList(from, to);
      requests.add(() -> {
        request(index, part, versions);
        return null;
      });
      from = to;
    }
    if (requests.size() == 1) {
      request(index, items, versions);
    } else if (!requests.isEmpty()) {
      sendTogether(requests);
    }
  }

  /// The order does not matter: a document is in one request, and its version decides.
  private void sendTogether(List<Callable<Void>> requests) {
    var threads = Thread.ofVirtual().name("bulk-", 0).factory();
    try (var executor = Executors.newFixedThreadPool(limits.requestsAtOnce(), threads)) {
      for (var request : executor.invokeAll(requests)) {
        request.get();
      }
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new TransientException("Interrupted while writing", interrupted);
    }
  }

  private int end(List<Item> items, int from) {
    long bytes = 0;
    int to = from;
    while (to < items.size() && to - from < limits.documentsMax()) {
      bytes += items.get(to).document().length;
      if (bytes > limits.bytesMax() && to > from) {
        break;
      }
      to++;
    }
    return to;
  }

  private void request(String index, List<Item> items, VersionType versions) {
    var request = new Request(index, body(items, versions));
    var answer = ElasticsearchCall.of(() -> transport.performRequest(request, ENDPOINT, null));
    var outcomes = answer.path("items");
    if (outcomes.size() != items.size()) {
      throw new TransientException(
          "Expected an outcome of each of %d documents of %s, but got %d: %s"
              .formatted(items.size(), index, outcomes.size(), beginning(answer)));
    }
    for (int i = 0; i < items.size(); i++) {
      check(index, items.get(i), outcomes.path(i).path("index"));
    }
  }

  private static String beginning(JsonNode answer) {
    var text = answer.toString();
    return text.substring(0, Math.min(text.length(), SHOWN_MAX));
  }

  private static byte[] body(List<Item> items, VersionType versions) {
    int bytes = items.stream().mapToInt(item -> item.document().length + HEADER_BYTES).sum();
    var body = new ByteArrayOutputStream(bytes);
    for (var item : items) {
      body.writeBytes(HEADER);
      body.writeBytes(JsonStringEncoder.getInstance().quoteAsUTF8(item.id()));
      body.writeBytes(
          "\",\"version\":%d,\"version_type\":\"%s\"}}\n"
              .formatted(item.version(), versions.jsonValue())
              .getBytes(StandardCharsets.UTF_8));
      body.writeBytes(item.document());
      body.write('\n');
    }
    return body.toByteArray();
  }

  private static void check(String index, Item item, JsonNode outcome) {
    int status = outcome.path("status").asInt();
    if (status / 100 == 2 || status == CONFLICT) {
      return;
    }
    var error = outcome.path("error");
    var sentence =
        "Document %s of %s: %s %s"
            .formatted(
                item.id(), index, error.path("type").asText(), error.path("reason").asText());
    if (ElasticsearchCall.passes(status)) {
      throw new TransientException(sentence);
    }
    throw new IllegalStateException(sentence);
  }
}
