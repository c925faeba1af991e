package dev.parley.bench.load;

import dev.parley.client.Account;
import dev.parley.client.Rest;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.random.RandomGenerator;

/// All conversations of some people, of this run's rows before, too, as long as they were when it
/// was asked: so that pages may come from anywhere in what was ever said.
final class Histories {

  private static final int CONVERSATIONS_MAX = 500;

  /// A conversation that somebody may page through.
  ///
  /// @param head its last seq
  record Volume(Account reader, UUID conversation, long head) {}

  /// A page that ends before a seq.
  record Window(Volume of, long before) {}

  // By the number of events before them.
  private final NavigableMap<Long, Volume> volumes = new TreeMap<>();
  private long events;

  /// @param all at least one with an event
  Histories(List<Volume> all) {
    for (var volume : all) {
      if (volume.head() > 0) {
        volumes.put(events, volume);
        events += volume.head();
      }
    }
    if (events == 0) {
      throw new IllegalArgumentException("Expected conversations with something in them");
    }
  }

  static Histories of(Rest rest, List<Account> readers) {
    var volumes = new ArrayList<Volume>();
    for (var reader : readers) {
      var inbox =
          rest.get("/api/conversations?limit=" + CONVERSATIONS_MAX, reader.token()).expectOk();
      for (var item : inbox.body().path("conversations")) {
        volumes.add(
            new Volume(
                reader,
                UUID.fromString(item.path("conversation").asText()),
                item.path("head_seq").asLong()));
      }
    }
    return new Histories(volumes);
  }

  /// Each event is as likely as any other to be the last one before the window's end.
  Window window(RandomGenerator random) {
    long at = random.nextLong(events);
    var volume = volumes.floorEntry(at);
    return new Window(volume.getValue(), at - volume.getKey() + 2);
  }

  long events() {
    return events;
  }

  int conversations() {
    return volumes.size();
  }
}
