package dev.parley.projection.directory;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.panache.common.Sort;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;

/// Finds channels by a part of their title or topic, the largest first.
@ApplicationScoped
@WithSession
public class Directory {

  private static final Sort LARGEST_FIRST = Sort.descending("membersCount").and("id");

  /// @param words empty: all
  Uni<List<Channel>> search(String words, int limit) {
    var found =
        words.isEmpty()
            ? Channel.<Channel>findAll(LARGEST_FIRST)
            : Channel.<Channel>find(
                "lower(title) like ?1 escape '\\' or lower(topic) like ?1 escape '\\'",
                LARGEST_FIRST,
                "%" + literal(words.toLowerCase(Locale.ROOT)) + "%");
    return found.range(0, limit - 1).list();
  }

  private static String literal(String words) {
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
  }
}
