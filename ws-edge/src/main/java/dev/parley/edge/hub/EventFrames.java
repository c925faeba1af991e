package dev.parley.edge.hub;

import dev.parley.edge.outbox.Frame;
import dev.parley.schemas.content.ContentReader;
import dev.parley.schemas.event.ChainedEvent;
import dev.parley.schemas.wire.EventJson;
import java.util.LinkedHashMap;
import java.util.UUID;

/// Events as frames. The latest are kept, so that sessions that resume together after a lost edge
/// cost one encoding; bounded in bytes, the longest unused goes first. For one thread.
final class EventFrames {

  private record Key(UUID conversation, long seq) {}

  private final ContentReader reader;
  private final long bytesMax;
  private final LinkedHashMap<Key, Frame> frames = new LinkedHashMap<>(64, 0.75f, true);
  private long bytes;

  EventFrames(ContentReader reader, long bytesMax) {
    this.reader = reader;
    this.bytesMax = bytesMax;
  }

  /// @throws dev.parley.schemas.wire.KeyMissingException if the author's key is not here yet
  Frame of(ChainedEvent chained) {
    var event = chained.event();
    var key = new Key(event.conversation(), event.seq());
    var known = frames.get(key);
    if (known != null) {
      return known;
    }
    var frame = Frame.push("event", EventJson.toJson(event, reader));
    frames.put(key, frame);
    bytes += frame.bytes().length;
    while (bytes > bytesMax && frames.size() > 1) {
      bytes -= frames.pollFirstEntry().getValue().bytes().length;
    }
    return frame;
  }
}
