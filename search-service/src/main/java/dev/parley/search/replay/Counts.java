package dev.parley.search.replay;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import dev.parley.search.index.ElasticsearchCall;
import dev.parley.search.index.Indices;
import dev.parley.search.message.MessageState;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;

/// How many messages the version in service holds, those that were deleted or erased included.
@ApplicationScoped
public class Counts {

  private final ElasticsearchClient client;
  private final Indices indices;

  public Counts(ElasticsearchClient client, Indices indices) {
    this.client = client;
    this.indices = indices;
  }

  /// All that was indexed until now, also what was not visible yet.
  Map<String, Long> now() {
    var version = indices.served();
    indices.refresh(version);
    var counts = new LinkedHashMap<String, Long>();
    counts.put("messages", count(version.messages(), message()));
    counts.put("imported_messages", count(version.messages(), imported()));
    counts.put("deleted_messages", count(version.messages(), state(MessageState.DELETED)));
    counts.put("erased_messages", count(version.messages(), state(MessageState.ERASED)));
    counts.put("conversations", count(version.access(), conversationRow()));
    counts.put("version", (long) version.number());
    return counts;
  }

  private static Query state(MessageState state) {
    return Query.of(q -> q.term(t -> t.field("state").value(state.wireName())));
  }

  /// In whatever state: what was deleted or erased keeps its row, as in the log and the views.
  private static Query message() {
    return Query.of(q -> q.exists(e -> e.field("state")));
  }

  private static Query imported() {
    return Query.of(q ->
        q.bool(b -> b.filter(message()).filter(f -> f.term(t -> t.field("imported").value(true)))));
  }

  private static Query conversationRow() {
    return Query.of(q -> q.term(t -> t.field("row").value("conversation")));
  }

  private long count(String index, Query query) {
    return ElasticsearchCall.of(() -> client.count(c -> c.index(index).query(query)).count());
  }
}
