package dev.parley.simulation;

import dev.parley.schemas.event.ChainedEvent;
import dev.parley.schemas.event.EventCodec;
import dev.parley.schemas.redis.RedisNames;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.RequestImpl;
import io.vertx.redis.client.impl.types.ErrorType;
import io.vertx.redis.client.impl.types.SimpleStringType;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Redis, as far as delivery and edges use it: tails, channels, one script. It may be away, forget
/// everything, and break a connection before or after it has done what it was asked.
final class RedisModel {

  /// Gets what is published on the channels that it has subscribed to.
  interface Subscriber {
    void published(String channel, byte[] message);

    void lost();
  }

  private static final class Tail {
    private final NavigableMap<Long, byte[]> entries = new TreeMap<>();
    private long last;
  }

  /// A connection of one who delivers, which ends with the life of Redis that it was made in.
  private static final class Line {
    private final int life;
    private boolean broken;

    Line(int life) {
      this.life = life;
    }
  }

  private static final Method ARGUMENTS = arguments();

  private final Scheduler scheduler;
  private final Trace trace;
  private final Map<String, Tail> tails = new TreeMap<>();
  private final Map<String, List<Subscriber>> channels = new TreeMap<>();
  private boolean up = true;
  private boolean knowsScript;
  private int breaksPercent;
  private int life;

  RedisModel(Scheduler scheduler, Trace trace) {
    this.scheduler = scheduler;
    this.trace = trace;
  }

  /// @param percent of the calls that break their connection
  void breaks(int percent) {
    breaksPercent = percent;
  }

  boolean isUp() {
    return up;
  }

  /// @param forgets whether it comes back without what it held
  void goAway(boolean forgets) {
    trace.step("redis", forgets ? "goes away and forgets" : "goes away");
    up = false;
    life++;
    var lost = channels.values().stream().flatMap(List::stream).distinct().toList();
    channels.clear();
    knowsScript &= !forgets;
    if (forgets) {
      tails.clear();
    }
    lost.forEach(Subscriber::lost);
  }

  void comeBack() {
    trace.step("redis", "is back");
    up = true;
  }

  void flush() {
    trace.step("redis", "FLUSHALL");
    tails.clear();
  }

  void forgetScript() {
    trace.step("redis", "SCRIPT FLUSH");
    knowsScript = false;
  }

  void subscribe(String channel, Subscriber subscriber) {
    var all = channels.computeIfAbsent(channel, _ -> new ArrayList<>());
    if (!all.contains(subscriber)) {
      all.add(subscriber);
    }
  }

  void unsubscribe(String channel, Subscriber subscriber) {
    channels.getOrDefault(channel, new ArrayList<>()).remove(subscriber);
  }

  void disconnect(Subscriber subscriber) {
    channels.values().forEach(all -> all.remove(subscriber));
  }

  /// What the tail holds after `seq`; it may begin later than the next.
  List<ChainedEvent> after(UUID conversation, long seq, int limit) {
    var tail = tails.get(RedisNames.tail(conversation));
    return tail == null
        ? List.of()
        : tail.entries.tailMap(seq, false).values().stream()
            .limit(limit)
            .map(EventCodec::decode)
            .toList();
  }

  Map<UUID, Long> heads(Iterable<UUID> conversations) {
    var heads = new LinkedHashMap<UUID, Long>();
    for (var id : conversations) {
      var tail = tails.get(RedisNames.tail(id));
      if (tail != null && !tail.entries.isEmpty()) {
        heads.put(id, tail.entries.lastKey());
      }
    }
    return heads;
  }

  /// For the one who delivers.
  Redis client() {
    return (Redis)
        Proxy.newProxyInstance(
            RedisModel.class.getClassLoader(),
            new Class<?>[] {Redis.class},
            (_, method, _) ->
                switch (method.getName()) {
                  case "connect" -> up ? Future.succeededFuture(newConnection()) : refused();
                  // A connection that is closed had been given up before.
                  case "close" -> null;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private RedisConnection newConnection() {
    var mine = new Line(life);
    return (RedisConnection)
        Proxy.newProxyInstance(
            RedisModel.class.getClassLoader(),
            new Class<?>[] {RedisConnection.class},
            (self, method, arguments) ->
                switch (method.getName()) {
                  case "send" -> send((Request) arguments[0], mine);
                  case "exceptionHandler" -> self;
                  case "close" -> Future.succeededFuture();
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private Future<Response> send(Request request, Line over) {
    if (!up || over.broken || over.life != life) {
      return refused();
    }
    if (scheduler.chance(breaksPercent)) {
      if (scheduler.chance(50)) {
        carryOut(request);
      }
      trace.step("redis", "loses a connection of delivery");
      over.broken = true;
      return refused();
    }
    var refusal = carryOut(request);
    return refusal == null
        ? Future.succeededFuture(SimpleStringType.OK)
        : Future.failedFuture(refusal);
  }

  private @Nullable ErrorType carryOut(Request request) {
    var arguments = argumentsOf(request);
    if (request.command().equals(Command.SCRIPT)) {
      knowsScript = true;
    } else if (request.command().equals(Command.PUBLISH)) {
      publish(text(arguments.get(0)), arguments.get(1));
    } else if (!knowsScript) {
      return ErrorType.create("NOSCRIPT No matching script.");
    } else {
      deliver(arguments);
    }
    return null;
  }

  /// What `deliver.lua` does.
  private void deliver(List<byte[]> arguments) {
    var tail = tails.computeIfAbsent(text(arguments.get(2)), _ -> new Tail());
    var id = text(arguments.get(3));
    long seq = Long.parseLong(id.substring(0, id.indexOf('-')));
    if (seq <= tail.last && tail.entries.containsKey(seq)) {
      return;
    }
    if (seq > tail.last) {
      tail.entries.put(seq, arguments.get(6));
      tail.last = seq;
      while (tail.entries.size() > Integer.parseInt(text(arguments.get(4)))) {
        tail.entries.pollFirstEntry();
      }
    }
    var message = arguments.get(9);
    publish(text(arguments.get(8)), message);
    arguments.stream().skip(10).forEach(channel -> publish(text(channel), message));
  }

  private void publish(String channel, byte[] message) {
    List.copyOf(channels.getOrDefault(channel, List.of()))
        .forEach(subscriber -> subscriber.published(channel, message));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static <T> Future<T> refused() {
    return Future.failedFuture(new ConnectException("Redis is away"));
  }

  @SuppressWarnings("unchecked") // That is what it returns.
  private static List<byte[]> argumentsOf(Request request) {
    try {
      return (List<byte[]>) ARGUMENTS.invoke(request);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// Requests tell what they hold to connections only.
  private static Method arguments() {
    try {
      var method = RequestImpl.class.getDeclaredMethod("getArgs");
      method.setAccessible(true);
      return method;
    } catch (NoSuchMethodException changed) {
      throw new IllegalStateException(changed);
    }
  }
}
