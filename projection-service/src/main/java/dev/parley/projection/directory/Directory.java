package dev.parley.projection.directory;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.panache.common.Parameters;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/// Finds channels by a part of their title or topic, the largest first. To whoever is banned from
/// one it is not there.
@ApplicationScoped
@WithSession
public class Directory {

  private static final String LARGEST_FIRST =
      """
      from Channel c where (lower(c.title) like :words escape '\\' or lower(c.topic) like :words escape '\\')
        and not exists (select 1 from Ban b where b.conversation = c.id and b.user = :reader
          and (b.untilMillis = 0 or b.untilMillis > :now))
      order by c.membersCount desc, c.id\
      """;

  /// @param words empty: all
  Uni<List<Channel>> search(String words, UUID reader, int limit) {
    var parameters =
        Parameters.with("words", "%" + literal(words.toLowerCase(Locale.ROOT)) + "%")
            .and("reader", reader)
            .and("now", System.currentTimeMillis());
    return Channel.<Channel>find(LARGEST_FIRST, parameters).range(0, limit - 1).list();
  }

  private static String literal(String words) {
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
  }
}
