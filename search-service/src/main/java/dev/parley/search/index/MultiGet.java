package dev.parley.search.index;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch.core.mget.MultiGetResponseItem;
import dev.parley.log.TransientException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads documents by id as they were last stored, visible to a search or not.
public final class MultiGet {

  private static final int IDS_MAX = 1_000;

  private MultiGet() {}

  /// The documents that exist.
  public static <T> List<T> of(
      ElasticsearchClient client, String index, Collection<String> ids, Class<T> type) {
    var found = new ArrayList<T>();
    var all = List.copyOf(ids);
    for (int from = 0; from < all.size(); from += IDS_MAX) {
      var page = all.subList(from, Math.min(all.size(), from + IDS_MAX));
      var answer = ElasticsearchCall.of(() -> client.mget(m -> m.index(index).ids(page), type));
      for (var document : answer.docs()) {
        var source = found(document);
        if (source != null) {
          found.add(source);
        }
      }
    }
    return found;
  }

  static <T> @Nullable T found(MultiGetResponseItem<T> document) {
    if (document.isFailure()) {
      throw new TransientException(
          "Could not read %s: %s"
              .formatted(document.failure().id(), document.failure().error().reason()));
    }
    return document.result().found() ? document.result().source() : null;
  }
}
