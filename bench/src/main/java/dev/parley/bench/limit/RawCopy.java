package dev.parley.bench.limit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/// Postgres alone: the rows of the view of messages, by COPY into a table of the same shape with
/// the same indexes, which is dropped afterwards.
///
/// @param url of the database, with user and password
public record RawCopy(String url) {

  private static final String SERVED =
      "select 'views_' || n from views_control.version where state = 'in_service'";

  public double messagesPerSecond() {
    try (var connection = DriverManager.getConnection(url)) {
      var rows = Files.createTempFile("parley-bench", ".copy");
      try {
        return measure(connection, rows);
      } finally {
        Files.delete(rows);
      }
    } catch (SQLException failed) {
      throw new IllegalStateException("Expected Postgres to copy the messages", failed);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static double measure(Connection connection, Path rows) throws SQLException, IOException {
    var copies = connection.unwrap(PGConnection.class).getCopyAPI();
    var schema = schema(connection);
    try (var out = Files.newOutputStream(rows);
        var statement = connection.createStatement()) {
      copies.copyOut("copy " + schema + ".message to stdout", out);
      statement.execute("create schema if not exists bench");
      statement.execute("drop table if exists bench.message");
      statement.execute("create table bench.message (like " + schema + ".message including all)");
    }
    try (var in = Files.newInputStream(rows);
        var statement = connection.createStatement()) {
      long from = System.nanoTime();
      long count = copies.copyIn("copy bench.message from stdin", in, 1 << 16);
      double seconds = (System.nanoTime() - from) / 1e9;
      statement.execute("drop schema bench cascade");
      return count / seconds;
    }
  }

  private static String schema(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var found = statement.executeQuery(SERVED)) {
      if (!found.next()) {
        throw new IllegalStateException("Expected a version of the views in service");
      }
      return found.getString(1);
    }
  }
}
