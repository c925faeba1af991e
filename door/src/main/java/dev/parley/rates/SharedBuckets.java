package dev.parley.rates;

import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Buckets of tokens that all nodes take of: the generic cell rate algorithm, one script in Redis.
///
/// The time is Redis' own. Were it the nodes', one whose clock is ahead would empty a bucket for
/// all others by as much as it is ahead, and one that is behind would be held back for nothing.
public final class SharedBuckets implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SharedBuckets.class);

  /// The key holds when the bucket is full. A clock that was set back must not hold anybody longer
  /// than an empty bucket does. `%.0f`, since Lua writes such numbers with 14 digits only.
  private static final String SCRIPT =
      """
      local t = redis.call('TIME')
      local now = t[1] * 1000000 + t[2]
      local interval, burst = tonumber(ARGV[1]), tonumber(ARGV[2])
      local least, most = tonumber(ARGV[3]), tonumber(ARGV[4])
      local full = math.max(now, tonumber(redis.call('GET', KEYS[1]) or 0))
      full = math.min(full, now + burst * interval)
      local free = math.floor(burst - (full - now) / interval + 0.001)
      if free < least then
        return {0, math.ceil((full - now - (burst - least) * interval) / 1000)}
      end
      local granted = math.min(free, most)
      full = full + granted * interval
      local ttl = math.ceil((full - now) / 1000)
      redis.call('SET', KEYS[1], string.format('%.0f', full), 'PX', ttl)
      return {granted, 0}
      """;

  private static final String GIVE_BACK =
      """
      local full = tonumber(redis.call('GET', KEYS[1]) or 0)
      if full > 0 then
        redis.call('SET', KEYS[1], string.format('%.0f', full - tonumber(ARGV[1])), 'KEEPTTL')
      end
      return 0
      """;

  private static final RedisLine.Answer NOT_WAITED_FOR =
      new RedisLine.Answer() {
        @Override
        public void come(@Nullable Response response) {}

        @Override
        public void none(@Nullable Throwable refusal) {
          LOG.debug("Tokens not given back", refusal);
        }
      };

  private static final String DIGEST = sha1(SCRIPT);
  private static final String FORGOTTEN = "NOSCRIPT";

  private final RedisLine line;

  /// @param address `redis://[:password@]host:port[/database]`
  /// @param wait longest wait for Redis; then a request finds [Taken.Open]
  public SharedBuckets(Vertx vertx, String address, Duration wait) {
    this.line = new RedisLine(vertx, address, wait);
  }

  /// Connects, now and after each loss.
  public void open() {
    line.open();
  }

  /// Takes tokens, all at once or none. Never fails, and is done within the wait for Redis; on
  /// which thread is open.
  ///
  /// @param key of [dev.parley.schemas.redis.RedisNames#rate]
  /// @param least what is of use at all; no more than the burst is asked for
  /// @param most what is taken if it is there
  public CompletionStage<Taken> take(String key, Rate rate, int least, int most) {
    var taken = new CompletableFuture<Taken>();
    var asked = new Asked(key, rate, Math.min(least, rate.burst()), most);
    line.send(
        asked.by(Command.EVALSHA, DIGEST),
        new RedisLine.Answer() {
          @Override
          public void come(@Nullable Response response) {
            taken.complete(read(response));
          }

          @Override
          public void none(@Nullable Throwable refusal) {
            if (isForgotten(refusal)) {
              line.send(asked.by(Command.EVAL, SCRIPT), last(taken));
            } else {
              last(taken).none(refusal);
            }
          }
        });
    return taken;
  }

  /// Gives a token back that was taken: what it was taken for was none of what the bucket counts.
  /// Nothing is told of the outcome; while Redis is away it is lost.
  public void giveBack(String key, Rate rate) {
    line.send(
        Request.cmd(Command.EVAL)
            .arg(GIVE_BACK)
            .arg(1)
            .arg(key)
            .arg(Double.toString(rate.intervalMicros())),
        NOT_WAITED_FOR);
  }

  /// Fills a bucket. Nothing is told of the outcome; while Redis is away it is lost.
  public void fill(String key) {
    line.send(Request.cmd(Command.DEL).arg(key), NOT_WAITED_FOR);
  }

  @Override
  public void close() {
    line.close();
  }

  /// @param least no more than the burst, which is all that a bucket can ever have
  private record Asked(String key, Rate rate, int least, int most) {

    Request by(Command command, String script) {
      return Request.cmd(command)
          .arg(script)
          .arg(1)
          .arg(key)
          .arg(Double.toString(rate.intervalMicros()))
          .arg(rate.burst())
          .arg(least)
          .arg(Math.max(least, most));
    }
  }

  private static RedisLine.Answer last(CompletableFuture<Taken> taken) {
    return new RedisLine.Answer() {
      @Override
      public void come(@Nullable Response response) {
        taken.complete(read(response));
      }

      @Override
      public void none(@Nullable Throwable refusal) {
        if (refusal != null) {
          LOG.debug("No tokens from Redis", refusal);
        }
        taken.complete(new Taken.Open());
      }
    };
  }

  private static Taken read(@Nullable Response response) {
    if (response == null || response.size() != 2) {
      LOG.error("Expected two numbers of the script of rates, but got {}", response);
      return new Taken.Open();
    }
    var granted = number(response.get(0));
    return granted > 0
        ? new Taken.Granted((int) granted)
        : new Taken.Refused(Math.max(1, number(response.get(1))));
  }

  private static long number(@Nullable Response number) {
    return Long.parseLong(String.valueOf(number));
  }

  /// Redis forgets scripts when it starts anew.
  private static boolean isForgotten(@Nullable Throwable refusal) {
    return refusal != null
        && refusal.getMessage() != null
        && refusal.getMessage().startsWith(FORGOTTEN);
  }

  private static String sha1(String script) {
    try {
      var digest = MessageDigest.getInstance("SHA-1");
      return HexFormat.of().formatHex(digest.digest(script.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException absent) {
      throw new IllegalStateException("Every Java has SHA-1", absent);
    }
  }
}
