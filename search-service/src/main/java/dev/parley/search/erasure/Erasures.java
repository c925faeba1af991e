package dev.parley.search.erasure;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import dev.parley.log.TransientException;
import dev.parley.search.index.Bulk;
import dev.parley.search.index.Documents;
import dev.parley.search.index.ElasticsearchCall;
import dev.parley.search.index.IndexVersion;
import dev.parley.search.message.MessageDocument;
import dev.parley.search.message.MessageState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Empties what people wrote who were erased, and the forwards of it, wherever it is indexed. What
/// is indexed later is empty from the start, since nothing of theirs can be opened any more.
public final class Erasures {

  private static final Logger LOG = LoggerFactory.getLogger(Erasures.class);
  private static final int DOCUMENTS_MAX = 500;
  private static final int PEOPLE_MAX = 1_000;

  private final ElasticsearchClient client;
  private final Bulk bulk;
  private final BiConsumer<IndexVersion, Collection<UUID>> erased;

  /// @param erased is told of each erasure, before its position is stored
  public Erasures(
      ElasticsearchClient client, Bulk bulk, BiConsumer<IndexVersion, Collection<UUID>> erased) {
    this.client = client;
    this.bulk = bulk;
    this.erased = erased;
  }

  /// Empties all that is indexed now. The same again changes nothing.
  ///
  /// @throws TransientException if the engine is away, or took what it then does not show; the same
  ///   is to be asked again
  public void erase(IndexVersion version, Collection<UUID> people) {
    if (people.isEmpty()) {
      return;
    }
    empty(version, people);
    erased.accept(version, people);
  }

  /// As [#erase], and tells nobody.
  long empty(IndexVersion version, Collection<UUID> people) {
    long emptied = 0;
    var all = List.copyOf(people);
    for (int from = 0; from < all.size(); from += PEOPLE_MAX) {
      emptied += emptyPart(version, all.subList(from, Math.min(all.size(), from + PEOPLE_MAX)));
    }
    return emptied;
  }

  private long emptyPart(IndexVersion version, List<UUID> people) {
    long emptied = 0;
    var before = Set.<MessageDocument>of();
    while (true) {
      ElasticsearchCall.of(() -> client.indices().refresh(r -> r.index(version.messages())));
      var readable = readable(version, people);
      if (readable.isEmpty()) {
        if (emptied > 0) {
          LOG.info(
              "Emptied {} messages of {} erased people in version {}",
              emptied,
              people.size(),
              version.number());
        }
        return emptied;
      }
      if (before.equals(Set.copyOf(readable))) {
        throw new TransientException(
            "%d messages of erased people are as readable as before they were emptied"
                .formatted(readable.size()));
      }
      before = Set.copyOf(readable);
      // Of the same version, unless a newer state came in between, which the next look finds.
      bulk.overwrite(
          version.messages(),
          readable.stream()
              .map(MessageDocument::erased)
              .map(empty -> new Bulk.Item(empty.key(), empty.changedSeq(), Documents.bytes(empty)))
              .toList());
      emptied += readable.size();
    }
  }

  private List<MessageDocument> readable(IndexVersion version, List<UUID> people) {
    var ids = people.stream().map(person -> FieldValue.of(person.toString())).toList();
    var query =
        Query.of(q ->
            q.bool(b ->
                b.filter(f -> f.term(t -> t.field("state").value(MessageState.LIVE.wireName())))
                    .should(s -> s.terms(t -> t.field("author").terms(v -> v.value(ids))))
                    .should(s -> s.terms(t -> t.field("origin_author").terms(v -> v.value(ids))))
                    .minimumShouldMatch("1")));
    var page =
        ElasticsearchCall.of(() ->
            client.search(
                s ->
                    s.index(version.messages())
                        .query(query)
                        .size(DOCUMENTS_MAX)
                        .allowPartialSearchResults(false)
                        .trackTotalHits(t -> t.enabled(false)),
                MessageDocument.class));
    var found = new ArrayList<MessageDocument>();
    page.hits()
        .hits()
        .forEach(hit -> {
          var document = hit.source();
          if (document != null) {
            found.add(document);
          }
        });
    return found;
  }
}
