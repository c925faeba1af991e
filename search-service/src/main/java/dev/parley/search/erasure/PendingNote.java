package dev.parley.search.erasure;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import dev.parley.search.index.ElasticsearchCall;
import dev.parley.search.index.Indices;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Remembers across restarts in which versions something waits to be dropped from the files, and of
/// whom.
record PendingNote(ElasticsearchClient client, Indices indices) {

  private static final String ID = "erasure";

  /// @param replay the one field of that index that holds what it is given
  private record Note(@Nullable Pending replay) {}

  /// @param people by version; absent in notes of older releases
  private record Pending(
      @Nullable List<Integer> versions, @Nullable Map<Integer, List<UUID>> people) {}

  Map<Integer, Set<UUID>> read() {
    var note =
        ElasticsearchCall.of(
                () -> client.get(g -> g.index(indices.positionsIndex()).id(ID), Note.class))
            .source();
    if (note == null || note.replay() == null || note.replay().versions() == null) {
      return Map.of();
    }
    var people = Objects.requireNonNullElse(note.replay().people(), Map.<Integer, List<UUID>>of());
    var pending = new TreeMap<Integer, Set<UUID>>();
    for (int version : note.replay().versions()) {
      pending.put(version, Set.copyOf(people.getOrDefault(version, List.of())));
    }
    return pending;
  }

  void write(Map<Integer, Set<UUID>> people) {
    var pending = Map.of("replay", Map.of("versions", people.keySet(), "people", people));
    ElasticsearchCall.of(
        () -> client.index(i -> i.index(indices.positionsIndex()).id(ID).document(pending)));
  }
}
