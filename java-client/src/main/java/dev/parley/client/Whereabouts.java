package dev.parley.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.schemas.wire.Json;
import java.util.ArrayList;

/// What a client tells a server of how far it is: all at a resume, some at each ping. For one
/// thread, the client's.
final class Whereabouts {

  /// Heads that a ping carries to be compared; the next ping carries the next ones.
  private static final int HEADS_OF_A_PING = 100;

  private static final int BYTES_OF_AN_ID = 40;
  private static final int BYTES_OF_THE_REST = 100;

  private final Order order;
  private String epoch;
  private String cursor = "";
  private int nextHead;

  /// @param epoch the log that the order's heads belong to; empty if it has none
  Whereabouts(Order order, String epoch) {
    this.order = order;
    this.epoch = epoch;
  }

  String epoch() {
    return epoch;
  }

  /// A server says which log it is; of another one nothing is known.
  void in(String log) {
    if (!epoch.isEmpty() && !epoch.equals(log)) {
      lost();
    }
    epoch = log;
  }

  void at(String place) {
    cursor = place;
  }

  /// What is known leads nowhere.
  void lost() {
    order.clear();
    cursor = "";
  }

  /// Heads are newer than any cursor. Where they are too many for a frame, the cursor says most of
  /// it, and what neither says is fetched after `live`.
  Frame resume(long frameBytesMax) {
    var heads = order.heads();
    long room = frameBytesMax > 0 ? frameBytesMax - BYTES_OF_THE_REST : Long.MAX_VALUE;
    var d = Json.MAPPER.createObjectNode();
    if (heads.values().stream().mapToLong(Whereabouts::bytes).sum() > room
        && !cursor.isEmpty()
        && cursor.length() <= room) {
      d.put("cursor", cursor);
    } else {
      var told = d.putObject("heads");
      for (var head : heads.entrySet()) {
        room -= bytes(head.getValue());
        if (room >= 0) {
          told.put(head.getKey().toString(), head.getValue());
        }
      }
    }
    return new Frame("resume", d);
  }

  /// Of one head: an id in quotes, a colon, the number, a comma.
  private static long bytes(long seq) {
    return BYTES_OF_AN_ID + Long.toString(seq).length();
  }

  /// The server compares them, so that a lost push is found without another one.
  Frame ping() {
    var heads = new ArrayList<>(order.heads().entrySet());
    var d = Json.MAPPER.createObjectNode();
    ObjectNode some = d.putObject("heads");
    for (int i = 0; i < Math.min(HEADS_OF_A_PING, heads.size()); i++) {
      var head = heads.get(Math.floorMod(nextHead++, heads.size()));
      some.put(head.getKey().toString(), head.getValue());
    }
    return new Frame("ping", d);
  }
}
