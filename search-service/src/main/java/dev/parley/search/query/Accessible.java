package dev.parley.search.query;

import dev.parley.search.access.Reach;
import java.util.List;

/// What a caller may find.
///
/// @param hidden keys of messages that they do not want to see
/// @param incomplete whether the caller has more conversations than one query takes
public record Accessible(List<Reach> rows, List<String> hidden, boolean incomplete) {
  public Accessible {
    rows = List.copyOf(rows);
    hidden = List.copyOf(hidden);
  }
}
