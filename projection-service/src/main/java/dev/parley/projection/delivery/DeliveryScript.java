package dev.parley.projection.delivery;

import dev.parley.projection.config.ProjectionConfig;
import dev.parley.schemas.redis.RedisNames;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The one call to Redis that an event takes.
final class DeliveryScript {

  private final String source = source();
  private final String sha = sha1(source);
  private final int tailEvents;
  private final long tailSeconds;

  DeliveryScript(ProjectionConfig.Delivery limits) {
    this.tailEvents = limits.tailEvents();
    this.tailSeconds = limits.tailTtl().toSeconds();
  }

  /// Makes Redis know the script; it forgets it when it starts anew.
  Request load() {
    return Request.cmd(Command.SCRIPT).arg("LOAD").arg(source);
  }

  Request call(Handover.OfEvent event) {
    var call =
        Request.cmd(Command.EVALSHA)
            .arg(sha)
            .arg(1)
            .arg(RedisNames.tail(event.conversation()))
            .arg(event.seq() + "-0")
            .arg(tailEvents)
            .arg(tailSeconds)
            .arg(Buffer.buffer(event.record()))
            .arg(RedisNames.TAIL_FIELD)
            .arg(RedisNames.conversation(event.conversation()))
            .arg(Buffer.buffer(event.message()));
    event.alsoTo().forEach(call::arg);
    return call;
  }

  static Request publish(String channel, byte[] message) {
    return Request.cmd(Command.PUBLISH).arg(channel).arg(Buffer.buffer(message));
  }

  private static String source() {
    try (var in = DeliveryScript.class.getResourceAsStream("/delivery/deliver.lua")) {
      if (in == null) {
        throw new IllegalStateException("Expected /delivery/deliver.lua on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String sha1(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("Every Java platform has SHA-1", missing);
    }
  }
}
