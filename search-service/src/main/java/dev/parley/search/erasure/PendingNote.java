package dev.parley.search.erasure;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.OpType;
import co.elastic.clients.elasticsearch.core.GetResponse;
import dev.parley.log.TransientException;
import dev.parley.search.index.ElasticsearchCall;
import dev.parley.search.index.Indices;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Remembers across restarts in which versions something waits to be dropped from the files, and of
/// whom. One document for all nodes: each adds and strikes out what is its own.
record PendingNote(ElasticsearchClient client, Indices indices) {

  private static final String ID = "erasure";
  private static final int CONFLICT = 409;
  // Whoever comes between writes once or twice for each erasure.
  private static final int TRIES_MAX = 30;

  /// @param replay the one field of that index that holds what it is given
  private record Note(@Nullable Pending replay) {}

  /// @param people by version; absent in notes of older releases
  private record Pending(
      @Nullable List<Integer> versions, @Nullable Map<Integer, List<UUID>> people) {}

  Map<Integer, Set<UUID>> read() {
    return people(get());
  }

  /// @throws TransientException if it could not be written now
  void add(int version, Collection<UUID> people) {
    change(pending -> pending.computeIfAbsent(version, _ -> new HashSet<>()).addAll(people));
  }

  /// Leaves what others added to the version meanwhile.
  ///
  /// @throws TransientException if it could not be written now
  void remove(int version, Collection<UUID> people) {
    change(pending ->
        pending.computeIfPresent(
            version,
            (_, all) -> {
              all.removeAll(people);
              return all.isEmpty() ? null : all;
            }));
  }

  private void change(Consumer<Map<Integer, Set<UUID>>> how) {
    for (int i = 0; i < TRIES_MAX; i++) {
      var before = get();
      var pending = people(before);
      how.accept(pending);
      if (isWritten(pending, before)) {
        return;
      }
    }
    throw new TransientException(
        "Others write what waits to be dropped from the files at the same time: "
            + TRIES_MAX
            + " tries were too few");
  }

  /// Unless somebody wrote it since.
  private boolean isWritten(Map<Integer, Set<UUID>> people, GetResponse<Note> before) {
    var pending = Map.of("replay", Map.of("versions", people.keySet(), "people", people));
    try {
      ElasticsearchCall.of(() ->
          client.index(i -> {
            i.index(indices.positionsIndex()).id(ID).document(pending);
            return before.found()
                ? i.ifSeqNo(before.seqNo()).ifPrimaryTerm(before.primaryTerm())
                : i.opType(OpType.Create);
          }));
      return true;
    } catch (ElasticsearchException refused) {
      if (refused.status() == CONFLICT) {
        return false;
      }
      throw refused;
    }
  }

  private GetResponse<Note> get() {
    return ElasticsearchCall.of(
        () -> client.get(g -> g.index(indices.positionsIndex()).id(ID), Note.class));
  }

  private static Map<Integer, Set<UUID>> people(GetResponse<Note> response) {
    var pending = new TreeMap<Integer, Set<UUID>>();
    var note = response.source();
    if (note == null || note.replay() == null || note.replay().versions() == null) {
      return pending;
    }
    var people = note.replay().people();
    for (int version : note.replay().versions()) {
      var ofVersion = people == null ? null : people.get(version);
      pending.put(version, ofVersion == null ? new HashSet<>() : new HashSet<>(ofVersion));
    }
    return pending;
  }
}
