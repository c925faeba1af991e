package dev.parley.simulation;

import dev.parley.edge.hub.Feed;
import dev.parley.edge.loop.Loop;
import dev.parley.schemas.redis.RedisNames;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

/// An edge's subscription connection: what is wanted outlives it, and is subscribed again. On its
/// way a push may be lost, come twice, or overtake others; those for a person keep their order.
final class Network implements Feed, RedisModel.Subscriber {

  private static final int RETRY_MILLIS = 50;
  private static final int LATENCY_MILLIS = 3;
  private static final int OVERTAKEN_MILLIS = 60;

  private final Scheduler scheduler;
  private final RedisModel redis;
  private final Scheduler.Life process;
  private final Loop loop;
  private final Faults.Pushes faults;
  private final Scheduler.Line line;
  private final Set<String> wanted = new LinkedHashSet<>();
  private final Set<String> confirmed = new LinkedHashSet<>();
  private final Map<String, CompletableFuture<Void>> waiting = new HashMap<>();
  private BiConsumer<String, byte[]> receiver = (_, _) -> {};
  private Runnable returned = () -> {};
  private int connection;
  private boolean connected;

  Network(
      Scheduler scheduler,
      RedisModel redis,
      Scheduler.Life process,
      Loop loop,
      Faults.Pushes faults) {
    this.scheduler = scheduler;
    this.redis = redis;
    this.process = process;
    this.loop = loop;
    this.faults = faults;
    this.line = scheduler.new Line();
  }

  /// @param node whose own channel is always wanted
  /// @param receive is told of what comes
  /// @param again runs once all is subscribed again
  void start(String node, BiConsumer<String, byte[]> receive, Runnable again) {
    receiver = receive;
    returned = again;
    wanted.add(RedisNames.node(node));
    connect(() -> {});
  }

  void close() {
    connection++;
    redis.disconnect(this);
  }

  @Override
  public CompletionStage<Void> subscribeConversation(UUID conversation) {
    return subscribe(RedisNames.conversation(conversation));
  }

  @Override
  public void unsubscribeConversation(UUID conversation) {
    unsubscribe(RedisNames.conversation(conversation));
  }

  @Override
  public CompletionStage<Void> subscribeUser(UUID user) {
    return subscribe(RedisNames.user(user));
  }

  @Override
  public void unsubscribeUser(UUID user) {
    unsubscribe(RedisNames.user(user));
  }

  @Override
  public void published(String channel, byte[] message) {
    var over = connection;
    Runnable arrival =
        () -> {
          if (over == connection && process.isAlive()) {
            loop.run(() -> receiver.accept(channel, message));
          }
        };
    for (var copies = faults.copies(); copies > 0; copies--) {
      if (!channel.startsWith("parley:u:") && faults.overtakes()) {
        scheduler.soon(OVERTAKEN_MILLIS, arrival);
      } else {
        line.send(LATENCY_MILLIS, arrival);
      }
    }
  }

  @Override
  public void lost() {
    connection++;
    connected = false;
    confirmed.clear();
    scheduler.soon(RETRY_MILLIS, () -> connect(returned));
  }

  private void connect(Runnable whenWhole) {
    if (!process.isAlive()) {
      return;
    }
    if (!redis.isUp()) {
      scheduler.after(RETRY_MILLIS, () -> connect(whenWhole));
      return;
    }
    var over = ++connection;
    connected = true;
    List.copyOf(wanted).forEach(channel -> redis.subscribe(channel, this));
    scheduler.soon(
        10,
        () ->
            loop.run(() -> {
              if (over == connection) {
                List.copyOf(wanted).forEach(this::confirm);
                whenWhole.run();
              }
            }));
  }

  /// While there is no connection the next one takes care of it.
  private CompletionStage<Void> subscribe(String channel) {
    wanted.add(channel);
    if (confirmed.contains(channel)) {
      return CompletableFuture.completedStage(null);
    }
    var waiter = waiting.computeIfAbsent(channel, _ -> new CompletableFuture<>());
    var over = connection;
    scheduler.soon(
        5,
        () -> {
          if (connected && over == connection && wanted.contains(channel)) {
            redis.subscribe(channel, this);
            scheduler.soon(5, () -> loop.run(() -> confirmOver(over, channel)));
          }
        });
    return waiter;
  }

  private void confirmOver(int over, String channel) {
    if (over == connection && wanted.contains(channel)) {
      confirm(channel);
    }
  }

  private void confirm(String channel) {
    redis.subscribe(channel, this);
    confirmed.add(channel);
    var waiter = waiting.remove(channel);
    if (waiter != null) {
      waiter.complete(null);
    }
  }

  private void unsubscribe(String channel) {
    wanted.remove(channel);
    waiting.remove(channel);
    confirmed.remove(channel);
    redis.unsubscribe(channel, this);
  }
}
