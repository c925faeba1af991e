package dev.parley.bench.access;

import dev.parley.bench.path.RawSocket;
import java.net.URI;
import java.util.EnumMap;
import java.util.Map;

/// A socket for each one of a cast who may have one.
final class Lines implements AutoCloseable {

  private final Map<Caller, RawSocket> sockets = new EnumMap<>(Caller.class);
  private int asked = 10;

  Lines(Cast cast, URI edge) throws InterruptedException {
    for (var caller : Caller.values()) {
      if (caller.isKnown()) {
        sockets.put(caller, RawSocket.live(edge, cast.actor(caller).token(), "{}"));
      }
    }
  }

  Asked ask(Caller caller, String type, com.fasterxml.jackson.databind.node.ObjectNode d)
      throws InterruptedException {
    var socket = sockets.get(caller);
    if (socket == null) {
      throw new IllegalArgumentException("No socket for " + caller);
    }
    var id = asked++;
    var frame = Cast.object().put("id", id).put("t", type).set("d", d);
    socket.send(frame.toString());
    var answer =
        socket.await("an answer to " + type + " of " + caller, f -> f.path("id").asInt(-1) == id);
    return Asked.of(answer);
  }

  @Override
  public void close() {
    sockets.values().forEach(RawSocket::close);
  }
}
