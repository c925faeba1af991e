package dev.parley.search.query;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.search.Hit;
import dev.parley.search.SearchConfig;
import dev.parley.search.access.AccessRow;
import dev.parley.search.index.ElasticsearchCall;
import dev.parley.search.index.IndexVersion;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads what a caller may find, as of now: a removal that was indexed is seen here at once.
@ApplicationScoped
public class AccessRows {

  private final ElasticsearchClient client;
  private final SearchConfig.Query limits;

  public AccessRows(ElasticsearchClient client, SearchConfig config) {
    this.client = client;
    this.limits = config.search().query();
  }

  /// @param conversation the only one of interest; null: all
  public Accessible of(IndexVersion version, UUID caller, @Nullable UUID conversation) {
    int max = limits.conversationsMax();
    var answer =
        ElasticsearchCall.of(() ->
            client.search(
                s ->
                    s.index(version.access())
                        .query(ofCaller("member", caller, conversation))
                        .size(max)
                        .trackTotalHits(t -> t.count(max + 1)),
                AccessRow.class));
    var total = Objects.requireNonNull(answer.hits().total()).value();
    var rows = new ArrayList<AccessRow.Member>();
    int partial = 0;
    for (Hit<AccessRow> hit : answer.hits().hits()) {
      if (hit.source() instanceof AccessRow.Member row
          && (row.isEverything() || ++partial <= limits.partialConversationsMax())) {
        rows.add(row);
      }
    }
    return new Accessible(
        rows,
        hidden(version, caller, conversation),
        total > max || partial > limits.partialConversationsMax());
  }

  private List<UUID> hidden(IndexVersion version, UUID caller, @Nullable UUID conversation) {
    var answer =
        ElasticsearchCall.of(() ->
            client.search(
                s ->
                    s.index(version.access())
                        .query(ofCaller("hidden", caller, conversation))
                        .size(limits.hiddenMax())
                        .trackTotalHits(t -> t.enabled(false)),
                AccessRow.class));
    var hidden = new ArrayList<UUID>();
    for (Hit<AccessRow> hit : answer.hits().hits()) {
      if (hit.source() instanceof AccessRow.Hidden row) {
        hidden.add(row.message());
      }
    }
    return hidden;
  }

  private static Query ofCaller(String row, UUID caller, @Nullable UUID conversation) {
    return Query.of(q ->
        q.bool(b -> {
          b.filter(f -> f.term(t -> t.field("row").value(row)));
          b.filter(f -> f.term(t -> t.field("user").value(caller.toString())));
          if (conversation != null) {
            var id = FieldValue.of(conversation.toString());
            b.filter(f -> f.term(t -> t.field("conversation").value(id)));
          }
          return b;
        }));
  }
}
