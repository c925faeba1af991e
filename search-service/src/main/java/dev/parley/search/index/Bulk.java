package dev.parley.search.index;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.VersionType;
import co.elastic.clients.elasticsearch.core.bulk.BulkOperation;
import co.elastic.clients.elasticsearch.core.bulk.BulkResponseItem;
import co.elastic.clients.util.BinaryData;
import co.elastic.clients.util.ContentType;
import dev.parley.log.TransientException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/// Writes documents in bounded bulks. A document that the index has in the same or a newer version
/// stays as it is, so a bulk may be sent again.
public final class Bulk {

  private static final int CONFLICT = 409;

  private final ElasticsearchClient client;
  private final Limits limits;

  public Bulk(ElasticsearchClient client, Limits limits) {
    this.client = client;
    this.limits = limits;
  }

  /// @param documentsMax of one request; more go in several
  /// @param bytesMax of the documents of one request; a document beyond it goes alone
  /// @param requestsAtOnce further ones wait
  public record Limits(int documentsMax, int bytesMax, int requestsAtOnce) {}

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
    var operations = new ArrayList<BulkOperation>(items.size());
    for (var item : items) {
      operations.add(
          BulkOperation.of(o ->
              o.index(i ->
                  i.id(item.id())
                      .version(item.version())
                      .versionType(versions)
                      .document(BinaryData.of(item.document(), ContentType.APPLICATION_JSON)))));
    }
    var response =
        ElasticsearchCall.of(() -> client.bulk(b -> b.index(index).operations(operations)));
    if (response.errors()) {
      response.items().forEach(Bulk::check);
    }
  }

  private static void check(BulkResponseItem item) {
    var error = item.error();
    if (error == null || item.status() == CONFLICT) {
      return;
    }
    var sentence =
        "Document %s of %s: %s %s".formatted(item.id(), item.index(), error.type(), error.reason());
    if (ElasticsearchCall.passes(item.status())) {
      throw new TransientException(sentence);
    }
    throw new IllegalStateException(sentence);
  }
}
