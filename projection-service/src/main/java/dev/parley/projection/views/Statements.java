package dev.parley.projection.views;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;

/// Statements of one transaction, sent one after the other without waiting for answers in between.
final class Statements {

  private final SqlConnection connection;
  private final Duration wait;
  private final List<Sent> sent = new ArrayList<>();

  Statements(SqlConnection connection, Duration wait) {
    this.connection = connection;
    this.wait = wait;
  }

  private record Sent(
      Future<RowSet<Row>> result, int rowsExpected, IntFunction<RuntimeException> complaint) {

    private static final int ANY = -1;

    void check(RowSet<Row> rows) {
      if (rowsExpected != ANY && rows.rowCount() != rowsExpected) {
        throw complaint.apply(rows.rowCount());
      }
    }
  }

  Future<RowSet<Row>> query(String sql, Tuple parameters) {
    var result = connection.preparedQuery(sql).execute(parameters);
    sent.add(new Sent(result, Sent.ANY, _ -> new IllegalStateException("Any number will do")));
    return result;
  }

  void run(String sql, Tuple parameters) {
    query(sql, parameters);
  }

  /// Fails with the complaint unless it changes exactly `rows` rows.
  void runOnAll(String sql, int rows, Tuple parameters, IntFunction<RuntimeException> complaint) {
    sent.add(new Sent(connection.preparedQuery(sql).execute(parameters), rows, complaint));
  }

  <T> void runUnlessEmpty(List<T> rows, String sql, UnaryOperator<Columns<T>> columns) {
    if (!rows.isEmpty()) {
      run(sql, columns.apply(Columns.of(rows)).tuple());
    }
  }

  /// Every row must be there: an event about something that the view has never heard of means that
  /// events are missing.
  <T> void runOnAllUnlessEmpty(List<T> rows, String sql, UnaryOperator<Columns<T>> columns) {
    if (!rows.isEmpty()) {
      runOnAll(
          sql,
          rows.size(),
          columns.apply(Columns.of(rows)).tuple(),
          hit ->
              new IllegalStateException(
                  "Expected %d rows to be there, but found %d, for: %s"
                      .formatted(rows.size(), hit, sql.lines().findFirst().orElse(sql))));
    }
  }

  /// Waits for all, in order: the first that failed says why.
  void await() {
    for (var statement : sent) {
      statement.check(Postgres.await(statement.result(), wait));
    }
  }
}
