package dev.parley.projection.delivery;

import dev.parley.log.TransientException;
import io.vertx.core.Future;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One connection to Redis that keeps the order of what is sent, as a pool would not. Each has a
/// client of its own, so that one that is given up is closed: a pool would hand it out again, or
/// count it for ever where it was given up before it was there. For one thread, which waits.
final class RedisLine {

  private static final String FORGOTTEN = "NOSCRIPT";

  private final Supplier<Redis> clients;
  private final DeliveryScript script;
  private final Duration wait;
  private @Nullable Redis client;
  private @Nullable RedisConnection connection;

  RedisLine(Supplier<Redis> clients, DeliveryScript script, Duration wait) {
    this.clients = clients;
    this.script = script;
    this.wait = wait;
  }

  /// Sends the calls at once, in order, and waits for the answers.
  ///
  /// @return how many succeeded before the first that must be sent again; all of them, normally
  /// @throws TransientException if Redis is away or refuses: any of them may have been done
  int send(List<Request> calls) {
    var line = connected();
    var answers = new ArrayList<Future<@Nullable Response>>(calls.size());
    for (var call : calls) {
      answers.add(line.send(call));
    }
    for (int i = 0; i < answers.size(); i++) {
      try {
        await(answers.get(i));
      } catch (RedisRefusal refusal) {
        if (!refusal.reason().startsWith(FORGOTTEN)) {
          throw new TransientException("Redis refuses: " + refusal.reason(), refusal);
        }
        awaitRest(answers, i);
        load(line);
        return i;
      }
    }
    return calls.size();
  }

  /// The calls behind one that failed must be over before they are sent again.
  private void awaitRest(List<Future<@Nullable Response>> answers, int from) {
    for (var answer : answers.subList(from, answers.size())) {
      try {
        await(answer);
      } catch (RedisRefusal sentAgain) {
        continue;
      }
    }
  }

  private RedisConnection connected() {
    var standing = connection;
    if (standing != null) {
      return standing;
    }
    var fresh = clients.get();
    client = fresh;
    var line = await(fresh.connect());
    line.exceptionHandler(_ -> line.close());
    load(line);
    connection = line;
    return line;
  }

  private void load(RedisConnection line) {
    try {
      await(line.send(script.load()));
    } catch (RedisRefusal refusal) {
      // One that has just started may be reading its file still.
      throw gone("Redis refuses the script: " + refusal.reason(), refusal);
    }
  }

  private static final class RedisRefusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RedisRefusal(Throwable cause) {
      super(cause);
    }

    String reason() {
      return String.valueOf(getCause() == null ? null : getCause().getMessage());
    }
  }

  private <T extends @Nullable Object> T await(Future<T> future) {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failed) {
      var cause = failed.getCause() instanceof Throwable reason ? reason : failed;
      if (cause instanceof ErrorType refused) {
        throw new RedisRefusal(refused);
      }
      throw gone("Redis is not reachable: " + cause.getMessage(), cause);
    } catch (TimeoutException late) {
      throw gone("Redis did not answer within " + wait, late);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new TransientException("Interrupted while waiting for Redis", interrupted);
    }
  }

  private TransientException gone(String message, Throwable cause) {
    close();
    return new TransientException(message, cause);
  }

  void close() {
    var current = client;
    client = null;
    connection = null;
    if (current != null) {
      current.close();
    }
  }
}
