package dev.parley.search.query;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.search.Hit;
import dev.parley.search.SearchConfig;
import dev.parley.search.access.AccessRow;
import dev.parley.search.access.Reach;
import dev.parley.search.index.ElasticsearchCall;
import dev.parley.search.index.IndexVersion;
import dev.parley.search.message.MessageDocument;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
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
    var members = new ArrayList<AccessRow.Member>();
    for (Hit<AccessRow> hit : answer.hits().hits()) {
      if (hit.source() instanceof AccessRow.Member row) {
        members.add(row);
      }
    }
    var fromJoining = fromJoining(version, members);
    var rows = new ArrayList<Reach>();
    int partial = 0;
    for (var member : members) {
      var reach = Reach.of(member, fromJoining.contains(member.conversation()));
      if (reach.isEverything() || ++partial <= limits.partialConversationsMax()) {
        rows.add(reach);
      }
    }
    return new Accessible(
        rows,
        hidden(version, caller, conversation),
        total > max || partial > limits.partialConversationsMax());
  }

  /// Those in which members find only what came in their stays. A channel is read by everybody.
  private Set<UUID> fromJoining(IndexVersion version, List<AccessRow.Member> members) {
    var present =
        members.stream()
            .filter(AccessRow.Member::isPresent)
            .map(member -> FieldValue.of(member.conversation().toString()))
            .toList();
    if (present.isEmpty()) {
      return Set.of();
    }
    var answer =
        ElasticsearchCall.of(() ->
            client.search(
                s ->
                    s.index(version.access())
                        .query(q ->
                            q.bool(b ->
                                b.filter(term("row", "conversation"))
                                    .filter(term("history", "from_joining"))
                                    .mustNot(term("kind", "channel"))
                                    .filter(f ->
                                        f.terms(t ->
                                            t.field("conversation").terms(v -> v.value(present))))))
                        .size(present.size())
                        .trackTotalHits(t -> t.enabled(false)),
                AccessRow.class));
    var found = new HashSet<UUID>();
    for (Hit<AccessRow> hit : answer.hits().hits()) {
      if (hit.source() instanceof AccessRow.Conversation row) {
        found.add(row.conversation());
      }
    }
    return found;
  }

  private static Query term(String field, String value) {
    return Query.of(q -> q.term(t -> t.field(field).value(value)));
  }

  private List<String> hidden(IndexVersion version, UUID caller, @Nullable UUID conversation) {
    var answer =
        ElasticsearchCall.of(() ->
            client.search(
                s ->
                    s.index(version.access())
                        .query(ofCaller("hidden", caller, conversation))
                        .size(limits.hiddenMax())
                        .trackTotalHits(t -> t.enabled(false)),
                AccessRow.class));
    var hidden = new ArrayList<String>();
    for (Hit<AccessRow> hit : answer.hits().hits()) {
      if (hit.source() instanceof AccessRow.Hidden row) {
        hidden.add(MessageDocument.key(row.conversation(), row.message()));
      }
    }
    return hidden;
  }

  private static Query ofCaller(String row, UUID caller, @Nullable UUID conversation) {
    return Query.of(q ->
        q.bool(b -> {
          b.filter(term("row", row)).filter(term("user", caller.toString()));
          if (conversation != null) {
            b.filter(term("conversation", conversation.toString()));
          }
          return b;
        }));
  }
}
