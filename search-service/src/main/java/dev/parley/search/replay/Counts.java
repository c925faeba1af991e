package dev.parley.search.replay;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import dev.parley.search.index.ElasticsearchCall;
import dev.parley.search.index.IndexVersion;
import dev.parley.search.index.Indices;
import dev.parley.search.message.MessageState;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;

/// How many messages the version in service holds.
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
    counts.put("messages", count(version, state(MessageState.LIVE)));
    counts.put("imported_messages", count(version, importedAndLive()));
    counts.put("deleted_messages", count(version, state(MessageState.DELETED)));
    counts.put("erased_messages", count(version, state(MessageState.ERASED)));
    counts.put("version", (long) version.number());
    return counts;
  }

  private static Query state(MessageState state) {
    return Query.of(q -> q.term(t -> t.field("state").value(state.wireName())));
  }

  private static Query importedAndLive() {
    return Query.of(q ->
        q.bool(b ->
            b.filter(state(MessageState.LIVE))
                .filter(f -> f.term(t -> t.field("imported").value(true)))));
  }

  private long count(IndexVersion version, Query query) {
    return ElasticsearchCall.of(
        () -> client.count(c -> c.index(version.messages()).query(query)).count());
  }
}
