package dev.parley.projection.timeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.schemas.wire.Json;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Messages as those see them who look at reports: of any conversation, and also what they hid for
/// themselves. Whoever asks has checked who may.
@ApplicationScoped
public class Reported {

  private static final String MESSAGES =
      """
      select m.conversation, m.seq, m.ordinal, m.id, m.author, m.at, m.text, m.mentions, m.revision, m.edited_at,
        m.deleted, m.erased, m.reply_to, m.thread, m.imported, m.rest, m.sent_rest,
        (select json_agg(json_build_object('emoji', g.emoji, 'count', g.count, 'me', false) order by g.first)::text
          from (select e.emoji, count(*) as count, min(e.seq) as first
            from views.reaction e where e.conversation = m.conversation and e.message = m.id group by e.emoji) g)
          as reactions,
        exists (select 1 from views.pin p where p.conversation = m.conversation and p.message = m.id) as pinned,
        0::bigint as replies
      from unnest($1::uuid[], $2::uuid[]) as u (conversation, message)
      join views.message m on m.conversation = u.conversation and m.id = u.message\
      """;

  private static final String REVISIONS =
      """
      select revision, seq, at, author, text, mentions, erased from views.message_revision
      where conversation = $1 and message = $2 order by revision desc limit $3\
      """;

  private final Pool pool;

  public Reported(Pool pool) {
    this.pool = pool;
  }

  /// Which message of which conversation.
  public record Key(UUID conversation, UUID message) {}

  /// As JSON; what does not exist is not there.
  public Uni<Map<Key, ObjectNode>> messages(Collection<Key> keys) {
    return found(keys)
        .map(messages -> {
          var json = new HashMap<Key, ObjectNode>();
          messages.forEach((key, message) -> json.put(key, MessageJson.message(message)));
          return json;
        });
  }

  /// The message with `revisions`, the latest `max` in ascending order; an empty object where it
  /// does not exist.
  public Uni<ObjectNode> withRevisions(Key key, int max) {
    return found(List.of(key))
        .flatMap(messages ->
            pool.preparedQuery(REVISIONS)
                .execute(Tuple.of(key.conversation(), key.message(), max))
                .map(rows -> {
                  var message = messages.get(key);
                  var revisions = new ArrayList<Revision>();
                  rows.forEach(row -> revisions.addFirst(revision(key, row)));
                  var json = Json.MAPPER.createObjectNode();
                  return message == null
                      ? json
                      : json.<ObjectNode>set("message", MessageJson.message(message))
                          .setAll(MessageJson.revisions(message, revisions));
                }));
  }

  private Uni<Map<Key, Message>> found(Collection<Key> keys) {
    return pool.preparedQuery(MESSAGES)
        .execute(
            Tuple.tuple()
                .addArrayOfUUID(keys.stream().map(Key::conversation).toArray(UUID[]::new))
                .addArrayOfUUID(keys.stream().map(Key::message).toArray(UUID[]::new)))
        .map(rows -> {
          var messages = new HashMap<Key, Message>();
          for (var row : rows) {
            var message = Message.of(row.getUUID("conversation"), row);
            messages.put(new Key(message.conversation(), message.id()), message);
          }
          return messages;
        });
  }

  private static Revision revision(Key key, Row row) {
    var revision = new Revision();
    revision.conversation = key.conversation();
    revision.message = key.message();
    revision.revision = row.getInteger("revision");
    revision.seq = row.getLong("seq");
    revision.atMillis = row.getLong("at");
    revision.author = row.getUUID("author");
    revision.text = row.getString("text");
    revision.mentions = row.getArrayOfUUIDs("mentions");
    revision.erased = row.getBoolean("erased");
    return revision;
  }
}
