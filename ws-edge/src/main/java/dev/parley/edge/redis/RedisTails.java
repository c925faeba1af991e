package dev.parley.edge.redis;

import dev.parley.schemas.event.ChainedEvent;
import dev.parley.schemas.event.EventCodec;
import dev.parley.schemas.redis.RedisNames;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads the tails of conversations, pipelined over one connection.
public final class RedisTails {

  private final RedisLine line;

  public RedisTails(RedisLine line) {
    this.line = line;
  }

  /// Whether the connection stands.
  public boolean isOpen() {
    return line.isOpen();
  }

  /// What the tail holds after `seq`, in order, `limit` at most; it may begin later than the next.
  public Future<List<ChainedEvent>> after(UUID conversation, long seq, int limit) {
    return line.send(
            Request.cmd(Command.XRANGE)
                .arg(RedisNames.tail(conversation))
                .arg((seq + 1) + "-0")
                .arg("+")
                .arg("COUNT")
                .arg(limit))
        .map(RedisTails::events);
  }

  /// The last seq of each tail that there is.
  public Future<Map<UUID, Long>> heads(Collection<UUID> conversations) {
    var ids = List.copyOf(conversations);
    if (ids.isEmpty()) {
      return Future.succeededFuture(Map.of());
    }
    return line.batch(ids.stream().map(RedisTails::last).toList())
        .map(answers -> {
          var heads = new HashMap<UUID, Long>();
          for (var i = 0; i < ids.size(); i++) {
            var entries = answers.get(i);
            if (entries != null && entries.size() > 0) {
              heads.put(ids.get(i), seq(entries.get(0)));
            }
          }
          return heads;
        });
  }

  private static Request last(UUID conversation) {
    return Request.cmd(Command.XREVRANGE)
        .arg(RedisNames.tail(conversation))
        .arg("+")
        .arg("-")
        .arg("COUNT")
        .arg(1);
  }

  private static List<ChainedEvent> events(@Nullable Response entries) {
    var events = new ArrayList<ChainedEvent>();
    if (entries != null) {
      for (var entry : entries) {
        events.add(EventCodec.decode(record(entry.get(1))));
      }
    }
    return events;
  }

  private static byte[] record(Response fields) {
    for (var i = 0; i + 1 < fields.size(); i += 2) {
      if (RedisNames.TAIL_FIELD.equals(fields.get(i).toString(StandardCharsets.US_ASCII))) {
        return fields.get(i + 1).toBytes();
      }
    }
    throw new IllegalStateException("Expected a field " + RedisNames.TAIL_FIELD + " in a tail");
  }

  private static long seq(Response entry) {
    var id = entry.get(0).toString(StandardCharsets.US_ASCII);
    return Long.parseLong(id.substring(0, id.indexOf('-')));
  }
}
