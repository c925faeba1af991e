package dev.parley.projection.views;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Rows turned into one array a column, as `unnest` takes them.
public final class Columns<T> {

  private final List<T> rows;
  private final List<Object> columns = new ArrayList<>();

  private Columns(List<T> rows) {
    this.rows = rows;
  }

  public static <T> Columns<T> of(List<T> rows) {
    return new Columns<>(rows);
  }

  public Columns<T> ids(Function<T, @Nullable UUID> column) {
    columns.add(rows.stream().map(column).toArray(UUID[]::new));
    return this;
  }

  public Columns<T> longs(Function<T, @Nullable Long> column) {
    columns.add(rows.stream().map(column).toArray(Long[]::new));
    return this;
  }

  public Columns<T> ints(Function<T, Integer> column) {
    columns.add(rows.stream().map(column).toArray(Integer[]::new));
    return this;
  }

  public Columns<T> flags(Function<T, Boolean> column) {
    columns.add(rows.stream().map(column).toArray(Boolean[]::new));
    return this;
  }

  public Columns<T> texts(Function<T, @Nullable String> column) {
    columns.add(rows.stream().map(column).toArray(String[]::new));
    return this;
  }

  public Columns<T> bytes(Function<T, byte[]> column) {
    columns.add(rows.stream().map(column).map(Buffer::buffer).toArray(Buffer[]::new));
    return this;
  }

  /// Arrays of arrays cannot be unnested by row: each is sent as the text of an array.
  public Columns<T> idLists(Function<T, List<UUID>> column) {
    return texts(row ->
        column.apply(row).stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}")));
  }

  public Tuple tuple() {
    return Tuple.wrap(columns);
  }
}
