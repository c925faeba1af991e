package dev.parley.projection.timeline;

import dev.parley.projection.access.Readable;
import dev.parley.projection.access.Visible;
import dev.parley.projection.http.Refusal;
import dev.parley.schemas.error.ErrorCode;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.panache.common.Sort;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads messages, of what is visible to the caller and nothing else.
@ApplicationScoped
public class Timeline {

  private final Pool pool;

  public Timeline(Pool pool) {
    this.pool = pool;
  }

  /// Whose messages are read, by whom, of which thread; null: of all.
  record Scope(Readable readable, UUID reader, @Nullable UUID thread) {}

  Uni<Page> page(Scope scope, Ask ask, int limit) {
    return switch (ask) {
      case Ask.Latest() ->
          older(scope, Long.MAX_VALUE, limit + 1).map(older -> Page.ofOlder(older, limit, false));
      case Ask.Before(long seq) ->
          older(scope, seq, limit + 1)
              .flatMap(older ->
                  newer(scope, seq - 1, 1)
                      .map(next -> Page.ofOlder(older, limit, !next.isEmpty())));
      case Ask.After(long seq) ->
          newer(scope, seq, limit + 1)
              .flatMap(newer ->
                  older(scope, seq + 1, 1)
                      .map(last -> Page.ofNewer(newer, limit, !last.isEmpty())));
      case Ask.Around(long seq) -> around(scope, seq, limit);
    };
  }

  private Uni<Page> around(Scope scope, long seq, int limit) {
    int olderLimit = (limit + 1) / 2;
    int newerLimit = limit - olderLimit;
    return older(scope, seq + 1, olderLimit + 1)
        .flatMap(older ->
            newer(scope, seq, newerLimit + 1)
                .map(newer ->
                    Page.join(
                        Page.ofOlder(older, olderLimit, false),
                        Page.ofNewer(newer, newerLimit, false))));
  }

  /// @return fails with [Refusal] where the message does not exist or is not visible
  Uni<Message> message(Readable readable, UUID reader, UUID id) {
    return select(MessageSql.ONE, readable, all(readable, reader, 1).addUUID(id))
        .map(found -> {
          if (found.isEmpty() || !readable.visible().contains(found.getFirst().seq())) {
            throw new Refusal(
                ErrorCode.MESSAGE_NOT_FOUND, "There is no such message, or not for you");
          }
          return found.getFirst();
        });
  }

  /// The latest first.
  Uni<List<Message>> pinned(Readable readable, UUID reader, int limit) {
    return select(MessageSql.PINNED, readable, all(readable, reader, limit))
        .map(found -> visible(readable, found));
  }

  /// The first messages of the reader's threads, the latest reply first.
  Uni<List<Message>> threads(Readable readable, UUID reader, int limit) {
    return select(MessageSql.THREADS, readable, all(readable, reader, limit))
        .map(found -> visible(readable, found));
  }

  private static Tuple all(Readable readable, UUID reader, int limit) {
    var visible = readable.visible();
    var span = new Visible.Span(visible.first(), visible.last());
    return MessageSql.parameters(readable, reader, span, limit);
  }

  private static List<Message> visible(Readable readable, List<Message> found) {
    return found.stream().filter(m -> readable.visible().contains(m.seq())).toList();
  }

  /// The latest revisions in ascending order; empty for a message never edited.
  @WithSession
  Uni<List<Revision>> revisions(Readable readable, Message message, int limit) {
    return Revision.<Revision>find(
            "conversation = ?1 and message = ?2 and seq <= ?3",
            Sort.descending("revision"),
            message.conversation(),
            message.id(),
            readable.visible().last())
        .range(0, limit - 1)
        .list()
        .map(List::reversed);
  }

  /// Descending, below `before`.
  private Uni<List<Message>> older(Scope scope, long before, int limit) {
    var spans = scope.readable().visible().within(1, before - 1).spans().reversed();
    var sql = scope.thread() == null ? MessageSql.OLDER : MessageSql.OLDER_IN_THREAD;
    return collect(scope, spans, sql, limit, new ArrayList<>());
  }

  /// Ascending, above `after`.
  private Uni<List<Message>> newer(Scope scope, long after, int limit) {
    var spans = scope.readable().visible().within(after + 1, Long.MAX_VALUE).spans();
    var sql = scope.thread() == null ? MessageSql.NEWER : MessageSql.NEWER_IN_THREAD;
    return collect(scope, spans, sql, limit, new ArrayList<>());
  }

  /// Span by span until there are enough; nearly always there is one span.
  private Uni<List<Message>> collect(
      Scope scope, List<Visible.Span> spans, String sql, int limit, List<Message> found) {
    if (spans.isEmpty() || found.size() >= limit) {
      return Uni.createFrom().item(found);
    }
    var parameters =
        MessageSql.parameters(
            scope.readable(), scope.reader(), spans.getFirst(), limit - found.size());
    if (scope.thread() != null) {
      parameters.addUUID(scope.thread());
    }
    return select(sql, scope.readable(), parameters)
        .flatMap(messages -> {
          found.addAll(messages);
          return collect(scope, spans.subList(1, spans.size()), sql, limit, found);
        });
  }

  private Uni<List<Message>> select(String sql, Readable readable, Tuple parameters) {
    return pool.preparedQuery(sql)
        .execute(parameters)
        .map(rows -> {
          var messages = new ArrayList<Message>(rows.size());
          rows.forEach(row -> messages.add(Message.of(readable.conversation(), row)));
          return messages;
        });
  }
}
