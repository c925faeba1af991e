package dev.parley.edge.session;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.edge.loop.Loop;
import dev.parley.schemas.personal.Personal;
import dev.parley.schemas.personal.PersonalEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// The marks of one session on their way: of many in a short time only the highest of each kind
/// goes out. On the session's loop.
final class Marks {

  private final Loop loop;
  private final long flushMillis;
  private final int max;
  private final BiConsumer<PersonalEntry, List<JsonNode>> out;
  private final LinkedHashMap<Key, Waiting> waiting = new LinkedHashMap<>();
  private Loop.Timer flush = () -> {};

  private record Key(UUID conversation, Class<?> kind, @Nullable UUID thread) {}

  private record Waiting(PersonalEntry entry, List<JsonNode> asked) {}

  /// @param max marks that wait; over it all go out at once
  /// @param out takes a mark, and the ids of the frames that it answers
  Marks(Loop loop, long flushMillis, int max, BiConsumer<PersonalEntry, List<JsonNode>> out) {
    this.loop = loop;
    this.flushMillis = flushMillis;
    this.max = max;
    this.out = out;
  }

  void add(PersonalEntry entry, JsonNode frameId) {
    if (waiting.isEmpty()) {
      flush = loop.after(flushMillis, this::flush);
    }
    waiting.compute(
        key(entry),
        (_, before) -> {
          var asked = before == null ? new ArrayList<JsonNode>(1) : before.asked();
          asked.add(frameId);
          return new Waiting(
              before == null || seq(before.entry()) < seq(entry) ? entry : before.entry(), asked);
        });
    if (waiting.size() > max) {
      flush();
    }
  }

  /// All of them go out now.
  void flush() {
    flush.cancel();
    var all = new ArrayList<>(waiting.values());
    waiting.clear();
    all.forEach(one -> out.accept(one.entry(), one.asked()));
  }

  private static Key key(PersonalEntry entry) {
    return new Key(
        entry.conversation(),
        entry.value().getClass(),
        entry.value() instanceof Personal.ThreadRead(var thread, _) ? thread : null);
  }

  private static long seq(PersonalEntry entry) {
    return entry.value() instanceof Personal.Mark mark ? mark.seq() : 0;
  }
}
