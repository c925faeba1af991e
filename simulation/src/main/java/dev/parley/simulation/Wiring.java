package dev.parley.simulation;

import dev.parley.edge.hub.Inbox;
import dev.parley.edge.outbox.Frame;
import dev.parley.edge.session.Link;
import dev.parley.log.LogEntry;
import dev.parley.projection.fold.ViewChange;
import java.util.List;

/// How the parts are joined. As it stands: as the services join them. Tests break it, one seam at a
/// time, to see that each kind of anomaly is found.
class Wiring {

  /// The time that a command is decided at.
  long timeOfCommand(LogEntry command, long nowMillis) {
    return command.timestampMillis();
  }

  /// An output of the decider, on its way to the log.
  byte[] decided(String topic, byte[] value) {
    return value;
  }

  /// What was left of a store by an abort.
  void afterAbort(StateStore store) {}

  /// Whether a transaction that nobody committed is committed in the end.
  boolean commitsWhatIsLost() {
    return false;
  }

  /// What the views are to store.
  ViewChange folded(ViewChange change) {
    return change;
  }

  /// What an edge takes for a person's conversations.
  Inbox inbox(Inbox inbox) {
    return inbox;
  }

  /// What goes to a socket instead of a frame.
  List<Frame> frames(Link socket, Frame frame) {
    return List.of(frame);
  }
}
