package dev.parley.edge.hub;

import dev.parley.edge.outbox.Frame;
import dev.parley.schemas.content.ContentReader;
import dev.parley.schemas.conversation.Forwarded;
import dev.parley.schemas.event.ChainedEvent;
import dev.parley.schemas.event.Event;
import dev.parley.schemas.event.EventData;
import dev.parley.schemas.wire.EventJson;
import java.util.LinkedHashMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Events as frames. The latest are kept, so that sessions that resume together after a lost edge
/// cost one encoding; bounded in bytes, the longest unused goes first. For one thread.
final class EventFrames {

  private record Key(UUID conversation, long seq) {}

  /// @param origin who wrote the text first, of a forward
  private record Kept(Frame frame, UUID author, @Nullable UUID origin) {

    boolean isOf(UUID person) {
      return author.equals(person) || person.equals(origin);
    }
  }

  private final ContentReader reader;
  private final long bytesMax;
  private final LinkedHashMap<Key, Kept> frames = new LinkedHashMap<>(64, 0.75f, true);
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
      return known.frame();
    }
    var frame = Frame.push("event", EventJson.toJson(event, reader));
    frames.put(key, new Kept(frame, event.actor(), origin(event)));
    bytes += frame.bytes().length;
    while (bytes > bytesMax && frames.size() > 1) {
      bytes -= frames.pollFirstEntry().getValue().frame().bytes().length;
    }
    return frame;
  }

  /// Drops what a person wrote, and what others forwarded of it: their content is to be read no
  /// more.
  void forget(UUID person) {
    frames
        .values()
        .removeIf(kept -> {
          if (kept.isOf(person)) {
            bytes -= kept.frame().bytes().length;
            return true;
          }
          return false;
        });
  }

  private static @Nullable UUID origin(Event event) {
    Forwarded forwarded = null;
    if (event.data() instanceof EventData.MessageSent sent) {
      forwarded = sent.forwarded();
    } else if (event.data() instanceof EventData.MessageScheduled scheduled) {
      forwarded = scheduled.send().forwarded();
    }
    return forwarded == null ? null : forwarded.author();
  }
}
