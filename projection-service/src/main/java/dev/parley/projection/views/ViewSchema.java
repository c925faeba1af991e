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
          "ban",
          "conversation",
          "event",
          "held",
          "held_settled",
          "hidden",
          "mark",
          "member",
          "mention",
          "message",
          "message_revision",
          "own",
          "pin",
          "profile",
          "projection_position",
          "reaction",
          "report",
          "reported",
          "scheduled",
          "space_channel",
          "thread_mark");

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

  /// Makes the views that show version `n`, as a set that nobody reads yet.
  public static String prepare(int n) {
    var sql =
        new StringBuilder("drop schema if exists views_next cascade;\ncreate schema views_next;\n");
    for (var table : TABLES) {
      sql.append(
          "create view views_next.%s as select * from %s.%s;\n".formatted(table, of(n), table));
    }
    return sql.toString();
  }

  /// Puts the prepared set in the place of the one that is read. A schema's new name takes no lock
  /// on what is in it: a switch neither waits for readers nor can meet them in a deadlock, and
  /// their prepared statements are analysed again by the names.
  public static String show() {
    return "alter schema views rename to views_retired; alter schema views_next rename to views";
  }

  /// Removes the set that was read before the last switch; waits for whoever still reads it.
  public static String dropRetired() {
    return "drop schema if exists views_retired cascade";
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
