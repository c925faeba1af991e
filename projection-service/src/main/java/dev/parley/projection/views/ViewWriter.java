package dev.parley.projection.views;

import dev.parley.log.Batch;
import dev.parley.log.LogPartition;
import dev.parley.log.PositionMovedException;
import dev.parley.projection.fold.ViewChange;
import dev.parley.projection.fold.ViewText;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.personal.PersonalEntry;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/// Stores steps in one version of the views: rows and position in one transaction, fenced by the
/// position that the step follows.
final class ViewWriter {

  // A Postgres that dies may lose the last of what was stored, position and rows alike: the fence
  // tells, and it is read from the log again.
  private static final String COMMIT_WITHOUT_DISK = "set local synchronous_commit = off";

  private final Pool pool;
  private final int version;
  private final ViewSql sql;
  private final ErasureSql erasing;
  private final Duration wait;
  private final MarksAgain marksAgain;

  ViewWriter(Pool pool, int version, Duration wait, MarksAgain marksAgain) {
    this.pool = pool;
    this.version = version;
    this.sql = new ViewSql(ViewSchema.of(version));
    this.erasing = new ErasureSql(ViewSchema.of(version));
    this.wait = wait;
    this.marksAgain = marksAgain;
  }

  Map<LogPartition, Long> positions(Set<LogPartition> partitions) {
    var asked = List.copyOf(partitions);
    var columns = Columns.of(asked).texts(LogPartition::topic).ints(LogPartition::number).tuple();
    var positions = new HashMap<LogPartition, Long>();
    for (var row : Postgres.await(pool.preparedQuery(sql.positions()).execute(columns), wait)) {
      positions.put(new LogPartition(row.getString(0), row.getInteger(1)), row.getLong(2));
    }
    return positions;
  }

  /// @return the gate's ceilings if the step does not fit below them, and then nothing was stored;
  ///   empty if it was stored
  /// @throws PositionMovedException if the stored position is not the one that the step follows
  Map<LogPartition, Long> store(Step step) {
    var rows = StepRows.of(step);
    var connection = Postgres.await(pool.getConnection(), wait);
    try {
      return inTransaction(connection, step, rows);
    } finally {
      // Rolls back what was not committed, also a transaction whose answer never came.
      connection.close();
    }
  }

  private Map<LogPartition, Long> inTransaction(
      SqlConnection connection, Step step, StepRows rows) {
    var transaction = Postgres.await(connection.begin(), wait);
    connection.query(COMMIT_WITHOUT_DISK).execute();
    var lock = rows.erased().isEmpty() ? ViewLock.shared(version) : ViewLock.exclusive(version);
    var locked = connection.query(lock).execute();
    var gate =
        connection.query("select topic, partition, next_offset from views_control.gate").execute();
    Postgres.await(locked, wait);
    var ceilings = ceilings(Postgres.await(gate, wait));
    if (!step.fits(ceilings)) {
      return ceilings;
    }
    var statements = new Statements(connection, wait);
    fence(statements, step.advances());
    change(statements, rows.change());
    var personal = new PersonalWriter(sql, statements);
    rows.personals().forEach(personal::write);
    people(statements, rows);
    var erased = statements.query(erasing.erasedOf(), rows.perhapsErased());
    statements.await();
    blank(connection, Postgres.await(erased, wait), rows);
    keepHighest(connection, personal.overtaken(wait));
    Postgres.await(transaction.commit(), wait);
    return Map.of();
  }

  /// Before the commit: a mark that is only in the view would be lost to the next rebuild.
  private void keepHighest(SqlConnection connection, List<PersonalEntry> overtaken) {
    if (!overtaken.isEmpty() && inService(connection)) {
      marksAgain.publish(overtaken);
    }
  }

  private boolean inService(SqlConnection connection) {
    var found =
        connection
            .preparedQuery(
                "select 1 from views_control.version where n = $1 and state = 'in_service'")
            .execute(Tuple.of(version));
    return Postgres.await(found, wait).size() > 0;
  }

  private static Map<LogPartition, Long> ceilings(RowSet<Row> rows) {
    var ceilings = new HashMap<LogPartition, Long>();
    for (var row : rows) {
      ceilings.put(new LogPartition(row.getString(0), row.getInteger(1)), row.getLong(2));
    }
    return ceilings;
  }

  private void fence(Statements statements, Map<LogPartition, Batch.Advance> advances) {
    var rows = List.copyOf(advances.entrySet());
    var fresh = rows.stream().filter(e -> e.getValue().from() == 0).map(Map.Entry::getKey).toList();
    if (!fresh.isEmpty()) {
      statements.run(
          sql.beginPositions(),
          Columns.of(fresh).texts(LogPartition::topic).ints(LogPartition::number).tuple());
    }
    statements.runOnAll(
        sql.advancePositions(),
        rows.size(),
        Columns.of(rows)
            .texts(e -> e.getKey().topic())
            .ints(e -> e.getKey().number())
            .longs(e -> e.getValue().from())
            .longs(e -> e.getValue().next())
            .tuple(),
        hit ->
            new PositionMovedException(
                "Version %d: expected to follow %s, but only %d of %d positions stand there"
                    .formatted(version, advances, hit, rows.size())));
  }

  private void change(Statements statements, ViewChange change) {
    conversations(statements, change);
    members(statements, change);
    messages(statements, change);
    revisions(statements, change);
    statements.runUnlessEmpty(
        change.events(),
        sql.insertEvents(),
        events -> events.ids(e -> e.conversation()).longs(e -> e.seq()).bytes(e -> e.record()));
    statements.runUnlessEmpty(
        change.ownSends(),
        sql.readByAuthors(),
        sends -> sends.ids(o -> o.conversation()).ids(o -> o.author()).longs(o -> o.seq()));
    var asides = new AsideWriter(sql, statements);
    change.asides().forEach(asides::write);
  }

  private void conversations(Statements statements, ViewChange change) {
    statements.runUnlessEmpty(
        change.conversations(),
        sql.insertConversations(),
        rows ->
            rows.ids(c -> c.id())
                .texts(c -> c.kind().wireName())
                .texts(c -> c.title())
                .texts(c -> c.topic())
                .texts(c -> c.history().wireName())
                .flags(c -> c.imported())
                .longs(c -> c.createdAtMillis())
                .ids(c -> c.createdBy())
                .longs(c -> c.head().seq())
                .longs(c -> c.head().ordinal())
                .longs(c -> c.head().lastAtMillis())
                .longs(c -> c.head().lastMessageSeq())
                .texts(c -> c.avatar())
                .texts(c -> c.custom()));
    statements.runOnAllUnlessEmpty(
        change.heads(),
        sql.advanceHeads(),
        rows ->
            rows.ids(h -> h.conversation())
                .longs(h -> h.before())
                .longs(h -> h.seq())
                .longs(h -> h.ordinal())
                .longs(h -> h.lastAtMillis())
                .longs(h -> h.lastMessageSeq()));
  }

  private void members(Statements statements, ViewChange change) {
    statements.runOnAllUnlessEmpty(
        change.stayPatches(),
        sql.patchStays(),
        rows ->
            rows.ids(p -> p.conversation())
                .ids(p -> p.user())
                .longs(p -> p.leftSeq())
                .texts(p -> p.role() == null ? null : p.role().wireName())
                .longs(p -> p.mutedUntilMillis()));
    statements.runUnlessEmpty(
        change.stays(),
        sql.insertStays(),
        rows ->
            rows.ids(s -> s.conversation())
                .ids(s -> s.user())
                .longs(s -> s.joinedSeq())
                .longs(s -> s.leftSeq())
                .texts(s -> s.role().wireName())
                .longs(s -> s.mutedUntilMillis()));
    statements.runUnlessEmpty(
        List.copyOf(change.memberships().entrySet()),
        sql.countMembers(),
        rows -> rows.ids(Map.Entry::getKey).ints(Map.Entry::getValue));
  }

  private void messages(Statements statements, ViewChange change) {
    statements.runUnlessEmpty(
        change.messages(),
        sql.insertMessages(),
        rows ->
            rows.ids(m -> m.conversation())
                .longs(m -> m.seq())
                .longs(m -> m.ordinal())
                .ids(m -> m.id())
                .ids(m -> m.author())
                .longs(m -> m.atMillis())
                .texts(m -> m.written().text())
                .idLists(m -> m.written().mentions())
                .ints(m -> m.revision())
                .longs(m -> m.editedAtMillis())
                .flags(m -> m.deleted())
                .flags(m -> m.written().erased())
                .ids(m -> m.replyTo())
                .ids(m -> m.thread())
                .flags(m -> m.imported())
                .texts(m -> m.written().rest())
                .texts(m -> m.sentRest())
                .ids(m -> m.originAuthor()));
    var edited = change.messagePatches().stream().flatMap(EditedMessage::of).toList();
    statements.runUnlessEmpty(
        edited,
        sql.keepFirstTexts(),
        rows -> rows.ids(e -> e.conversation()).ids(e -> e.message()));
    statements.runOnAllUnlessEmpty(
        edited,
        sql.editMessages(),
        rows ->
            rows.ids(e -> e.conversation())
                .ids(e -> e.message())
                .texts(e -> e.edit().written().text())
                .idLists(e -> e.edit().written().mentions())
                .ints(e -> e.edit().revision())
                .longs(e -> e.edit().atMillis())
                .flags(e -> e.edit().written().erased())
                .texts(e -> e.edit().written().rest()));
  }

  /// A patch whose edit is there.
  private record EditedMessage(UUID conversation, UUID message, ViewChange.Edit edit) {

    static Stream<EditedMessage> of(ViewChange.MessagePatch patch) {
      return patch.edit() == null
          ? Stream.empty()
          : Stream.of(new EditedMessage(patch.conversation(), patch.message(), patch.edit()));
    }
  }

  private void revisions(Statements statements, ViewChange change) {
    var deleted = change.messagePatches().stream().filter(p -> p.deleted()).toList();
    statements.runOnAllUnlessEmpty(
        deleted,
        sql.deleteMessages(),
        rows -> rows.ids(p -> p.conversation()).ids(p -> p.message()));
    statements.runUnlessEmpty(
        deleted,
        sql.deleteRevisions(),
        rows -> rows.ids(p -> p.conversation()).ids(p -> p.message()));
    statements.runUnlessEmpty(
        change.revisions(),
        sql.insertRevisions(),
        rows ->
            rows.ids(r -> r.conversation())
                .ids(r -> r.message())
                .ints(r -> r.revision())
                .longs(r -> r.seq())
                .longs(r -> r.atMillis())
                .ids(r -> r.author())
                .texts(r -> r.written().text())
                .idLists(r -> r.written().mentions())
                .flags(r -> r.written().erased()));
  }

  private void people(Statements statements, StepRows rows) {
    statements.runUnlessEmpty(
        rows.users(),
        sql.upsertProfiles(),
        users ->
            users
                .ids(u -> u.id())
                .longs(u -> u.version())
                .texts(u -> ViewText.of(u.name()))
                .texts(u -> u.erased() ? "" : ViewText.of(u.displayName()))
                .longs(u -> u.createdAtMillis())
                .flags(u -> u.erased())
                .flags(u -> u.imported()));
    if (!rows.gone().isEmpty()) {
      statements.run(sql.deleteProfiles(), Tuple.of(rows.gone().toArray(UUID[]::new)));
    }
    if (!rows.erased().isEmpty()) {
      var erased = Tuple.of(rows.erased().toArray(UUID[]::new));
      erasing.all().forEach(statement -> statements.run(statement, erased));
      var own = Tuple.of(ownConversations(rows.erased()));
      erasing.ofOwnConversations().forEach(statement -> statements.run(statement, own));
    }
  }

  /// Content that was opened just before its author was erased must not outlive the erasure, and
  /// what is written about it afterwards (a forward, an edit of one) must not bring it back.
  private void blank(SqlConnection connection, RowSet<Row> erased, StepRows rows) {
    if (erased.size() == 0) {
      return;
    }
    var authors = new LinkedHashSet<UUID>();
    erased.forEach(row -> authors.add(row.getUUID(0)));
    var again = new Statements(connection, wait);
    var which =
        Tuple.tuple()
            .addArrayOfUUID(authors.toArray(UUID[]::new))
            .addArrayOfUUID(rows.conversations());
    erasing.within().forEach(statement -> again.run(statement, which));
    var own = Tuple.of(ownConversations(authors));
    erasing.ofOwnConversations().forEach(statement -> again.run(statement, own));
    again.await();
  }

  /// Where their scheduled messages wait.
  private static UUID[] ownConversations(Set<UUID> users) {
    return users.stream().map(Ids::selfConversation).toArray(UUID[]::new);
  }
}
