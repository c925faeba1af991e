package dev.parley.client;

import java.util.Map;
import java.util.UUID;

/// What a client has applied: kept by an application over its own end, and given to the next one,
/// it makes that one resume.
///
/// @param epoch the log that the seqs belong to
/// @param heads the last seq applied of each conversation
public record Position(String epoch, Map<UUID, Long> heads) {

  public Position {
    heads = Map.copyOf(heads);
  }

  public static final Position NOWHERE = new Position("", Map.of());
}
