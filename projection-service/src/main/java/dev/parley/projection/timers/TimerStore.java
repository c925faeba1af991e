package dev.parley.projection.timers;

import dev.parley.log.Batch;
import dev.parley.log.LogPartition;
import dev.parley.log.PositionMovedException;
import dev.parley.projection.views.Columns;
import dev.parley.projection.views.Postgres;
import dev.parley.schemas.command.Command;
import dev.parley.schemas.command.CommandCodec;
import dev.parley.schemas.command.CommandEnvelope;
import dev.parley.schemas.command.Origin;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.outcome.Outcome;
import dev.parley.schemas.outcome.OutcomeEnvelope;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/// The timers in Postgres, with the position of the log that they follow from. Blocks: not to be
/// called on an event loop.
public final class TimerStore {

  private static final Duration WAIT = Duration.ofSeconds(30);

  private static final String CREATE =
      """
      create schema if not exists timers;
      create table if not exists timers.position (
        topic text not null, partition integer not null, next_offset bigint not null,
        primary key (topic, partition));
      -- A command to be given at due_at, and again until it is gone from here; message: Timer.subject.
      create table if not exists timers.due (
        kind text not null, message uuid not null, command_id uuid not null, due_at bigint not null,
        command bytea not null, primary key (kind, message));
      create index if not exists due_at on timers.due (due_at);
      create index if not exists due_command on timers.due (command_id);
      -- Sends that wait for their release.
      create table if not exists timers.kept (message uuid primary key, command bytea not null);
      -- At which it was scheduled.
      alter table timers.kept add column if not exists seq bigint not null default 0;
      """;

  private static final String BEGIN_POSITIONS =
      """
      insert into timers.position
      select u.topic, u.partition, 0 from unnest($1::text[], $2::int[]) as u (topic, partition)
      on conflict do nothing\
      """;

  private static final String ADVANCE_POSITIONS =
      """
      update timers.position p set next_offset = u.next
      from unnest($1::text[], $2::int[], $3::bigint[], $4::bigint[]) as u (topic, partition, expected, next)
      where p.topic = u.topic and p.partition = u.partition and p.next_offset = u.expected\
      """;

  private static final String PUT =
      """
      insert into timers.due (kind, message, command_id, due_at, command) values ($1, $2, $3, $4, $5)
      on conflict (kind, message) do update
      set command_id = excluded.command_id, due_at = excluded.due_at, command = excluded.command\
      """;

  private static final String SEND_KEPT =
      """
      insert into timers.due (kind, message, command_id, due_at, command)
      select 'SEND', message, $3, $2, command from timers.kept where message = $1
      on conflict do nothing\
      """;

  /// Several nodes may look: a row is taken by one, and is due again after a while if nothing comes
  /// of it.
  private static final String TAKE =
      """
      update timers.due d set due_at = $2
      from (select kind, message from timers.due where due_at <= $1 order by due_at limit $3
        for update skip locked) t
      where d.kind = t.kind and d.message = t.message
      returning d.command\
      """;

  private final Pool pool;

  public TimerStore(Pool pool) {
    this.pool = pool;
  }

  /// Harmless where the tables exist.
  public void create() {
    inTransaction(connection -> {
      await(connection.query("select pg_advisory_xact_lock(7283001)").execute());
      await(connection.query("set local client_min_messages = warning;" + CREATE).execute());
    });
  }

  Map<LogPartition, Long> positions(Set<LogPartition> partitions) {
    var positions = new HashMap<LogPartition, Long>();
    for (var row :
        await(pool.query("select topic, partition, next_offset from timers.position").execute())) {
      var partition = new LogPartition(row.getString(0), row.getInteger(1));
      if (partitions.contains(partition)) {
        positions.put(partition, row.getLong(2));
      }
    }
    return positions;
  }

  /// Changes and position together.
  ///
  /// @throws PositionMovedException if another node is further already
  void store(Map<LogPartition, Batch.Advance> advances, Consumer<Changes> work) {
    inTransaction(connection -> {
      var changes = new Changes(connection);
      advance(connection, advances);
      work.accept(changes);
      changes.await();
    });
  }

  /// Takes commands whose time has come; each is due again at `againMillis`.
  List<CommandEnvelope> take(long nowMillis, long againMillis, int max) {
    var commands = new ArrayList<CommandEnvelope>();
    await(pool.preparedQuery(TAKE).execute(Tuple.of(nowMillis, againMillis, max)))
        .forEach(row -> commands.add(CommandCodec.decode(row.getBuffer(0).getBytes())));
    return commands;
  }

  private static void advance(SqlConnection connection, Map<LogPartition, Batch.Advance> advances) {
    var rows = List.copyOf(advances.entrySet());
    var fresh = rows.stream().filter(e -> e.getValue().from() == 0).map(Map.Entry::getKey).toList();
    if (!fresh.isEmpty()) {
      await(
          connection
              .preparedQuery(BEGIN_POSITIONS)
              .execute(
                  Columns.of(fresh).texts(LogPartition::topic).ints(LogPartition::number).tuple()));
    }
    var moved =
        await(
            connection
                .preparedQuery(ADVANCE_POSITIONS)
                .execute(
                    Columns.of(rows)
                        .texts(e -> e.getKey().topic())
                        .ints(e -> e.getKey().number())
                        .longs(e -> e.getValue().from())
                        .longs(e -> e.getValue().next())
                        .tuple()));
    if (moved.rowCount() != rows.size()) {
      throw new PositionMovedException(
          "The timers follow %s, but only %d of %d positions stand there"
              .formatted(advances, moved.rowCount(), rows.size()));
    }
  }

  private void inTransaction(Consumer<SqlConnection> work) {
    var connection = await(pool.getConnection());
    try {
      var transaction = await(connection.begin());
      work.accept(connection);
      await(transaction.commit());
    } finally {
      Future<Void> _ = connection.close();
    }
  }

  private static <T> T await(Future<T> future) {
    return Postgres.await(future, WAIT);
  }

  /// What a batch changes, sent one after the other and waited for at the end.
  static final class Changes {

    private final SqlConnection connection;
    private final List<Future<RowSet<Row>>> running = new ArrayList<>();
    // Subjects of messages that need no timer any more, until something else is changed.
    private final List<UUID> sent = new ArrayList<>();
    private final List<UUID> deleted = new ArrayList<>();
    // Ids of commands that may be given.
    private final Set<UUID> known = new HashSet<>();

    private Changes(SqlConnection connection) {
      this.connection = connection;
    }

    /// Tells commands of timers from those of people, all at once; to be called before the first
    /// change.
    void look(List<UUID> commands) {
      if (commands.isEmpty()) {
        return;
      }
      var found =
          connection
              .preparedQuery(
                  "select distinct command_id from timers.due where command_id = any($1)")
              .execute(Tuple.of(commands.toArray(UUID[]::new)));
      TimerStore.await(found).forEach(row -> known.add(row.getUUID(0)));
    }

    void put(Timer timer) {
      known.add(timer.command().commandId());
      run(
          PUT,
          Tuple.of(
              timer.kind().name(),
              timer.subject(),
              timer.command().commandId(),
              timer.dueMillis(),
              Buffer.buffer(CommandCodec.encode(timer.command()))));
    }

    /// The send itself, until it is released.
    ///
    /// @param seq at which it was scheduled
    void keep(
        UUID subject, UUID target, UUID author, UUID message, long seq, Command.SendMessage send) {
      var envelope = new CommandEnvelope(message, target, author, Origin.NONE, "", send);
      run(
          """
          insert into timers.kept (message, command, seq) values ($1, $2, $3)
          on conflict (message) do update set command = excluded.command, seq = excluded.seq\
          """,
          Tuple.of(subject, Buffer.buffer(CommandCodec.encode(envelope)), seq));
    }

    void sendKept(UUID subject, UUID message, long nowMillis) {
      known.add(message);
      run(SEND_KEPT, Tuple.of(subject, nowMillis, message));
    }

    void remove(Timer.Kind kind, UUID subject) {
      run(
          "delete from timers.due where kind = $1 and message = $2",
          Tuple.of(kind.name(), subject));
    }

    /// The schedule is over.
    void forget(UUID subject) {
      run("delete from timers.kept where message = $1", Tuple.of(subject));
      remove(Timer.Kind.FAIL, subject);
    }

    void sent(UUID subject) {
      sent.add(subject);
    }

    void deleted(UUID subject) {
      deleted.add(subject);
    }

    private void endTimers() {
      if (!sent.isEmpty()) {
        var subjects = Tuple.of(sent.toArray(UUID[]::new));
        sent.clear();
        start("delete from timers.due where kind = 'SEND' and message = any($1)", subjects);
        start("delete from timers.kept where message = any($1)", subjects);
      }
      if (!deleted.isEmpty()) {
        var subjects = Tuple.of(deleted.toArray(UUID[]::new));
        deleted.clear();
        start("delete from timers.due where kind = 'EXPIRE' and message = any($1)", subjects);
      }
    }

    /// A command was refused, or what it asks for is so: it is not given again. Of a send that was
    /// refused its author learns.
    void settle(OutcomeEnvelope outcome) {
      var id = outcome.commandId();
      if (!known.contains(id)) {
        return;
      }
      endTimers();
      for (var row : TimerStore.await(given(id))) {
        var command = CommandCodec.decode(row.getBuffer(1).getBytes());
        // Ids are made by clients: another's command may have the same.
        if (command.conversation().equals(outcome.conversation())
            && command.actor().equals(outcome.actor())) {
          settle(Timer.Kind.valueOf(row.getString(0)), row.getUUID(2), command, outcome.outcome());
        }
      }
    }

    private void settle(Timer.Kind kind, UUID subject, CommandEnvelope command, Outcome outcome) {
      if (kind == Timer.Kind.EXPIRE
          && outcome instanceof Outcome.Rejected(var code, _, _)
          && code == ErrorCode.FORBIDDEN) {
        // Too early, by the clock of the log: it comes again.
        return;
      }
      if (kind == Timer.Kind.SEND && outcome instanceof Outcome.Rejected(_, var detail, _)) {
        fail(subject, command, detail);
      }
      remove(kind, subject);
    }

    private void fail(UUID subject, CommandEnvelope send, String detail) {
      var kept =
          connection
              .preparedQuery("select seq from timers.kept where message = $1")
              .execute(Tuple.of(subject));
      for (var row : TimerStore.await(kept)) {
        var own = Ids.selfConversation(send.actor());
        put(
            Timer.fail(
                own,
                send.actor(),
                send.commandId(),
                row.getLong(0),
                System.currentTimeMillis(),
                detail));
      }
    }

    private Future<RowSet<Row>> given(UUID command) {
      return connection
          .preparedQuery("select kind, command, message from timers.due where command_id = $1")
          .execute(Tuple.of(command));
    }

    private void run(String sql, Tuple parameters) {
      endTimers();
      start(sql, parameters);
    }

    private void start(String sql, Tuple parameters) {
      running.add(connection.preparedQuery(sql).execute(parameters));
    }

    private void await() {
      endTimers();
      running.forEach(TimerStore::await);
    }
  }
}
