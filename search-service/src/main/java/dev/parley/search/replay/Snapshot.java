package dev.parley.search.replay;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOrder;
import dev.parley.search.access.AccessRow;
import dev.parley.search.index.Documents;
import dev.parley.search.index.ElasticsearchCall;
import dev.parley.search.index.IndexVersion;
import dev.parley.search.message.MessageDocument;
import dev.parley.search.message.MessageState;
import java.util.List;

/// A version of the index at one moment: what is digested does not move while it is.
final class Snapshot implements AutoCloseable {

  private static final String KEEP_ALIVE = "5m";

  private final ElasticsearchClient client;
  private final IndexVersion version;
  private final int documentsMax;
  private final String messages;
  private final String access;

  private Snapshot(ElasticsearchClient client, IndexVersion version, int documentsMax) {
    this.client = client;
    this.version = version;
    this.documentsMax = documentsMax;
    this.messages = open(version.messages());
    this.access = open(version.access());
  }

  /// What a digest is made of, and how many live messages there are.
  record Facts(int version, String digest, long messages) {}

  /// @param documentsMax read at a time
  static Snapshot of(ElasticsearchClient client, IndexVersion version, int documentsMax) {
    ElasticsearchCall.of(
        () -> client.indices().refresh(r -> r.index(version.messages(), version.access())));
    return new Snapshot(client, version, documentsMax);
  }

  /// Reads everything.
  Facts facts() {
    var digest = new Digest();
    var live = new long[1];
    scan(
        messages,
        MessageDocument.class,
        message -> {
          digest.add(Documents.bytes(message));
          live[0] += message.state() == MessageState.LIVE ? 1 : 0;
        });
    scan(access, AccessRow.class, row -> digest.add(Documents.bytes(row)));
    return new Facts(version.number(), digest.hex(), live[0]);
  }

  @Override
  public void close() {
    for (var pointInTime : List.of(messages, access)) {
      ElasticsearchCall.of(() -> client.closePointInTime(c -> c.id(pointInTime)));
    }
  }

  private <T> void scan(String pointInTime, Class<T> type, java.util.function.Consumer<T> each) {
    List<FieldValue> after = List.of();
    while (true) {
      var from = after;
      var page =
          ElasticsearchCall.of(() ->
              client.search(
                  s -> {
                    s.pit(p -> p.id(pointInTime).keepAlive(t -> t.time(KEEP_ALIVE)))
                        .size(documentsMax)
                        .trackTotalHits(t -> t.enabled(false))
                        .allowPartialSearchResults(false)
                        .sort(o -> o.field(f -> f.field("_shard_doc").order(SortOrder.Asc)));
                    if (!from.isEmpty()) {
                      s.searchAfter(from);
                    }
                    return s;
                  },
                  type));
      for (var hit : page.hits().hits()) {
        var document = hit.source();
        if (document == null) {
          throw new IllegalStateException("Expected document " + hit.id() + " to have a source");
        }
        each.accept(document);
      }
      if (page.hits().hits().size() < documentsMax) {
        return;
      }
      after = page.hits().hits().getLast().sort();
    }
  }

  private String open(String index) {
    return ElasticsearchCall.of(
        () -> client.openPointInTime(o -> o.index(index).keepAlive(t -> t.time(KEEP_ALIVE))).id());
  }
}
