package dev.parley.projection.views;

import dev.parley.projection.fold.OpenedEvent.Written;
import dev.parley.projection.fold.ViewText;
import dev.parley.schemas.command.SendCodec;
import dev.parley.schemas.conversation.Forwarded;
import dev.parley.schemas.personal.Personal;
import dev.parley.schemas.personal.PersonalEntry;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Tuple;
import org.jspecify.annotations.Nullable;

/// Writes what moderators are told and decide.
///
/// Compaction keeps the last record of each person and message, so what is written depends on those
/// alone: a report opens what was settled before it, and what was decided of a held message is a
/// row of its own, which may come before the message.
record ModerationWriter(String schema, Statements statements) {

  private static final String OPEN =
      """
      insert into ${s}.reported (conversation, message, last_at) values ($1, $2, $3)
      on conflict (conversation, message) do update
      set last_at = excluded.last_at, settled_by = null, settled_at = null, settlement = null\
      """;

  private static final String REPORT =
      """
      insert into ${s}.report (conversation, message, user_id, at, reason, note)
      values ($1, $2, $3, $4, $5, $6)
      on conflict (conversation, message, user_id) do update
      set at = excluded.at, reason = excluded.reason, note = excluded.note\
      """;

  private static final String SETTLE =
      """
      update ${s}.reported set settled_by = $3, settled_at = $4, settlement = $5
      where conversation = $1 and message = $2\
      """;

  private static final String HOLD =
      """
      insert into ${s}.held (conversation, message, author, at, text, rest, reason, erased, origin_author, send)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
      on conflict (conversation, message, author) do update
      set at = excluded.at, text = excluded.text, rest = excluded.rest, reason = excluded.reason,
        erased = excluded.erased, origin_author = excluded.origin_author,
        send = excluded.send\
      """;

  private static final String SETTLE_HELD =
      """
      insert into ${s}.held_settled (conversation, message, author, user_id, at, released)
      values ($1, $2, $3, $4, $5, $6)
      on conflict (conversation, message, author) do update
      set user_id = excluded.user_id, at = excluded.at, released = excluded.released\
      """;

  void write(PersonalEntry entry, Personal.Moderation moderation, Written written) {
    var conversation = entry.conversation();
    var user = entry.user();
    long at = entry.atMillis();
    switch (moderation) {
      case Personal.Reported(var message, var reason, _) -> {
        run(OPEN, conversation, message, at);
        run(REPORT, conversation, message, user, at, reason.wireName(), written.text());
      }
      case Personal.ReportSettled(var message, var settlement) ->
          run(SETTLE, conversation, message, user, at, settlement.wireName());
      case Personal.Held(var message, var send, var reason) ->
          run(
              HOLD,
              conversation,
              message,
              user,
              at,
              written.text(),
              written.rest(),
              ViewText.of(reason),
              written.erased(),
              send.forwarded() instanceof Forwarded(_, _, var origin) ? origin : null,
              written.erased() ? null : Buffer.buffer(SendCodec.toProto(send).toByteArray()));
      case Personal.HeldSettled(var author, var message, var released) ->
          run(SETTLE_HELD, conversation, message, author, user, at, released);
    }
  }

  private void run(String sql, @Nullable Object... values) {
    statements.run(sql.replace("${s}", schema), Tuple.wrap(values));
  }
}
