package dev.parley.projection.views;

import dev.parley.projection.fold.Aside;
import dev.parley.projection.fold.ViewText;
import dev.parley.schemas.conversation.ConversationChange;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Writes what events change besides conversations, stays and messages.
record AsideWriter(ViewSql sql, Statements statements) {

  void write(Aside aside) {
    UUID id = aside.conversation();
    switch (aside) {
      case Aside.Changed(_, var change, var custom) ->
          statements.run(sql.changeConversation(), changed(id, change, custom));
      case Aside.Archived(_, var archived) -> statements.run(sql.archive(), Tuple.of(id, archived));
      case Aside.Banned(_, var user, var seq, var until, var reason) ->
          statements.run(sql.ban(), Tuple.of(id, user, seq, until, reason));
      case Aside.Unbanned(_, var user) -> statements.run(sql.unban(), Tuple.of(id, user));
      case Aside.Reacted(_, var message, var user, var emoji, var seq) ->
          statements.run(sql.react(), Tuple.of(id, message, emoji, user, seq));
      case Aside.Unreacted(_, var message, var user, var emoji) ->
          statements.run(sql.unreact(), Tuple.of(id, message, emoji, user));
      case Aside.Pinned(_, var message, var user, var seq) ->
          statements.run(sql.pin(), Tuple.of(id, message, user, seq));
      case Aside.Unpinned(_, var message) -> statements.run(sql.unpin(), Tuple.of(id, message));
      case Aside.ChannelAdded(_, var channel, var seq) ->
          statements.run(sql.addChannel(), Tuple.of(id, channel, seq));
      case Aside.ChannelRemoved(_, var channel) ->
          statements.run(sql.removeChannel(), Tuple.of(id, channel));
      case Aside.Mentioned(_, var message, var seq, var users, var everyone) ->
          statements.run(
              sql.mention(), Tuple.of(id, seq, message, users.toArray(UUID[]::new), everyone));
      case Aside.MessageGone(_, var message) -> {
        statements.run(sql.forgetMentions(), Tuple.of(id, message));
        statements.run(sql.forgetReactions(), Tuple.of(id, message));
        statements.run(sql.unpin(), Tuple.of(id, message));
      }
      case Aside.Scheduled scheduled -> statements.run(sql.schedule(), scheduled(scheduled));
      case Aside.ScheduleEnded(_, var message, var failed, var detail) -> {
        if (failed) {
          statements.run(sql.failSchedule(), Tuple.of(id, message, detail));
        } else {
          statements.run(sql.release(), Tuple.of(id, message));
        }
      }
    }
  }

  private static Tuple changed(UUID id, ConversationChange change, @Nullable String custom) {
    return Tuple.tuple()
        .addUUID(id)
        .addString(text(change.title()))
        .addString(text(change.topic()))
        .addString(text(change.avatar()))
        .addString(custom)
        .addString(change.history() == null ? null : change.history().wireName())
        .addInteger(change.slowModeSeconds());
  }

  private static @Nullable String text(@Nullable String text) {
    return text == null ? null : ViewText.of(text);
  }

  private static Tuple scheduled(Aside.Scheduled scheduled) {
    return Tuple.tuple()
        .addUUID(scheduled.conversation())
        .addUUID(scheduled.message())
        .addUUID(scheduled.target())
        .addLong(scheduled.seq())
        .addLong(scheduled.atMillis())
        .addString(scheduled.written().text())
        .addString(scheduled.rest())
        .addString(scheduled.written().rest());
  }
}
