package dev.parley.search.erasure;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import dev.parley.log.TransientException;
import dev.parley.search.SearchConfig;
import dev.parley.search.index.ElasticsearchCall;
import dev.parley.search.index.IndexVersion;
import dev.parley.search.index.Indices;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has the engine drop from its files what was deleted or emptied: it keeps old texts until it
/// merges the segments that they are in, which may be never.
///
/// After an erasure it waits until other nodes have read of it as well and the engine has let go of
/// what it keeps for its copies, empties once more what a slower node may have indexed meanwhile,
/// and merges; again, until nothing old is left. To be called by one thread; [#erased] by any.
final class Expunging {

  private static final Logger LOG = LoggerFactory.getLogger(Expunging.class);
  private static final long HOUR_NANOS = Duration.ofHours(1).toNanos();

  private final ElasticsearchClient client;
  private final Indices indices;
  private final Erasures erasures;
  private final SearchConfig.Erasure config;
  private final PendingNote note;
  private final ExpungeMeters meters;
  private final Map<Integer, Waiting> waiting = new TreeMap<>();
  private long hourBeganNanos;
  private int mergesOfHour;

  /// A version of which something waits.
  private static final class Waiting {
    private final Set<UUID> people = new HashSet<>();
    private long dueNanos;
    private int merges;
  }

  Expunging(
      ElasticsearchClient client,
      Indices indices,
      Erasures erasures,
      SearchConfig.Erasure config,
      ExpungeMeters meters) {
    this.client = client;
    this.indices = indices;
    this.erasures = erasures;
    this.config = config;
    this.note = new PendingNote(client, indices);
    this.meters = meters;
  }

  /// What waited when the service ended waits again.
  void resume(long nowNanos) {
    note.read().forEach((version, people) -> add(version, people, nowNanos));
  }

  /// @throws TransientException if it could not be noted
  void erased(IndexVersion version, Collection<UUID> people, long nowNanos) {
    note.add(version.number(), people);
    add(version.number(), people, nowNanos);
  }

  private void add(int version, Collection<UUID> people, long nowNanos) {
    synchronized (waiting) {
      var one = waiting.computeIfAbsent(version, _ -> new Waiting());
      one.people.addAll(people);
      one.merges = 0;
      one.dueNanos = nowNanos + config.settle().toNanos();
    }
  }

  /// Looks at what is due.
  void look(long nowNanos) {
    for (int version : due(nowNanos)) {
      var found = indices.find(version);
      if (found.isEmpty() || look(found.get(), nowNanos)) {
        done(version, nowNanos);
      }
    }
  }

  private List<Integer> due(long nowNanos) {
    synchronized (waiting) {
      return waiting.entrySet().stream()
          .filter(entry -> entry.getValue().dueNanos - nowNanos <= 0)
          .map(Map.Entry::getKey)
          .toList();
    }
  }

  /// Whether nothing is to be done any more; otherwise it is due again.
  private boolean look(IndexVersion version, long nowNanos) {
    Waiting one;
    Set<UUID> people;
    synchronized (waiting) {
      one = waiting.get(version.number());
      if (one == null) {
        return true;
      }
      people = Set.copyOf(one.people);
      one.dueNanos = nowNanos + config.settle().toNanos();
    }
    erasures.empty(version, people);
    // The engine's own log of changes holds texts too; it goes with a flush.
    ElasticsearchCall.of(() -> client.indices().flush(f -> f.index(version.messages())));
    long before = deleted(version);
    if (before == 0) {
      LOG.info("Nothing deleted is left in the files of index version {}", version.number());
      return true;
    }
    if (!mayMerge(nowNanos)) {
      LOG.info(
          "{} deleted documents are left in the files of index version {}: {} merges of this hour"
              + " are used up, it goes on later",
          before,
          version.number(),
          config.mergesPerHour());
      return false;
    }
    ElasticsearchCall.of(() ->
        client.indices().forcemerge(f -> f.index(version.messages()).onlyExpungeDeletes(true)));
    meters.merged();
    long left = deleted(version);
    LOG.info(
        "Dropped {} deleted documents from the files of index version {}, {} are left",
        before - left,
        version.number(),
        left);
    synchronized (waiting) {
      one.merges++;
      if (left > 0 && one.merges >= config.mergesMax()) {
        LOG.warn(
            "{} merges left {} deleted documents in the files of index version {}: the engine's own"
                + " merges do the rest",
            one.merges,
            left,
            version.number());
        meters.gaveUp();
        return true;
      }
    }
    return left == 0;
  }

  /// Unless something was erased meanwhile.
  private void done(int version, long lookedAtNanos) {
    Set<UUID> people;
    synchronized (waiting) {
      var one = waiting.get(version);
      if (one == null || one.dueNanos - lookedAtNanos > config.settle().toNanos()) {
        return;
      }
      people = Set.copyOf(one.people);
      waiting.remove(version);
    }
    note.remove(version, people);
  }

  private long deleted(IndexVersion version) {
    var index =
        ElasticsearchCall.of(() -> client.indices().stats(s -> s.index(version.messages())))
            .indices()
            .get(version.messages());
    var total = index == null ? null : index.total();
    var documents = total == null ? null : total.docs();
    var deleted = documents == null ? null : documents.deleted();
    if (deleted == null) {
      throw new TransientException("The engine does not tell how many documents are deleted");
    }
    return deleted;
  }

  private boolean mayMerge(long nowNanos) {
    if (mergesOfHour == 0 || nowNanos - hourBeganNanos > HOUR_NANOS) {
      hourBeganNanos = nowNanos;
      mergesOfHour = 0;
    }
    if (mergesOfHour >= config.mergesPerHour()) {
      return false;
    }
    mergesOfHour++;
    return true;
  }
}
