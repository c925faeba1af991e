package dev.parley.search.indexing;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import dev.parley.log.EventLoop;
import dev.parley.log.KafkaConnection;
import dev.parley.log.LogPartition;
import dev.parley.log.LoopConfig;
import dev.parley.log.LoopStatus;
import dev.parley.log.TopicAdmin;
import dev.parley.log.TransientException;
import dev.parley.log.UserTable;
import dev.parley.schemas.topic.Topics;
import dev.parley.search.SearchConfig;
import dev.parley.search.erasure.Erasures;
import dev.parley.search.index.Bulk;
import dev.parley.search.index.IndexVersion;
import dev.parley.search.index.Indices;
import dev.parley.search.index.Positions;
import dev.parley.search.index.Positions.Position;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs the loops of each version of the index there is, and a thread that creates what is missing,
/// notices new and dropped versions, and makes visible what the loops stored.
@ApplicationScoped
public class Indexer {

  private static final Logger LOG = LoggerFactory.getLogger(Indexer.class);

  private final SearchConfig config;
  private final KafkaConnection kafka;
  private final ElasticsearchClient client;
  private final Indices indices;
  private final Positions positions;
  private final Erasures erasures;
  private final UserTable users;
  private final Contents contents;
  private final Thread thread = Thread.ofPlatform().name("search-indexer").unstarted(this::run);
  private final CountDownLatch closing = new CountDownLatch(1);
  private final ReentrantLock versionsLock = new ReentrantLock();
  private final Map<Integer, IndexLoops> loops = new ConcurrentHashMap<>();
  private final Set<Integer> held = ConcurrentHashMap.newKeySet();
  private volatile @Nullable String waitsFor = "the start";

  public Indexer(
      SearchConfig config,
      ElasticsearchClient client,
      Indices indices,
      Positions positions,
      Erasures erasures,
      UserTable users) {
    this.config = config;
    this.client = client;
    this.indices = indices;
    this.positions = positions;
    this.erasures = erasures;
    this.kafka =
        new KafkaConnection(config.kafka().bootstrapServers(), config.kafka().properties());
    this.users = users;
    this.contents = new Contents(users, users::awaitKey, config.search().indexing().keyWait());
  }

  void start(@Observes StartupEvent started) {
    thread.start();
  }

  void stop(@Observes ShutdownEvent ended) throws InterruptedException {
    closing.countDown();
    thread.join(config.search().indexing().startWait());
    loops.values().forEach(IndexLoops::close);
  }

  /// What it waits for before it can index; null while it indexes.
  public @Nullable String waitsFor() {
    return waitsFor;
  }

  /// The loops of this node.
  public List<LoopStatus> status() {
    return loops.values().stream().map(IndexLoops::status).toList();
  }

  /// The loops of a version on this node, as one, or null.
  public @Nullable LoopStatus status(IndexVersion version) {
    var loop = loops.get(version.number());
    return loop == null ? null : loop.status();
  }

  /// How far a search of a version sees, by partition of the events.
  public Map<Integer, Long> visible(IndexVersion version) {
    var through = new TreeMap<Integer, Long>();
    var loop = loops.get(version.number());
    var seen = loop == null ? Map.<LogPartition, Position>of() : loop.progress().visible();
    seen.forEach((partition, position) -> {
      if (partition.topic().equals(Topics.EVENTS)) {
        through.put(partition.number(), position.next());
      }
    });
    return through;
  }

  /// How old the oldest entry may be that a search does not see yet; empty if this node cannot say.
  public OptionalLong lagMillis(IndexVersion version) {
    var loop = loops.get(version.number());
    return loop == null ? OptionalLong.empty() : OptionalLong.of(loop.lagMillis());
  }

  /// Makes visible what was stored into a version until now.
  public void show(IndexVersion version) {
    var loop = loops.get(version.number());
    if (loop != null) {
      loop.show(indices);
    }
  }

  /// Stops the loops of these versions and keeps them stopped until [#release].
  public void hold(List<IndexVersion> versions) {
    versionsLock.lock();
    try {
      for (var version : versions) {
        held.add(version.number());
        stopLoop(version.number());
      }
    } finally {
      versionsLock.unlock();
    }
  }

  /// Lets the loops of these versions go on.
  public void release(List<IndexVersion> versions) {
    versionsLock.lock();
    try {
      versions.forEach(version -> held.remove(version.number()));
      reconcile();
    } finally {
      versionsLock.unlock();
    }
  }

  /// Starts and stops loops, so that each version there is has one, and one that is being built as
  /// many as the settings say.
  public void reconcile() {
    versionsLock.lock();
    try {
      var wanted = new TreeMap<Integer, IndexVersion>();
      indices.all().forEach(version -> wanted.put(version.number(), version));
      for (var loop : List.copyOf(loops.values())) {
        if (!loop.version().equals(wanted.get(loop.version().number()))) {
          stopLoop(loop.version().number());
        }
      }
      for (var version : wanted.values()) {
        if (!held.contains(version.number())) {
          loops.computeIfAbsent(version.number(), _ -> loops(version)).run(wanted(version));
        }
      }
    } finally {
      versionsLock.unlock();
    }
  }

  /// A projection into `version` that nothing drives yet.
  public SearchProjection projection(IndexVersion version, Progress progress) {
    return projection(version, 1, progress);
  }

  private SearchProjection projection(IndexVersion version, int nth, Progress progress) {
    var indexing = config.search().indexing();
    return new SearchProjection(
        version,
        nth,
        client,
        new Bulk(client, bulkLimits(indexing)),
        positions,
        contents,
        erasures,
        progress);
  }

  public static Bulk.Limits bulkLimits(SearchConfig.Indexing indexing) {
    return new Bulk.Limits(
        indexing.bulkDocumentsMax(), indexing.bulkBytesMax(), indexing.bulksAtOnce());
  }

  /// How a loop of `version` reads the log.
  public LoopConfig loopConfig(IndexVersion version) {
    var indexing = config.search().indexing();
    var group = "%s-search-v%d".formatted(config.search().index().namePrefix(), version.number());
    return LoopConfig.committed(kafka, group)
        .withBatch(indexing.batchEntriesMax(), indexing.batchBytesMax())
        .withGather(indexing.gather())
        .withRetry(indexing.retryFirst(), indexing.retryMax());
  }

  private IndexLoops loops(IndexVersion version) {
    LOG.info("Index version {} is kept up", version.number());
    var progress = new Progress();
    return new IndexLoops(
        version,
        progress,
        nth -> new EventLoop(loopConfig(version), projection(version, nth, progress)),
        new RefreshPace(
            config.search().indexing().batchEntriesMax(),
            config.search().index().refreshIntervalBacklog(),
            System.nanoTime()));
  }

  /// A version after the one in service is being built.
  private int wanted(IndexVersion version) {
    return version.number() > indices.served().number() ? config.search().replay().buildLoops() : 1;
  }

  private void stopLoop(int number) {
    var loop = loops.remove(number);
    if (loop != null) {
      loop.close();
    }
  }

  private void run() {
    if (!prepared()) {
      return;
    }
    long every = config.search().indexing().versionsEvery().toNanos();
    long lookedAtNanos = System.nanoTime();
    while (!ended()) {
      boolean look = System.nanoTime() - lookedAtNanos > every;
      lookedAtNanos = look ? System.nanoTime() : lookedAtNanos;
      keepUp(look);
    }
  }

  private boolean prepared() {
    while (!ended()) {
      try {
        prepare();
        waitsFor = null;
        return true;
      } catch (RuntimeException notYet) {
        waits(notYet);
      }
    }
    return false;
  }

  /// Told once for each reason, however long it lasts.
  private void waits(RuntimeException notYet) {
    var reason = String.valueOf(notYet.getMessage());
    if (!reason.equals(waitsFor)) {
      LOG.warn("Waits: {}", reason);
    }
    waitsFor = reason;
  }

  private void prepare() {
    indices.ensure();
    if (config.search().indexing().enabled()) {
      var wait = config.search().indexing().startWait();
      TopicAdmin.await(kafka, List.of(Topics.EVENTS, Topics.MARKS, Topics.USERS), wait);
      if (!users.awaitLoaded(wait)) {
        throw new TransientException("The people of " + Topics.USERS + " are not all read yet");
      }
      reconcile();
    }
  }

  private void keepUp(boolean lookForVersions) {
    try {
      loops.values().forEach(loop -> loop.showWhenDue(indices));
      if (lookForVersions && config.search().indexing().enabled()) {
        // Also after a start: an engine that lost its indices gets them anew, from the log.
        indices.ensure();
        reconcile();
      }
      waitsFor = null;
    } catch (RuntimeException notThere) {
      waits(notThere);
    }
  }

  /// Waits a refresh interval.
  private boolean ended() {
    try {
      return closing.await(
          config.search().index().refreshInterval().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
