package dev.parley.projection.delivery;

import dev.parley.projection.views.Postgres;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/// The conversations that a person is a member of, as the views know them.
public record ConversationsOf(Pool pool, int max) implements Function<UUID, List<UUID>> {

  private static final Duration WAIT = Duration.ofSeconds(10);

  private static final String SQL =
      """
      select conversation from views.member
      where user_id = $1 and left_seq is null order by joined_seq desc limit $2\
      """;

  @Override
  public List<UUID> apply(UUID user) {
    var conversations = new ArrayList<UUID>();
    Postgres.await(pool.preparedQuery(SQL).execute(Tuple.of(user, max)), WAIT)
        .forEach(row -> conversations.add(row.getUUID(0)));
    return conversations;
  }
}
