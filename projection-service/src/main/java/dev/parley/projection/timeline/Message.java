package dev.parley.projection.timeline;

import io.vertx.mutiny.sqlclient.Row;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A message as one person sees it at one moment.
///
/// @param rest what its content has besides the text, JSON; null: nothing
/// @param sentRest what no edit changes, JSON; null: nothing
/// @param reactions JSON; null: none
/// @param replies of the thread that it began; null: none
@SuppressWarnings("ArrayRecordComponent") // Read from a row, never compared.
record Message(
    UUID conversation,
    long seq,
    long ordinal,
    UUID id,
    UUID author,
    long atMillis,
    String text,
    UUID[] mentions,
    int revision,
    @Nullable Long editedAtMillis,
    boolean deleted,
    boolean erased,
    @Nullable UUID replyTo,
    @Nullable UUID thread,
    boolean imported,
    @Nullable String rest,
    @Nullable String sentRest,
    @Nullable String reactions,
    boolean pinned,
    @Nullable Replies replies) {

  /// @param unread after the reader's mark in the thread, or their own last reply
  record Replies(long count, long lastAtMillis, long unread) {}

  static Message of(UUID conversation, Row row) {
    long replies = row.getLong("replies");
    return new Message(
        conversation,
        row.getLong("seq"),
        row.getLong("ordinal"),
        row.getUUID("id"),
        row.getUUID("author"),
        row.getLong("at"),
        row.getString("text"),
        row.getArrayOfUUIDs("mentions"),
        row.getInteger("revision"),
        row.getLong("edited_at"),
        row.getBoolean("deleted"),
        row.getBoolean("erased"),
        row.getUUID("reply_to"),
        row.getUUID("thread"),
        row.getBoolean("imported"),
        row.getString("rest"),
        row.getString("sent_rest"),
        row.getString("reactions"),
        row.getBoolean("pinned"),
        replies == 0
            ? null
            : new Replies(replies, row.getLong("replied_at"), row.getLong("replies_unread")));
  }
}
