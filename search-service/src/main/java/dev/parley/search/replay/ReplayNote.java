package dev.parley.search.replay;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import dev.parley.search.index.ElasticsearchCall;
import dev.parley.search.index.IndexVersion;
import dev.parley.search.index.Indices;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Remembers across restarts which version is being built.
@ApplicationScoped
public class ReplayNote {

  private static final String ID = "replay";

  private final ElasticsearchClient client;
  private final Indices indices;

  public ReplayNote(ElasticsearchClient client, Indices indices) {
    this.client = client;
    this.indices = indices;
  }

  private record Note(Replaying replay) {}

  private record Replaying(@Nullable Integer building) {}

  void building(IndexVersion version) {
    write(version.number());
  }

  void ended() {
    write(null);
  }

  /// The version that is being built, or null.
  @Nullable Integer building() {
    var answer =
        ElasticsearchCall.of(
            () -> client.get(g -> g.index(indices.positionsIndex()).id(ID), Note.class));
    var note = answer.source();
    return note == null ? null : note.replay().building();
  }

  private void write(@Nullable Integer building) {
    Map<String, Object> replay = building == null ? Map.of() : Map.of("building", building);
    ElasticsearchCall.of(() ->
        client.index(
            i -> i.index(indices.positionsIndex()).id(ID).document(Map.of("replay", replay))));
  }
}
