package dev.parley.search.query;

import dev.parley.search.access.Reach;
import java.util.List;
import java.util.UUID;

/// What a caller may find.
///
/// @param hidden messages that they do not want to see
/// @param incomplete whether the caller has more conversations than one query takes
public record Accessible(List<Reach> rows, List<UUID> hidden, boolean incomplete) {
  public Accessible {
    rows = List.copyOf(rows);
    hidden = List.copyOf(hidden);
  }
}
