package dev.parley.search.query;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOptions;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregation;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.SearchRequest;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import co.elastic.clients.elasticsearch.core.search.TotalHitsRelation;
import dev.parley.log.TransientException;
import dev.parley.search.SearchConfig;
import dev.parley.search.access.Reach;
import dev.parley.search.index.ElasticsearchCall;
import dev.parley.search.index.IndexVersion;
import dev.parley.search.index.Indices;
import dev.parley.search.indexing.Indexer;
import dev.parley.search.message.MessageDocument;
import dev.parley.search.query.CursorSeal.InvalidCursorException;
import dev.parley.search.query.Found.Through;
import dev.parley.search.question.Question;
import dev.parley.search.text.Highlights;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers questions.
///
/// The point in time comes first, the caller's access after it: access rows are visible before the
/// messages that come after them in the log, so the access is never older than what is searched,
/// and a message sent after a removal is in no answer to the one removed.
@ApplicationScoped
public class MessageSearch {

  private static final Logger LOG = LoggerFactory.getLogger(MessageSearch.class);
  private static final int NOT_FOUND = 404;

  private final ElasticsearchClient client;
  private final Indices indices;
  private final Indexer indexer;
  private final AccessRows accessRows;
  private final SearchConfig.Query limits;
  private final CursorSeal seal;
  private final OpenPages pages;
  private final Highlights cut;

  public MessageSearch(
      ElasticsearchClient client,
      Indices indices,
      Indexer indexer,
      AccessRows accessRows,
      SearchConfig config) {
    this.client = client;
    this.indices = indices;
    this.indexer = indexer;
    this.accessRows = accessRows;
    this.limits = config.search().query();
    this.seal = new CursorSeal(config.internalSecret().orElseThrow());
    this.pages = new OpenPages(limits.cursorsMax(), limits.cursorsPerCallerMax());
    this.cut = new Highlights(limits.fragmentCharsMax(), limits.fragmentsMax());
  }

  /// @param cursorText of the page before; null: the first page
  /// @throws InvalidCursorException if the cursor cannot be continued
  /// @throws TransientException if Elasticsearch cannot answer now
  public Found find(UUID caller, Question question, int limit, @Nullable String cursorText) {
    long now = System.currentTimeMillis();
    if (cursorText == null) {
      return first(caller, question, limit, now);
    }
    return next(seal.open(cursorText, caller, CursorSeal.digest(question), now), question, limit);
  }

  private Found first(UUID caller, Question question, int limit, long now) {
    var version = indices.served();
    var lag = indexer.lagMillis(version);
    // Before the point in time, so that it never says more than is seen.
    var through = indexer.visible(version);
    var keepAlive = seconds(limits.cursorLife());
    var pointInTime =
        ElasticsearchCall.of(() ->
            client
                .openPointInTime(o -> o.index(version.messages()).keepAlive(t -> t.time(keepAlive)))
                .id());
    var start =
        new Cursor(
            UUID.randomUUID(),
            caller,
            CursorSeal.digest(question),
            version.number(),
            pointInTime,
            now,
            now + limits.cursorLife().toMillis(),
            List.of(),
            through,
            lag.isPresent() ? lag.getAsLong() : null);
    try {
      var found = page(start, version, question, limit);
      if (found.cursor() == null) {
        close(pointInTime);
      }
      return found;
    } catch (RuntimeException failed) {
      close(pointInTime);
      throw failed;
    }
  }

  private Found next(Cursor cursor, Question question, int limit) {
    var version =
        indices
            .find(cursor.version())
            .orElseThrow(() -> new InvalidCursorException("The cursor has expired"));
    try {
      return page(cursor, version, question, limit);
    } catch (ElasticsearchException refused) {
      if (refused.status() == NOT_FOUND) {
        throw new InvalidCursorException("The cursor has expired");
      }
      throw refused;
    }
  }

  private Found page(Cursor cursor, IndexVersion version, Question question, int limit) {
    var accessible = accessRows.of(version, cursor.caller(), question.conversation());
    var marks = Marks.random();
    var request = request(cursor, question, AccessFilter.of(accessible), marks, limit);
    var response = ElasticsearchCall.of(() -> client.search(request, MessageDocument.class));
    if (response.timedOut()) {
      throw new TransientException("The search took longer than " + limits.timeout());
    }
    var hits = response.hits().hits();
    boolean more = hits.size() > limit;
    var shown = more ? hits.subList(0, limit) : hits;
    var total = Objects.requireNonNull(response.hits().total());
    return new Found(
        shown.stream()
            .map(hit -> {
              var message = Objects.requireNonNull(hit.source());
              return new Found.Hit(message, marks.highlights(message, hit.highlight(), cut));
            })
            .toList(),
        total.value(),
        total.relation() == TotalHitsRelation.Gte,
        more ? keep(cursor, response, shown.getLast().sort()) : null,
        through(cursor, question, accessible, response),
        lag(cursor),
        accessible.incomplete());
  }

  private SearchRequest request(
      Cursor cursor, Question question, Query access, Marks marks, int limit) {
    return SearchRequest.of(s -> {
      s.pit(p -> p.id(cursor.pointInTime()).keepAlive(t -> t.time(seconds(limits.cursorLife()))))
          .query(
              MessageQuery.of(question, access, cursor.startedAtMillis(), limits.recencyHalfLife()))
          .sort(sort(question.order()))
          .size(limit + 1)
          .trackTotalHits(t -> t.count(limits.totalMax()))
          .source(f -> f.filter(only -> only.excludes("words", "exact", "cjk")))
          .allowPartialSearchResults(false)
          .timeout(limits.timeout().toMillis() + "ms");
      if (!question.terms().isEmpty()) {
        s.highlight(marks.request());
      }
      if (!cursor.after().isEmpty()) {
        s.searchAfter(cursor.after().stream().map(MessageSearch::sortValue).toList());
      }
      if (question.conversation() != null) {
        s.aggregations("all", head(question.conversation()));
      }
      return s;
    });
  }

  private static List<SortOptions> sort(Question.Order order) {
    return switch (order) {
      case RELEVANCE -> List.of(SortOptions.of(o -> o.score(s -> s.order(SortOrder.Desc))));
      case NEWEST -> List.of(newest("at"), newest("seq"));
    };
  }

  private static SortOptions newest(String field) {
    return SortOptions.of(o -> o.field(f -> f.field(field).order(SortOrder.Desc)));
  }

  /// The last change that the point in time holds of a conversation, found or not.
  private static Aggregation head(UUID conversation) {
    return Aggregation.of(a ->
        a.global(g -> g)
            .aggregations(
                "conversation",
                c ->
                    c.filter(f ->
                            f.term(t -> t.field("conversation").value(conversation.toString())))
                        .aggregations("head", m -> m.max(x -> x.field("changed_seq")))));
  }

  private static Through through(
      Cursor cursor, Question question, Accessible accessible, SearchResponse<?> response) {
    var conversation = question.conversation();
    if (conversation == null) {
      return new Through.OfLog(cursor.version(), cursor.through());
    }
    if (accessible.rows().isEmpty()) {
      return new Through.OfConversation(conversation, 0);
    }
    var aggregate = Objects.requireNonNull(response.aggregations().get("all"));
    var filtered = Objects.requireNonNull(aggregate.global().aggregations().get("conversation"));
    var head = Objects.requireNonNull(filtered.filter().aggregations().get("head")).max().value();
    return new Through.OfConversation(
        conversation,
        Math.min(seen(accessible.rows().getFirst()), head == null ? 0 : head.longValue()));
  }

  /// The last event that a member may know of.
  private static long seen(Reach row) {
    var last = row.intervals().getLast().to();
    return last == null ? Long.MAX_VALUE : last;
  }

  private static @Nullable Long lag(Cursor cursor) {
    var lag = cursor.lagMillis();
    return lag == null || cursor.after().isEmpty()
        ? lag
        : Long.valueOf(lag + System.currentTimeMillis() - cursor.startedAtMillis());
  }

  private String keep(Cursor cursor, SearchResponse<?> response, List<FieldValue> after) {
    long now = System.currentTimeMillis();
    var pointInTime = response.pitId();
    var next =
        cursor.next(
            pointInTime == null ? cursor.pointInTime() : pointInTime,
            after.stream().map(MessageSearch::plain).toList(),
            now + limits.cursorLife().toMillis());
    pages.keep(next, now).forEach(this::close);
    return seal.seal(next);
  }

  private static Object plain(FieldValue value) {
    return value.isLong() ? (Object) value.longValue() : (Object) value.doubleValue();
  }

  private static FieldValue sortValue(Object value) {
    return value instanceof Double score
        ? FieldValue.of(score)
        : FieldValue.of(((Number) value).longValue());
  }

  private void close(String pointInTime) {
    try {
      ElasticsearchCall.of(() -> client.closePointInTime(c -> c.id(pointInTime)));
    } catch (RuntimeException expiresByItself) {
      LOG.debug("Could not close a point in time", expiresByItself);
    }
  }

  private static String seconds(Duration duration) {
    return duration.toSeconds() + "s";
  }
}
