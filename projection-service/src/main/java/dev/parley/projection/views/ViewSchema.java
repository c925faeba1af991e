package dev.parley.projection.views;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The statements that make, show and drop a version of the views.
public final class ViewSchema {

  /// What readers see of a version, by the same name in the schema `views`.
  public static final List<String> TABLES =
      List.of(
          "conversation",
          "event",
          "member",
          "message",
          "message_revision",
          "profile",
          "projection_position");

  private ViewSchema() {}

  /// The schema of version `n`.
  public static String of(int n) {
    return "views_" + n;
  }

  /// The control tables; harmless where they exist.
  public static String createControl() {
    return resource("control.sql");
  }

  public static String create(int n) {
    return resource("version.sql").replace("${schema}", of(n));
  }

  public static String drop(int n) {
    return "drop schema if exists " + of(n) + " cascade";
  }

  /// Points the views that are read at version `n`. Always in the same order, so that readers and
  /// switches meet in one order of locks.
  public static String show(int n) {
    var sql = new StringBuilder();
    for (var table : TABLES) {
      sql.append("drop view if exists views.%s;\n".formatted(table));
      sql.append("create view views.%s as select * from %s.%s;\n".formatted(table, of(n), table));
    }
    return sql.toString();
  }

  private static String resource(String name) {
    try (var in = ViewSchema.class.getResourceAsStream("/views/" + name)) {
      if (in == null) {
        throw new IllegalStateException("Expected /views/" + name + " on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
