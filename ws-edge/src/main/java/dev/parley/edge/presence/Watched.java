package dev.parley.edge.presence;

import dev.parley.edge.hub.Receiver;
import dev.parley.edge.outbox.Frame;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A person or a conversation that sessions of this node want to hear of. Each hears the first
/// value after it came, then every other one.
final class Watched<T> {

  private final Set<Receiver> told = new LinkedHashSet<>();
  private final Set<Receiver> newcomers = new LinkedHashSet<>();
  private @Nullable T last;

  void add(Receiver receiver) {
    if (!told.contains(receiver)) {
      newcomers.add(receiver);
    }
  }

  /// @return whether nobody is left
  boolean remove(Receiver receiver) {
    told.remove(receiver);
    newcomers.remove(receiver);
    return told.isEmpty() && newcomers.isEmpty();
  }

  /// What was told last; null: nothing yet.
  @Nullable T last() {
    return last;
  }

  void is(T value, Frame frame) {
    if (!value.equals(last)) {
      last = value;
      told.forEach(receiver -> receiver.offer(frame));
    }
    newcomers.forEach(receiver -> receiver.offer(frame));
    told.addAll(newcomers);
    newcomers.clear();
  }
}
