package dev.parley.command.door;

import dev.parley.schemas.event.Event;
import dev.parley.schemas.event.EventCodec;
import dev.parley.schemas.outcome.Outcome;
import dev.parley.schemas.outcome.OutcomeEnvelope;
import dev.parley.schemas.push.Push;
import dev.parley.schemas.push.PushCodec;
import dev.parley.schemas.redis.RedisNames;
import dev.parley.tls.TlsFiles;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// This node's channel in Redis, on a connection of its own: what comes there answers the requests
/// that wait.
///
/// A lost connection is made again, with growing waits, and subscribes again; what was published
/// meanwhile is lost, and its requests end with 202. All fields belong to one event loop.
final class OutcomeChannel implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(OutcomeChannel.class);
  private static final byte[] MESSAGE = "message".getBytes(StandardCharsets.US_ASCII);
  private static final int MESSAGE_PARTS = 3;

  /// @param first wait before the first new try
  /// @param longest the waits double up to it
  /// @param signOfLife how often Redis is asked for one; without any for so long the connection is
  ///   made anew
  record Waits(Duration first, Duration longest, Duration signOfLife) {}

  private final Vertx vertx;
  private final Redis redis;
  private final String channel;
  private final Waits waits;
  private final PendingCommands pending;
  private int tries;
  private boolean heard;
  private volatile boolean subscribed;
  private volatile boolean closed;
  private volatile @Nullable RedisConnection connection;

  OutcomeChannel(Vertx vertx, String redisUrl, String node, Waits waits, PendingCommands pending) {
    this.vertx = vertx;
    this.redis = Redis.createClient(vertx, TlsFiles.ofProcess().redis(redisUrl).setMaxPoolSize(1));
    this.channel = RedisNames.node(node);
    this.waits = waits;
    this.pending = pending;
  }

  void start() {
    vertx.getOrCreateContext().runOnContext(_ -> connect());
    vertx.setPeriodic(waits.signOfLife().toMillis(), _ -> ask());
  }

  /// Whether outcomes arrive at present.
  boolean subscribed() {
    return subscribed;
  }

  @Override
  public void close() {
    closed = true;
    redis.close();
  }

  private void connect() {
    if (closed) {
      return;
    }
    redis
        .connect()
        .onSuccess(this::subscribe)
        .onFailure(failure -> again("could not connect: " + failure.getMessage()));
  }

  private void subscribe(RedisConnection made) {
    connection = made;
    heard = true;
    made.handler(this::receive);
    made.exceptionHandler(failure -> LOG.warn("Redis connection: {}", failure.getMessage()));
    made.endHandler(_ -> lost(made, "ended"));
    made.send(Request.cmd(Command.SUBSCRIBE).arg(channel))
        .onSuccess(_ -> {
          tries = 0;
          subscribed = true;
          LOG.info("Outcomes arrive on {}", channel);
        })
        .onFailure(failure -> lost(made, failure.getMessage()));
  }

  private void lost(RedisConnection made, @Nullable String why) {
    if (connection != made) {
      return;
    }
    connection = null;
    subscribed = false;
    made.close();
    again("connection lost: " + why);
  }

  private void again(String why) {
    if (closed) {
      return;
    }
    subscribed = false;
    long millis =
        Math.min(waits.longest().toMillis(), waits.first().toMillis() << Math.min(tries++, 20));
    // Nodes that lost the same Redis do not come back in the same millisecond.
    long wait = millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1);
    LOG.warn("Outcomes do not arrive, Redis {}; next try in {} ms", why, wait);
    vertx.setTimer(Math.max(1, wait), _ -> connect());
  }

  /// A peer that vanished without a word is noticed by its silence. A line of channels must not
  /// send what is answered: the client (Vert.x 4.5) takes the next push for the answer, which then
  /// never comes, and a good line would be given up with the outcomes of that moment. Subscribing
  /// once more is confirmed by a push.
  private void ask() {
    RedisConnection current = connection;
    if (current == null || !subscribed) {
      return;
    }
    if (!heard) {
      lost(current, "no sign of life");
      return;
    }
    heard = false;
    current
        .send(Request.cmd(Command.SUBSCRIBE).arg(channel))
        .onFailure(failure -> lost(current, failure.getMessage()));
  }

  private void receive(Response push) {
    heard = true;
    if (push.type() != ResponseType.PUSH && push.type() != ResponseType.MULTI
        || push.size() != MESSAGE_PARTS
        || !Arrays.equals(MESSAGE, push.get(0).toBytes())) {
      return;
    }
    try {
      answer(PushCodec.decode(push.get(2).toBytes()));
    } catch (IllegalArgumentException foreign) {
      LOG.warn(
          "A message on {} is no push that this version knows: {}", channel, foreign.getMessage());
    }
  }

  private void answer(Push push) {
    switch (push) {
      case Push.EventPush(byte[] record) -> {
        Event event = EventCodec.decode(record).event();
        pending.answer(
            new PendingCommands.Key(event.commandId(), event.conversation(), event.actor()),
            new Answer.Decided(
                event.conversation(), event.commandId(), event.seq(), event.atMillis(), false));
      }
      case Push.OutcomePush(OutcomeEnvelope envelope) -> answer(envelope);
      // For edges: nobody has a socket here.
      case Push.PersonalPush _, Push.TypingPush _, Push.PresencePush _, Push.ProfilePush _ -> {}
    }
  }

  private void answer(OutcomeEnvelope envelope) {
    var key =
        new PendingCommands.Key(envelope.commandId(), envelope.conversation(), envelope.actor());
    switch (envelope.outcome()) {
      case Outcome.Rejected(var code, var detail, var retryAfterMillis) ->
          pending.refuse(key, envelope.copy(), new Answer.Refused(code, detail, retryAfterMillis));
      case Outcome.Repeated repeated ->
          pending.answer(
              key,
              new Answer.Decided(
                  envelope.conversation(),
                  envelope.commandId(),
                  repeated.seq(),
                  repeated.atMillis(),
                  true));
    }
  }
}
