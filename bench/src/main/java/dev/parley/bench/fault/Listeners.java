package dev.parley.bench.fault;

import dev.parley.bench.load.Stage;
import dev.parley.client.Chat;
import dev.parley.client.ChatListener;
import dev.parley.client.ConnectionState;
import java.util.ArrayList;
import java.util.List;

/// People who only listen, the same number at each edge: who is cut off, and when they are back.
final class Listeners implements AutoCloseable {

  /// One client, as it stands.
  private static final class Seat implements ChatListener {
    private volatile boolean live;
    private volatile long liveNanos;

    @Override
    public void state(ConnectionState state) {
      live = state instanceof ConnectionState.Live;
      if (live) {
        liveNanos = System.nanoTime();
      }
    }
  }

  private final List<Chat> chats = new ArrayList<>();
  private final List<Seat> seats = new ArrayList<>();

  Listeners(Stage stage, int perEdge) throws InterruptedException {
    int edges = stage.edges().size();
    var people = stage.people(perEdge * edges);
    for (int i = 0; i < people.size(); i++) {
      var seat = new Seat();
      seats.add(seat);
      chats.add(stage.chat(people.get(i), i % edges, seat));
    }
    for (var chat : chats) {
      Stage.get(chat.live());
    }
  }

  long absent() {
    return seats.stream().filter(seat -> !seat.live).count();
  }

  /// How long after this moment the last of those came back who were cut off since; 0: nobody was.
  long backAfterNanos(long since) {
    return seats.stream()
        .mapToLong(seat -> seat.liveNanos - since)
        .filter(t -> t > 0)
        .max()
        .orElse(0);
  }

  @Override
  public void close() {
    chats.forEach(Chat::close);
  }
}
