package dev.parley.search.indexing;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import dev.parley.log.Batch;
import dev.parley.log.LogEntry;
import dev.parley.log.LogPartition;
import dev.parley.log.Projection;
import dev.parley.schemas.event.Event;
import dev.parley.schemas.personal.Personal;
import dev.parley.schemas.topic.Topics;
import dev.parley.schemas.user.UserProfile;
import dev.parley.search.access.AccessFold;
import dev.parley.search.access.AccessRow;
import dev.parley.search.erasure.Erasures;
import dev.parley.search.index.Bulk;
import dev.parley.search.index.Documents;
import dev.parley.search.index.ElasticsearchCall;
import dev.parley.search.index.IndexVersion;
import dev.parley.search.index.MultiGet;
import dev.parley.search.index.Positions;
import dev.parley.search.message.MessageDocument;
import dev.parley.search.message.MessageFold;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// Keeps one version of the index equal to the log.
///
/// Three steps, each stored before the next begins: access rows, made visible at once, those of
/// what people hid among them; messages, of which those of erased people are emptied; positions. So
/// a message is never visible before the removals that come before it in the log, and a batch that
/// comes again after a crash finds its own traces and changes nothing.
public final class SearchProjection implements Projection {

  private final String name;
  private final IndexVersion version;
  private final ElasticsearchClient client;
  private final Bulk bulk;
  private final Positions positions;
  private final Contents contents;
  private final Erasures erasure;
  private final Progress progress;

  /// @param nth of those of this node that write the version, from 1
  public SearchProjection(
      IndexVersion version,
      int nth,
      ElasticsearchClient client,
      Bulk bulk,
      Positions positions,
      Contents contents,
      Erasures erasure,
      Progress progress) {
    this.name = nth == 1 ? name(version) : name(version) + "-" + nth;
    this.version = version;
    this.client = client;
    this.bulk = bulk;
    this.positions = positions;
    this.contents = contents;
    this.erasure = erasure;
    this.progress = progress;
  }

  @Override
  public String name() {
    return name;
  }

  static String name(IndexVersion version) {
    return "search-v" + version.number();
  }

  @Override
  public Set<String> topics() {
    return Set.of(Topics.EVENTS, Topics.MARKS, Topics.USERS);
  }

  @Override
  public Map<LogPartition, Long> positions(Set<LogPartition> partitions) {
    var stored = positions.read(version, partitions);
    progress.assigned(partitions, stored);
    return stored.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().next()));
  }

  @Override
  public void apply(Batch batch) {
    var events =
        batch.entries().stream()
            .filter(entry -> entry.partition().topic().equals(Topics.EVENTS))
            .map(entry -> entry.event().event())
            .toList();
    var erased = erased(batch);
    erased.forEach(contents::forget);
    applyHidden(batch);
    applyAccess(events);
    applyMessages(events);
    // After the messages, so that it finds all that was indexed before it.
    erasure.erase(version, erased);
    var reached = reached(batch);
    positions.store(version, reached);
    progress.indexed(reached);
  }

  private static Set<UUID> erased(Batch batch) {
    return batch.entries().stream()
        .filter(entry -> entry.partition().topic().equals(Topics.USERS) && entry.value().length > 0)
        .map(LogEntry::user)
        .filter(UserProfile::erased)
        .map(UserProfile::id)
        .collect(Collectors.toSet());
  }

  /// Of what members keep only this is searched for, or rather not.
  private void applyHidden(Batch batch) {
    var items = new ArrayList<Bulk.Item>();
    for (var entry : batch.entries()) {
      if (entry.partition().topic().equals(Topics.MARKS) && entry.value().length > 0) {
        var kept = entry.personal();
        if (kept.value() instanceof Personal.Hidden(var message)) {
          var row = new AccessRow.Hidden(kept.conversation(), kept.user(), message);
          items.add(new Bulk.Item(row.id(), row.seq(), Documents.bytes(row)));
        }
      }
    }
    if (!items.isEmpty()) {
      bulk.write(version.access(), items);
      ElasticsearchCall.of(() -> client.indices().refresh(r -> r.index(version.access())));
    }
  }

  private void applyAccess(List<Event> events) {
    var needed = AccessFold.needed(events);
    if (needed.isEmpty()) {
      return;
    }
    var fold = new AccessFold(MultiGet.of(client, version.access(), needed, AccessRow.class));
    events.forEach(fold::apply);
    var items =
        fold.changed().stream()
            .map(row -> new Bulk.Item(row.id(), row.seq(), Documents.bytes(row)))
            .toList();
    bulk.write(version.access(), items);
    // Also when nothing changed: this batch may be a repeat of one that died before the refresh.
    ElasticsearchCall.of(() -> client.indices().refresh(r -> r.index(version.access())));
  }

  private void applyMessages(List<Event> events) {
    var needed = MessageFold.needed(events);
    var fold =
        new MessageFold(
            MultiGet.of(client, version.messages(), needed, MessageDocument.class),
            contents::isErased);
    events.forEach(event -> fold.apply(event, contents.of(event)));
    var items =
        fold.changed().stream()
            .map(document ->
                new Bulk.Item(document.key(), document.changedSeq(), Documents.bytes(document)))
            .toList();
    bulk.write(version.messages(), items);
  }

  private static Map<LogPartition, Positions.Position> reached(Batch batch) {
    var times = new HashMap<LogPartition, Long>();
    for (LogEntry entry : batch.entries()) {
      times.merge(entry.partition(), entry.timestampMillis(), Math::max);
    }
    var reached = new HashMap<LogPartition, Positions.Position>();
    batch
        .advances()
        .forEach((partition, advance) ->
            reached.put(
                partition,
                new Positions.Position(advance.next(), times.getOrDefault(partition, 0L))));
    return reached;
  }
}
