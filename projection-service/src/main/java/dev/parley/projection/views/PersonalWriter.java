package dev.parley.projection.views;

import dev.parley.schemas.personal.Personal;
import dev.parley.schemas.personal.PersonalCodec;
import dev.parley.schemas.personal.PersonalEntry;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.function.LongFunction;

/// Writes what members keep, in the order of the log: of marks the highest counts, of the rest the
/// last.
final class PersonalWriter {

  private final ViewSql sql;
  private final Statements statements;
  private final ModerationWriter moderating;
  private final List<Mark> marks = new ArrayList<>();

  /// @param again the same mark with another seq
  private record Mark(
      PersonalEntry entry, long seq, LongFunction<Personal> again, Future<RowSet<Row>> highest) {}

  PersonalWriter(ViewSql sql, Statements statements) {
    this.sql = sql;
    this.statements = statements;
    this.moderating = new ModerationWriter(sql.schema(), statements);
  }

  void write(Step.Read.OfPersonal read) {
    var entry = read.personal();
    var conversation = entry.conversation();
    var user = entry.user();
    switch (entry.value()) {
      case Personal.Delivered(var seq) ->
          mark(entry, seq, Personal.Delivered::new, sql.delivered(), conversation, user, seq);
      case Personal.Read(var seq) ->
          mark(entry, seq, Personal.Read::new, sql.read(), conversation, user, seq);
      case Personal.ThreadRead(var thread, var seq) ->
          mark(
              entry,
              seq,
              highest -> new Personal.ThreadRead(thread, highest),
              sql.threadRead(),
              conversation,
              user,
              thread,
              seq);
      case Personal.Muted(var until) -> keep("muted_until", conversation, user, until);
      case Personal.Pinned(var pinned) -> keep("pinned", conversation, user, pinned);
      case Personal.Archived(var archived) -> keep("archived", conversation, user, archived);
      case Personal.Draft _ -> keep("draft", conversation, user, read.written().text());
      case Personal.Hidden(var message) ->
          statements.run(sql.hide(), Tuple.of(conversation, user, message));
      case Personal.Moderation moderation -> moderating.write(entry, moderation, read.written());
    }
  }

  private void keep(String column, UUID conversation, UUID user, Object value) {
    statements.run(sql.keep(column), Tuple.of(conversation, user, value));
  }

  private void mark(
      PersonalEntry entry,
      long seq,
      LongFunction<Personal> again,
      String statement,
      Object... columns) {
    var highest = statements.query(statement, Tuple.wrap(columns));
    marks.add(new Mark(entry, seq, again, highest));
  }

  /// The marks as they stand where a lower one followed a higher, each once. To be asked when the
  /// statements are done.
  List<PersonalEntry> overtaken(Duration wait) {
    var overtaken = new LinkedHashMap<String, PersonalEntry>();
    for (var mark : marks) {
      long highest = Postgres.await(mark.highest(), wait).iterator().next().getLong(0);
      if (highest > mark.seq()) {
        var entry = mark.entry();
        var again =
            new PersonalEntry(
                entry.conversation(),
                entry.user(),
                entry.atMillis(),
                entry.quiet(),
                mark.again().apply(highest));
        overtaken.put(PersonalCodec.key(again), again);
      }
    }
    return List.copyOf(overtaken.values());
  }
}
