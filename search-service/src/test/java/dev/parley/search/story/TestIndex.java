package dev.parley.search.story;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import dev.parley.schemas.content.KeyLookup;
import dev.parley.schemas.content.Keyring;
import dev.parley.search.SearchConfig;
import dev.parley.search.erasure.Erasures;
import dev.parley.search.index.Bulk;
import dev.parley.search.index.ElasticsearchConnection;
import dev.parley.search.index.IndexVersion;
import dev.parley.search.index.Indices;
import dev.parley.search.index.Positions;
import dev.parley.search.indexing.Contents;
import dev.parley.search.indexing.Indexer;
import dev.parley.search.indexing.Progress;
import dev.parley.search.indexing.SearchProjection;
import dev.parley.stack.test.TestEngines;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/// Indices of one test in the real Elasticsearch, without a service around them.
public record TestIndex(
    SearchConfig config, ElasticsearchClient client, Indices indices, Positions positions) {

  public static TestIndex create() {
    return at(TestEngines.elasticsearch().url());
  }

  public static TestIndex at(String url) {
    var config = config(Map.of("parley.elasticsearch.url", url));
    var client = ElasticsearchConnection.open(config.elasticsearch());
    var indices = new Indices(client, config);
    return new TestIndex(config, client, indices, new Positions(client, indices));
  }

  /// The settings of `parley.search.erasure` as told.
  public SearchConfig with(Map<String, String> ofErasure) {
    var named = new HashMap<String, String>();
    ofErasure.forEach((name, value) -> named.put("parley.search.erasure." + name, value));
    return config(named);
  }

  private static SearchConfig config(Map<String, String> more) {
    var values = new HashMap<>(more);
    values.put("parley.search.index.name-prefix", "test-" + UUID.randomUUID());
    return new SmallRyeConfigBuilder()
        .withConverter(Duration.class, 200, new DurationConverter())
        .withMapping(SearchConfig.class)
        .withSources(new PropertiesConfigSource(values, "test", 100))
        .build()
        .getConfigMapping(SearchConfig.class);
  }

  /// A projection into `version` that reads plain content only.
  public SearchProjection projection(IndexVersion version) {
    return projection(version, _ -> new KeyLookup.Unknown());
  }

  public SearchProjection projection(IndexVersion version, Keyring keyring) {
    // Small, so that a batch is several bulks.
    return projection(version, keyring, new Bulk(client, new Bulk.Limits(100, 1 << 16, 3)));
  }

  /// With the bulks that a service sends.
  public SearchProjection projectionInService(IndexVersion version) {
    return projection(
        version,
        _ -> new KeyLookup.Unknown(),
        new Bulk(client, Indexer.bulkLimits(config.search().indexing())));
  }

  public Erasures erasures() {
    return new Erasures(client, new Bulk(client, new Bulk.Limits(100, 1 << 16, 3)), (_, _) -> {});
  }

  private SearchProjection projection(IndexVersion version, Keyring keyring, Bulk bulk) {
    var contents =
        new Contents(
            keyring,
            (user, _) -> CompletableFuture.completedFuture(keyring.keyOf(user)),
            Duration.ofMillis(10));
    return new SearchProjection(
        version, 1, client, bulk, positions, contents, erasures(), new Progress());
  }
}
