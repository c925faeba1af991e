package dev.parley.search.erasure;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import dev.parley.search.index.ElasticsearchCall;
import dev.parley.search.index.Indices;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Remembers across restarts in which versions something waits to be dropped from the files.
record PendingNote(ElasticsearchClient client, Indices indices) {

  private static final String ID = "erasure";

  /// @param replay the one field of that index that holds what it is given
  private record Note(@Nullable Pending replay) {}

  private record Pending(@Nullable List<Integer> versions) {}

  Set<Integer> read() {
    var note =
        ElasticsearchCall.of(
                () -> client.get(g -> g.index(indices.positionsIndex()).id(ID), Note.class))
            .source();
    return note == null || note.replay() == null || note.replay().versions() == null
        ? Set.of()
        : Set.copyOf(note.replay().versions());
  }

  void write(Collection<Integer> versions) {
    var pending = Map.of("replay", Map.of("versions", new TreeSet<>(versions)));
    ElasticsearchCall.of(
        () -> client.index(i -> i.index(indices.positionsIndex()).id(ID).document(pending)));
  }
}
