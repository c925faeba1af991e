package dev.parley.projection.timeline;

import dev.parley.projection.access.Access;
import dev.parley.projection.access.Caller;
import io.vertx.mutiny.sqlclient.Pool;
import java.time.Duration;
import java.util.TreeMap;
import java.util.UUID;

/// What the timeline tells of threads, for tests of other packages.
public record UnreadReplies(Access access, Timeline timeline) {

  private static final Duration WAIT = Duration.ofSeconds(30);
  private static final int ALL = 100_000;

  public static UnreadReplies in(Pool pool) {
    return new UnreadReplies(new Access(pool), new Timeline(pool));
  }

  /// Unread replies of each thread that has some, by its first message.
  public TreeMap<UUID, Long> of(UUID conversation, UUID user) {
    var unread = new TreeMap<UUID, Long>();
    var readable = access.to(conversation, new Caller(user)).await().atMost(WAIT);
    var scope = new Timeline.Scope(readable, user, null);
    for (var message :
        timeline.page(scope, new Ask.After(0), ALL).await().atMost(WAIT).messages()) {
      var replies = message.replies();
      if (replies != null && replies.unread() > 0) {
        unread.put(message.id(), replies.unread());
      }
    }
    return unread;
  }
}
