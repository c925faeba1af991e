package dev.parley.simulation;

import com.fasterxml.jackson.databind.JsonNode;
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

  /// Whether the index stores a document.
  boolean stores(String index, JsonNode document) {
    return true;
  }

  /// Whether the index minds the versions of documents.
  boolean minds(String index) {
    return true;
  }

  /// Whether the answer to a bulk says that some of it was refused.
  boolean tellsWhatIsRefused() {
    return true;
  }

  /// Whether the index is refreshed when somebody asks for it.
  boolean refreshes(String index) {
    return true;
  }

  /// Whether the places of a batch are stored in the index before the batch.
  boolean storesPlacesFirst() {
    return false;
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
