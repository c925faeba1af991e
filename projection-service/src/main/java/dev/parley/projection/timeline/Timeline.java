package dev.parley.projection.timeline;

import dev.parley.projection.access.Readable;
import dev.parley.projection.access.Visible;
import dev.parley.projection.http.Refusal;
import dev.parley.schemas.error.ErrorCode;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.panache.common.Sort;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Reads messages, of what is visible to the caller and nothing else.
@ApplicationScoped
@WithSession
public class Timeline {

  Uni<Page> page(Readable readable, Ask ask, int limit) {
    return switch (ask) {
      case Ask.Latest() ->
          older(readable, Long.MAX_VALUE, limit + 1)
              .map(older -> Page.ofOlder(older, limit, false));
      case Ask.Before(long seq) ->
          older(readable, seq, limit + 1)
              .flatMap(older ->
                  newer(readable, seq - 1, 1)
                      .map(next -> Page.ofOlder(older, limit, !next.isEmpty())));
      case Ask.After(long seq) ->
          newer(readable, seq, limit + 1)
              .flatMap(newer ->
                  older(readable, seq + 1, 1)
                      .map(last -> Page.ofNewer(newer, limit, !last.isEmpty())));
      case Ask.Around(long seq) -> around(readable, seq, limit);
    };
  }

  private Uni<Page> around(Readable readable, long seq, int limit) {
    int olderLimit = (limit + 1) / 2;
    int newerLimit = limit - olderLimit;
    return older(readable, seq + 1, olderLimit + 1)
        .flatMap(older ->
            newer(readable, seq, newerLimit + 1)
                .map(newer ->
                    Page.join(
                        Page.ofOlder(older, olderLimit, false),
                        Page.ofNewer(newer, newerLimit, false))));
  }

  /// @return fails with [Refusal] where the message does not exist or is not visible
  Uni<Message> message(Readable readable, UUID id) {
    return Message.<Message>find("conversation = ?1 and id = ?2", readable.conversation(), id)
        .firstResult()
        .map(message -> {
          if (message == null || !readable.visible().contains(message.seq)) {
            throw new Refusal(
                ErrorCode.MESSAGE_NOT_FOUND, "There is no such message, or not for you");
          }
          return message;
        });
  }

  /// The latest revisions in ascending order; empty for a message never edited.
  Uni<List<Revision>> revisions(Message message, int limit) {
    return Revision.<Revision>find(
            "conversation = ?1 and message = ?2",
            Sort.descending("revision"),
            message.conversation,
            message.id)
        .range(0, limit - 1)
        .list()
        .map(List::reversed);
  }

  /// Descending, below `before`.
  private static Uni<List<Message>> older(Readable readable, long before, int limit) {
    var spans = readable.visible().within(1, before - 1).spans().reversed();
    return collect(readable, spans, Sort.descending("seq"), limit, new ArrayList<>());
  }

  /// Ascending, above `after`.
  private static Uni<List<Message>> newer(Readable readable, long after, int limit) {
    var spans = readable.visible().within(after + 1, Long.MAX_VALUE).spans();
    return collect(readable, spans, Sort.ascending("seq"), limit, new ArrayList<>());
  }

  /// Span by span until there are enough; nearly always there is one span.
  private static Uni<List<Message>> collect(
      Readable readable, List<Visible.Span> spans, Sort sort, int limit, List<Message> found) {
    if (spans.isEmpty() || found.size() >= limit) {
      return Uni.createFrom().item(found);
    }
    var span = spans.getFirst();
    return Message.<Message>find(
            "conversation = ?1 and seq between ?2 and ?3",
            sort,
            readable.conversation(),
            span.from(),
            span.to())
        .range(0, limit - found.size() - 1)
        .list()
        .flatMap(messages -> {
          found.addAll(messages);
          return collect(readable, spans.subList(1, spans.size()), sort, limit, found);
        });
  }
}
