package dev.parley.stack.plan;

import dev.parley.stack.process.Unit;
import java.util.Set;

/// One unit and what has to be ready before its first start.
///
/// @param wave when it is stopped: the lowest first, equals together
public record Step(Unit unit, Set<String> after, int wave) {

  public Step {
    after = Set.copyOf(after);
  }
}
