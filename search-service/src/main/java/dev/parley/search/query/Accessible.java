package dev.parley.search.query;

import dev.parley.search.access.AccessRow;
import java.util.List;

/// What a caller may find.
///
/// @param incomplete whether the caller has more conversations than one query takes
public record Accessible(List<AccessRow.Member> rows, boolean incomplete) {
  public Accessible {
    rows = List.copyOf(rows);
  }
}
