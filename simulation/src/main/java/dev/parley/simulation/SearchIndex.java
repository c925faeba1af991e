package dev.parley.simulation;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.MgetRequest;
import co.elastic.clients.elasticsearch.core.SearchRequest;
import co.elastic.clients.elasticsearch.indices.RefreshRequest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.schemas.wire.Json;
import dev.parley.search.index.Bulk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Indices as Elasticsearch keeps them: a document of an older version is refused, others are taken
/// one by one, whatever becomes of their neighbours; read by id they are there at once, found only
/// after a refresh.
final class SearchIndex {

  /// @param version by which the next one is measured
  private record Stored(long version, JsonNode source) {}

  private static final class Index {
    private final Map<String, Stored> documents = new TreeMap<>();
    private final Map<String, JsonNode> visible = new TreeMap<>();
  }

  private static final int REFRESH_MILLIS = 400;
  private static final int STORED = 200;
  private static final int CREATED = 201;
  private static final int CONFLICT = 409;
  private static final int TOO_MANY = 429;

  private final Scheduler scheduler;
  private final Wiring wiring;
  private final Map<String, Index> indices = new TreeMap<>();
  private final String refreshed;
  private final Consumer<Map<String, JsonNode>> shown;
  private int breaksPercent;
  private int underWay;
  private boolean up = true;

  /// @param refreshed the index that is refreshed now and then, whenever
  /// @param shown is told what a search sees of it
  SearchIndex(
      Scheduler scheduler, Wiring wiring, String refreshed, Consumer<Map<String, JsonNode>> shown) {
    this.scheduler = scheduler;
    this.wiring = wiring;
    this.refreshed = refreshed;
    this.shown = shown;
    refreshNowAndThen();
  }

  /// The connection of a process.
  ElasticsearchClient client(SearchTransport.Process process) {
    return new ElasticsearchClient(new SearchTransport(this, scheduler, process));
  }

  /// @param percent of the requests and documents that fail
  void breaks(int percent) {
    breaksPercent = percent;
  }

  int breaksPercent() {
    return breaksPercent;
  }

  boolean isUp() {
    return up;
  }

  void goAway() {
    up = false;
  }

  void comeBack() {
    up = true;
  }

  /// Whether no request is on its way that was given up.
  boolean isIdle() {
    return underWay == 0;
  }

  void later(int mostMillis, Runnable request) {
    underWay++;
    scheduler.soon(
        mostMillis,
        () -> {
          underWay--;
          request.run();
        });
  }

  /// All documents of an index, whether found or not.
  Map<String, JsonNode> documents(String index) {
    var all = new TreeMap<String, JsonNode>();
    of(index).documents.forEach((id, stored) -> all.put(id, stored.source()));
    return all;
  }

  Map<String, JsonNode> visible(String index) {
    return of(index).visible;
  }

  /// What it answers.
  JsonNode carryOut(Object request) {
    return switch (request) {
      case Bulk.Request bulk -> bulk(bulk);
      case MgetRequest get -> get(get);
      case SearchRequest search -> search(search);
      case RefreshRequest refresh -> {
        refresh.index().stream().filter(wiring::refreshes).forEach(this::refresh);
        yield shards();
      }
      default -> throw new UnsupportedOperationException(request.toString());
    };
  }

  private JsonNode bulk(Bulk.Request bulk) {
    var answer = Json.MAPPER.createObjectNode();
    var items = answer.putArray("items");
    var lines = new String(bulk.body(), StandardCharsets.UTF_8).lines().iterator();
    while (lines.hasNext()) {
      var one = json(lines.next()).path("index");
      var source = json(lines.next());
      var item = items.addObject().putObject("index");
      var status = scheduler.chance(breaksPercent) ? TOO_MANY : store(bulk.index(), one, source);
      boolean refused = status == CONFLICT || status == TOO_MANY;
      if (refused && wiring.tellsWhatIsRefused()) {
        item.put("status", status);
        item.putObject("error").put("type", "refused").put("reason", "status " + status);
      } else {
        item.put("status", refused ? STORED : status);
      }
    }
    return answer;
  }

  private int store(String index, JsonNode one, JsonNode source) {
    if (!wiring.stores(index, source)) {
      return CREATED;
    }
    var documents = of(index).documents;
    var id = one.path("_id").textValue();
    var before = documents.get(id);
    long version = one.path("version").longValue();
    boolean newer = one.path("version_type").textValue().equals("external");
    long least = before == null ? 0 : before.version() + (newer ? 1 : 0);
    if (version < least && wiring.minds(index)) {
      return CONFLICT;
    }
    documents.put(id, new Stored(version, source));
    return before == null ? CREATED : STORED;
  }

  private JsonNode get(MgetRequest get) {
    var index = Objects.requireNonNull(get.index());
    var answer = Json.MAPPER.createObjectNode();
    var docs = answer.putArray("docs");
    for (var id : get.ids()) {
      var stored = of(index).documents.get(id);
      var doc = docs.addObject().put("_index", index).put("_id", id).put("found", stored != null);
      if (stored != null) {
        doc.set("_source", stored.source());
      }
    }
    return answer;
  }

  private JsonNode search(SearchRequest search) {
    var answer = shards().put("took", 1).put("timed_out", false);
    var hits = answer.putObject("hits").putArray("hits");
    var query = Objects.requireNonNull(search.query());
    int size = Objects.requireNonNull(search.size());
    for (var index : search.index()) {
      of(index).visible.entrySet().stream()
          .filter(document -> matches(query, document.getValue()))
          .limit(size)
          .forEach(document ->
              hits.addObject()
                  .put("_index", index)
                  .put("_id", document.getKey())
                  .set("_source", document.getValue()));
    }
    return answer;
  }

  private static boolean matches(Query query, JsonNode source) {
    return switch (query._kind()) {
      case Bool -> {
        var bool = query.bool();
        yield bool.filter().stream().allMatch(one -> matches(one, source))
            && bool.should().stream().anyMatch(one -> matches(one, source));
      }
      case Term -> is(source, query.term().field(), query.term().value());
      case Terms ->
          query.terms().terms().value().stream()
              .anyMatch(value -> is(source, query.terms().field(), value));
      default -> throw new UnsupportedOperationException(query.toString());
    };
  }

  private static boolean is(JsonNode source, String field, FieldValue value) {
    return source.path(field).asText().equals(value.stringValue());
  }

  private void refreshNowAndThen() {
    scheduler.soon(
        REFRESH_MILLIS,
        () -> {
          refresh(refreshed);
          refreshNowAndThen();
        });
  }

  private void refresh(String index) {
    of(index).documents.forEach((id, stored) -> of(index).visible.put(id, stored.source()));
    if (index.equals(refreshed)) {
      shown.accept(of(index).visible);
    }
  }

  private Index of(String index) {
    return indices.computeIfAbsent(index, _ -> new Index());
  }

  private static ObjectNode shards() {
    var answer = Json.MAPPER.createObjectNode();
    answer.putObject("_shards").put("total", 1).put("successful", 1).put("failed", 0);
    return answer;
  }

  private static JsonNode json(String line) {
    try {
      return Json.MAPPER.readTree(line);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
