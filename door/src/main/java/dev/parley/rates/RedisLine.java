package dev.parley.rates;

import dev.parley.tls.TlsFiles;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One connection to Redis whose answers are waited for briefly.
///
/// While an answer is late nothing else is asked, since Redis answers in order; so a slow Redis
/// delays the first request by the wait, and the others not at all. A connection that was lost or
/// stays silent is made again, with a growing wait in between. All state belongs to one event loop,
/// where the client's callbacks and timers run too, since all of them are made there.
final class RedisLine implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RedisLine.class);
  private static final long FIRST_WAIT_MILLIS = 100;
  private static final long LONGEST_WAIT_MILLIS = 2_000;
  private static final long SILENCE_MILLIS = 3_000;
  private static final int WAITING_MAX = 65_536;

  private final Vertx vertx;
  private final Context loop;
  private final String address;
  private final long waitMillis;
  private @Nullable Redis client;
  private long retryMillis = FIRST_WAIT_MILLIS;
  private volatile @Nullable Connected connected;
  private volatile boolean closed;

  /// What became of a request: an answer, or none in time.
  interface Answer {
    void come(@Nullable Response response);

    /// Redis is away, slow or refused it.
    void none(@Nullable Throwable refusal);
  }

  /// @param address `redis://[:password@]host:port[/database]`
  /// @param wait longest wait for an answer
  RedisLine(Vertx vertx, String address, Duration wait) {
    this.vertx = vertx;
    this.loop = ((VertxInternal) vertx).createEventLoopContext();
    this.address = address;
    this.waitMillis = Math.max(1, wait.toMillis());
  }

  void open() {
    loop.runOnContext(_ -> connect());
  }

  /// From any thread; `answer` is told on the line's loop, or at once if Redis is away.
  void send(Request request, Answer answer) {
    var current = connected;
    if (current == null || current.late > 0) {
      answer.none(null);
    } else {
      loop.runOnContext(_ -> current.send(request, answer));
    }
  }

  @Override
  public void close() {
    closed = true;
    loop.runOnContext(_ -> {
      var current = connected;
      if (current != null) {
        lost(current, "closed");
      }
    });
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
    attempt.connect().onComplete(made -> tried(attempt, made));
  }

  private void tried(Redis attempt, AsyncResult<RedisConnection> made) {
    if (made.failed()) {
      attempt.close();
      retry(String.valueOf(made.cause()));
      return;
    }
    var fresh = new Connected(made.result());
    fresh.connection.exceptionHandler(
        broken -> loop.runOnContext(_ -> lost(fresh, broken.toString())));
    fresh.connection.endHandler(_ -> loop.runOnContext(_ -> lost(fresh, "closed by Redis")));
    connected = fresh;
    retryMillis = FIRST_WAIT_MILLIS;
    LOG.info("Redis is connected, rates are shared");
  }

  private void lost(Connected gone, String why) {
    if (connected != gone) {
      return;
    }
    connected = null;
    var current = client;
    if (current != null) {
      current.close();
    }
    if (!closed) {
      retry(why);
    }
  }

  private void retry(String why) {
    LOG.warn("Redis is away, rates are open: {}; tries again in {} ms", why, retryMillis);
    vertx.setTimer(retryMillis, _ -> connect());
    retryMillis = Math.min(LONGEST_WAIT_MILLIS, retryMillis * 2);
  }

  /// A connection, and how many of its answers are late.
  private final class Connected {
    private final RedisConnection connection;
    private volatile int late;
    private long answers;

    Connected(RedisConnection connection) {
      this.connection = connection;
    }

    void send(Request request, Answer answer) {
      var asked = new Asked(this, answer);
      var timer = vertx.setTimer(waitMillis, _ -> asked.late());
      connection
          .send(request)
          .onComplete(came -> {
            vertx.cancelTimer(timer);
            asked.answered(came);
          });
    }

    /// It came late, but it came.
    @SuppressWarnings("NonAtomicOperationOnVolatileField") // written on the loop alone
    void caughtUp() {
      late--;
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // written on the loop alone
    void fellBehind() {
      late++;
      var then = answers;
      if (late == 1) {
        LOG.debug("Redis is slow, rates are open until it answers");
        vertx.setTimer(
            SILENCE_MILLIS,
            _ -> {
              if (late > 0 && answers == then) {
                lost(this, "no answer for " + SILENCE_MILLIS + " ms");
              }
            });
      }
    }
  }

  /// A request that is on its way.
  private static final class Asked {
    private final Connected line;
    private final Answer answer;
    private boolean isLate;

    Asked(Connected line, Answer answer) {
      this.line = line;
      this.answer = answer;
    }

    void late() {
      isLate = true;
      line.fellBehind();
      answer.none(null);
    }

    void answered(AsyncResult<Response> came) {
      line.answers++;
      if (isLate) {
        line.caughtUp();
      } else if (came.succeeded()) {
        answer.come(came.result());
      } else {
        answer.none(came.cause());
      }
    }
  }
}
