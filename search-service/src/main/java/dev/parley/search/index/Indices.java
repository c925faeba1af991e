package dev.parley.search.index;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.ExpandWildcard;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.log.TransientException;
import dev.parley.search.SearchConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Creates, lists, switches and drops versions of the index.
@ApplicationScoped
public class Indices {

  private static final Logger LOG = LoggerFactory.getLogger(Indices.class);
  // The engine's own refresh, for what a node indexed just before it died; nodes refresh earlier.
  private static final String REFRESH_AT_LATEST = "30s";
  // Nothing else is asked for: the client does not know all settings that an index may have.
  private static final String OWN_ID = "*.settings.index.uuid";
  private static final String REVISION = "revision";
  private static final long SERVED_KNOWN_NANOS = 1_000_000_000L;

  private final ElasticsearchClient client;
  private final SearchConfig.Index config;
  private final Pattern messagesName;
  private final ConcurrentMap<Integer, IndexVersion> known = new ConcurrentHashMap<>();
  private volatile @Nullable Served served;

  private record Served(IndexVersion version, long atNanos) {}

  public Indices(ElasticsearchClient client, SearchConfig config) {
    this.client = client;
    this.config = config.search().index();
    this.messagesName = Pattern.compile(Pattern.quote(messagesAlias()) + "-v([1-9][0-9]{0,8})");
  }

  /// Creates what is missing, so that a version is in service. Changes nothing where one is, unless
  /// an older release made it: it cannot hold what is written now, so an empty one takes its place
  /// and is filled from the log.
  public void ensure() {
    if (!ElasticsearchCall.of(() -> client.indices().exists(e -> e.index(positionsIndex())))
        .value()) {
      create(positionsIndex(), "positions.json");
    }
    var outdated = all().stream().filter(this::isOutdated).toList();
    var served = aliased();
    if (served.isEmpty() || outdated.contains(served.get())) {
      var fit = all().stream().filter(version -> !outdated.contains(version)).findFirst();
      serve(fit.orElseGet(() -> create(next())));
    }
    outdated.forEach(this::drop);
  }

  private int next() {
    var versions = all();
    return versions.isEmpty() ? 1 : versions.getLast().number() + 1;
  }

  /// By the revision of the mapping that it was created with.
  private boolean isOutdated(IndexVersion version) {
    var mapping =
        ElasticsearchCall.of(() ->
                client
                    .indices()
                    .getMapping(m -> m.index(version.messages()).ignoreUnavailable(true)))
            .get(version.messages());
    if (mapping == null) {
      return false;
    }
    var revision = mapping.mappings().meta().get(REVISION);
    return revision == null || revision.to(Integer.class) != revision();
  }

  private static int revision() {
    return read("messages.json").at("/mappings/_meta/" + REVISION).asInt();
  }

  /// The version that queries are answered from. Known for a second; the version before it is kept
  /// up after a switch, so an answer from it is not wrong.
  public IndexVersion served() {
    var cached = served;
    if (cached != null && System.nanoTime() - cached.atNanos() < SERVED_KNOWN_NANOS) {
      return cached.version();
    }
    var version =
        aliased().orElseThrow(() -> new TransientException("The index is not created yet"));
    served = new Served(version, System.nanoTime());
    return version;
  }

  /// All versions there are, in their order.
  public List<IndexVersion> all() {
    var found =
        ElasticsearchCall.of(() ->
            client
                .withTransportOptions(o -> o.setParameter("filter_path", OWN_ID))
                .indices()
                .get(g -> g.index(messagesAlias() + "-v*").expandWildcards(ExpandWildcard.Open))
                .indices());
    var versions = new ArrayList<IndexVersion>();
    found.forEach((name, index) -> {
      var matcher = messagesName.matcher(name);
      var settings = index.settings();
      if (matcher.matches() && settings != null) {
        var own = settings.index() == null ? settings : settings.index();
        versions.add(version(Integer.parseInt(matcher.group(1)), String.valueOf(own.uuid())));
      }
    });
    versions.sort(Comparator.comparingInt(IndexVersion::number));
    return versions;
  }

  public Optional<IndexVersion> find(int number) {
    return all().stream().filter(version -> version.number() == number).findFirst();
  }

  /// Creates version `number`, empty and not in service.
  public IndexVersion create(int number) {
    create(accessName(number), "access.json");
    create(messagesName(number), "messages.json");
    return find(number)
        .orElseThrow(() -> new TransientException("Index version " + number + " is not there yet"));
  }

  /// Puts a version in service: both aliases change in one step.
  public void serve(IndexVersion version) {
    ElasticsearchCall.of(() ->
        client
            .indices()
            .updateAliases(u ->
                u.actions(a ->
                        a.remove(r ->
                            r.index(messagesAlias() + "-v*")
                                .alias(messagesAlias())
                                .mustExist(false)))
                    .actions(a ->
                        a.remove(r ->
                            r.index(accessAlias() + "-v*").alias(accessAlias()).mustExist(false)))
                    .actions(a -> a.add(d -> d.index(version.messages()).alias(messagesAlias())))
                    .actions(a -> a.add(d -> d.index(version.access()).alias(accessAlias())))));
    served = new Served(version, System.nanoTime());
    LOG.info("Index version {} is in service", version.number());
  }

  /// Deletes a version that is not in service.
  public void drop(IndexVersion version) {
    if (version.equals(aliased().orElse(null))) {
      throw new IllegalStateException(
          "Expected version " + version.number() + " not to be in service, but it is");
    }
    ElasticsearchCall.of(() ->
        client
            .indices()
            .delete(d -> d.index(version.messages(), version.access()).ignoreUnavailable(true)));
    LOG.info("Index version {} is dropped", version.number());
  }

  /// Makes all that was indexed visible.
  public void refresh(IndexVersion version) {
    ElasticsearchCall.of(
        () -> client.indices().refresh(r -> r.index(version.messages(), version.access())));
  }

  public String positionsIndex() {
    return config.namePrefix() + "-search-positions";
  }

  public String messagesAlias() {
    return config.namePrefix() + "-messages";
  }

  public String accessAlias() {
    return config.namePrefix() + "-access";
  }

  private Optional<IndexVersion> aliased() {
    try {
      var names =
          ElasticsearchCall.of(
              () -> client.indices().getAlias(g -> g.name(messagesAlias())).aliases().keySet());
      return names.stream()
          .map(messagesName::matcher)
          .filter(java.util.regex.Matcher::matches)
          .map(matcher -> Integer.parseInt(matcher.group(1)))
          .findFirst()
          .flatMap(this::findKnown);
    } catch (ElasticsearchException refused) {
      if (refused.status() == 404) {
        return Optional.empty();
      }
      throw refused;
    }
  }

  private Optional<IndexVersion> findKnown(int number) {
    var version = known.get(number);
    return version == null ? find(number) : Optional.of(version);
  }

  private IndexVersion version(int number, String created) {
    var version = new IndexVersion(number, messagesName(number), accessName(number), created);
    known.put(number, version);
    return version;
  }

  private String messagesName(int number) {
    return messagesAlias() + "-v" + number;
  }

  private String accessName(int number) {
    return accessAlias() + "-v" + number;
  }

  private void create(String name, String definition) {
    try {
      ElasticsearchCall.of(() ->
          client
              .indices()
              .create(c -> c.index(name).withJson(new StringReader(definition(definition)))));
      LOG.info("Created index {}", name);
    } catch (ElasticsearchException refused) {
      if (!"resource_already_exists_exception".equals(refused.error().type())) {
        throw refused;
      }
    }
  }

  private String definition(String resource) {
    var root = read(resource);
    var index = (ObjectNode) root.path("settings").path("index");
    index.put("number_of_shards", config.shards());
    index.put("number_of_replicas", config.replicas());
    index.put("refresh_interval", REFRESH_AT_LATEST);
    return root.toString();
  }

  private static ObjectNode read(String resource) {
    try (var in = Indices.class.getResourceAsStream("/elasticsearch/" + resource)) {
      return (ObjectNode) Documents.MAPPER.readTree(in);
    } catch (IOException broken) {
      throw new IllegalStateException("Could not read " + resource, broken);
    }
  }
}
