package dev.parley.edge.redis;

import dev.parley.schemas.push.Push;
import dev.parley.schemas.push.PushCodec;
import dev.parley.schemas.redis.RedisNames;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells all nodes that somebody types. Lost without a trace where Redis is away: it is of no use
/// later.
public final class RedisTyping {

  private static final Logger LOG = LoggerFactory.getLogger(RedisTyping.class);

  private final RedisLine line;

  public RedisTyping(RedisLine line) {
    this.line = line;
  }

  public void publish(Push.TypingPush typing) {
    line.send(
            Request.cmd(Command.PUBLISH)
                .arg(RedisNames.conversation(typing.conversation()))
                .arg(Buffer.buffer(PushCodec.typing(typing))))
        .onFailure(away -> LOG.debug("Typing is not told: {}", away.toString()));
  }
}
