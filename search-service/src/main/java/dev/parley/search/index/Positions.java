package dev.parley.search.index;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import dev.parley.log.LogPartition;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How far each version of the index has read each partition of the log. A stored position never
/// goes back.
@ApplicationScoped
public class Positions {

  private static final Bulk.Limits BULK_LIMITS = new Bulk.Limits(1_000, 1 << 20, 1);

  private final ElasticsearchClient client;
  private final Indices indices;
  private final Bulk bulk;

  public Positions(ElasticsearchClient client, Indices indices) {
    this.client = client;
    this.indices = indices;
    this.bulk = new Bulk(client, BULK_LIMITS);
  }

  /// @param next offset to read next
  /// @param atMillis time of the entry before it
  public record Position(long next, long atMillis) {}

  private record Stored(
      String index, int version, String topic, int partition, long next, long at) {}

  /// The stored positions; a partition that is absent has none.
  public Map<LogPartition, Position> read(
      IndexVersion version, Collection<LogPartition> partitions) {
    if (partitions.isEmpty()) {
      return Map.of();
    }
    var ids = partitions.stream().map(partition -> id(version, partition)).toList();
    var answer =
        ElasticsearchCall.of(
            () -> client.mget(m -> m.index(indices.positionsIndex()).ids(ids), Stored.class));
    var positions = new HashMap<LogPartition, Position>();
    for (var document : answer.docs()) {
      var stored = MultiGet.found(document);
      if (stored != null) {
        positions.put(
            new LogPartition(stored.topic(), stored.partition()),
            new Position(stored.next(), stored.at()));
      }
    }
    return positions;
  }

  /// Stores positions, after all that comes before them was stored.
  public void store(IndexVersion version, Map<LogPartition, Position> positions) {
    var items = new ArrayList<Bulk.Item>();
    positions.forEach((partition, position) ->
        items.add(
            new Bulk.Item(
                id(version, partition),
                position.next(),
                Documents.bytes(
                    new Stored(
                        version.created(),
                        version.number(),
                        partition.topic(),
                        partition.number(),
                        position.next(),
                        position.atMillis())))));
    bulk.overwrite(indices.positionsIndex(), List.copyOf(items));
  }

  private static String id(IndexVersion version, LogPartition partition) {
    return "v%d/%s/%s".formatted(version.number(), version.created(), partition);
  }
}
