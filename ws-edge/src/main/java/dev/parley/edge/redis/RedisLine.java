package dev.parley.edge.redis;

import dev.parley.edge.loop.Loop;
import dev.parley.tls.TlsFiles;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One connection to Redis that is made again whenever it is lost, with a growing wait in between,
/// and that is asked for a sign of life, since a half-open one looks like silence. On its loop, but
/// for [#isOpen].
public final class RedisLine {

  private static final Logger LOG = LoggerFactory.getLogger(RedisLine.class);
  private static final long FIRST_WAIT_MILLIS = 100;
  private static final long LONGEST_WAIT_MILLIS = 3_000;
  private static final long SIGN_OF_LIFE_MILLIS = 3_000;
  private static final int WAITING_MAX = 65_536;

  private final Vertx vertx;
  private final Loop loop;
  private final String address;
  private final String name;
  private final @Nullable String ownChannel;
  private Runnable opened = () -> {};
  private Handler<Response> received = _ -> {};
  private @Nullable Redis client;
  private volatile @Nullable RedisConnection connection;
  private long waitMillis = FIRST_WAIT_MILLIS;
  private boolean heard;
  private boolean closed;

  /// @param address `redis://[:password@]host:port[/database]`
  /// @param name what the line is for, in the log
  /// @param ownChannel a channel that is subscribed on this line; null: it is for requests
  public RedisLine(
      Vertx vertx, Loop loop, String address, String name, @Nullable String ownChannel) {
    this.vertx = vertx;
    this.loop = loop;
    this.address = address;
    this.name = name;
    this.ownChannel = ownChannel;
  }

  /// Connects, now and after each loss.
  ///
  /// @param opened called each time the connection stands
  /// @param received told of pushes
  public void open(Runnable opened, Handler<Response> received) {
    this.opened = opened;
    this.received = received;
    connect();
  }

  /// Whether the connection stands.
  public boolean isOpen() {
    return connection != null;
  }

  Future<@Nullable Response> send(Request request) {
    var current = connection;
    return current == null ? Future.failedFuture("Redis is away") : current.send(request);
  }

  Future<List<@Nullable Response>> batch(List<Request> requests) {
    var current = connection;
    return current == null ? Future.failedFuture("Redis is away") : current.batch(requests);
  }

  /// Lets go of it, for good.
  public void close() {
    closed = true;
    lost(connection, "closed");
  }

  private void connect() {
    if (closed) {
      return;
    }
    var attempt =
        Redis.createClient(
            vertx,
            TlsFiles.ofProcess()
                .redis(address)
                .setMaxPoolSize(1)
                .setMaxPoolWaiting(1)
                .setMaxWaitingHandlers(WAITING_MAX));
    client = attempt;
    attempt
        .connect()
        .onComplete(connected ->
            loop.run(() -> {
              if (connected.succeeded()) {
                connected(connected.result());
              } else {
                attempt.close();
                retry(connected.cause().toString());
              }
            }));
  }

  private void connected(RedisConnection fresh) {
    LOG.info("Redis is connected ({})", name);
    connection = fresh;
    waitMillis = FIRST_WAIT_MILLIS;
    fresh.handler(response -> {
      heard = true;
      received.handle(response);
    });
    fresh.exceptionHandler(failure -> loop.run(() -> lost(fresh, failure.toString())));
    fresh.endHandler(_ -> loop.run(() -> lost(fresh, "closed by Redis")));
    opened.run();
    loop.after(SIGN_OF_LIFE_MILLIS, () -> ask(fresh));
  }

  /// A line of channels must not send what is answered: the client (Vert.x 4.5) takes the next push
  /// for the answer. Subscribing once more to the same channel is confirmed by a push.
  private void ask(RedisConnection asked) {
    if (connection != asked) {
      return;
    }
    heard = false;
    var question =
        ownChannel == null
            ? Request.cmd(Command.PING)
            : Request.cmd(Command.SUBSCRIBE).arg(ownChannel);
    asked
        .send(question)
        .onSuccess(_ -> {
          if (ownChannel == null) {
            heard = true;
          }
        });
    loop.after(
        SIGN_OF_LIFE_MILLIS,
        () -> {
          if (heard) {
            ask(asked);
          } else {
            lost(asked, "no sign of life");
          }
        });
  }

  private void lost(@Nullable RedisConnection gone, String why) {
    if (gone == null || connection != gone) {
      return;
    }
    connection = null;
    var current = client;
    if (current != null) {
      current.close();
    }
    if (!closed) {
      retry(why);
    }
  }

  private void retry(String why) {
    LOG.warn("Redis is away ({}): {}; tries again in {} ms", name, why, waitMillis);
    loop.after(waitMillis, this::connect);
    waitMillis = Math.min(LONGEST_WAIT_MILLIS, waitMillis * 2);
  }
}
