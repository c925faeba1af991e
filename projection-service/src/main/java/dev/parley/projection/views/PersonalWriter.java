package dev.parley.projection.views;

import dev.parley.projection.fold.ViewText;
import dev.parley.schemas.personal.Personal;
import io.vertx.sqlclient.Tuple;

/// Writes what members keep, in the order of the log: of marks the highest counts, of the rest the
/// last.
record PersonalWriter(ViewSql sql, Statements statements) {

  void write(Step.Read.OfPersonal read) {
    var conversation = read.personal().conversation();
    var user = read.personal().user();
    switch (read.personal().value()) {
      case Personal.Delivered(var seq) ->
          statements.run(sql.delivered(), Tuple.of(conversation, user, seq));
      case Personal.Read(var seq) -> statements.run(sql.read(), Tuple.of(conversation, user, seq));
      case Personal.ThreadRead(var thread, var seq) ->
          statements.run(sql.threadRead(), Tuple.of(conversation, user, thread, seq));
      case Personal.Muted(var until) ->
          statements.run(sql.keep("muted_until"), Tuple.of(conversation, user, until));
      case Personal.Pinned(var pinned) ->
          statements.run(sql.keep("pinned"), Tuple.of(conversation, user, pinned));
      case Personal.Archived(var archived) ->
          statements.run(sql.keep("archived"), Tuple.of(conversation, user, archived));
      case Personal.Draft _ ->
          statements.run(
              sql.keep("draft"), Tuple.of(conversation, user, ViewText.of(read.draft())));
      case Personal.Hidden(var message) ->
          statements.run(sql.hide(), Tuple.of(conversation, user, message));
    }
  }
}
