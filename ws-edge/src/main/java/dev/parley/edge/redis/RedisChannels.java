package dev.parley.edge.redis;

import dev.parley.edge.hub.Feed;
import dev.parley.edge.loop.Loop;
import dev.parley.edge.presence.PresenceFeed;
import dev.parley.schemas.redis.RedisNames;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The node's one subscription connection: its own channel, and those of the conversations and
/// people that are here. What is wanted is kept apart from the connection, so that a new one gets
/// all of it again.
public final class RedisChannels implements Feed, PresenceFeed {

  private static final Logger LOG = LoggerFactory.getLogger(RedisChannels.class);
  private static final int CHANNELS_PER_COMMAND = 500;
  private static final UUID ANY = new UUID(0, 0);
  private static final String CONVERSATION =
      RedisNames.conversation(ANY).replace(ANY.toString(), "");
  private static final String USER = RedisNames.user(ANY).replace(ANY.toString(), "");

  private static final String PRESENCE = RedisNames.presence(ANY).replace(ANY.toString(), "");

  private final Loop loop;
  private final RedisLine line;
  private final String nodeChannel;
  private final Set<String> wanted = new LinkedHashSet<>();
  private final Set<String> confirmed = new LinkedHashSet<>();
  private final Set<String> toSubscribe = new LinkedHashSet<>();
  private final Set<String> toUnsubscribe = new LinkedHashSet<>();
  private final Map<String, CompletableFuture<Void>> waiting = new HashMap<>();
  private boolean flushing;
  private boolean connectedBefore;
  private boolean returning;
  private volatile boolean subscribedNode;
  private Listener listener = new Deaf();

  /// Told of what is published, on the loop.
  public interface Listener {
    void conversation(UUID conversation, byte[] push);

    void user(UUID user, byte[] push);

    void presence(UUID user, byte[] push);

    void node(byte[] push);

    /// All is subscribed again after the connection was lost.
    void returned();
  }

  private static final class Deaf implements Listener {
    @Override
    public void conversation(UUID conversation, byte[] push) {}

    @Override
    public void user(UUID user, byte[] push) {}

    @Override
    public void presence(UUID user, byte[] push) {}

    @Override
    public void node(byte[] push) {}

    @Override
    public void returned() {}
  }

  public RedisChannels(Loop loop, RedisLine line, String node) {
    this.loop = loop;
    this.line = line;
    this.nodeChannel = RedisNames.node(node);
  }

  /// Connects, and stays connected.
  public void start(Listener listener) {
    this.listener = listener;
    loop.run(() -> {
      wanted.add(nodeChannel);
      line.open(this::connected, this::received);
    });
  }

  /// Whether the connection stands and the node's own channel is subscribed.
  public boolean isSubscribed() {
    return line.isOpen() && subscribedNode;
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
  public CompletionStage<Void> subscribePresence(UUID user) {
    return subscribe(RedisNames.presence(user));
  }

  @Override
  public void unsubscribePresence(UUID user) {
    unsubscribe(RedisNames.presence(user));
  }

  private CompletionStage<Void> subscribe(String channel) {
    wanted.add(channel);
    var isLeaving = toUnsubscribe.remove(channel);
    if (confirmed.contains(channel)) {
      return CompletableFuture.completedStage(null);
    }
    if (!isLeaving) {
      toSubscribe.add(channel);
      flushSoon();
    }
    return waiting.computeIfAbsent(channel, _ -> new CompletableFuture<>());
  }

  private void unsubscribe(String channel) {
    wanted.remove(channel);
    waiting.remove(channel);
    if (!toSubscribe.remove(channel)) {
      toUnsubscribe.add(channel);
      flushSoon();
    }
  }

  /// Many changes of one moment go in one command.
  private void flushSoon() {
    if (!flushing) {
      flushing = true;
      loop.run(this::flush);
    }
  }

  private void flush() {
    flushing = false;
    if (line.isOpen()) {
      send(Command.UNSUBSCRIBE, toUnsubscribe);
      send(Command.SUBSCRIBE, toSubscribe);
    }
    confirmed.removeAll(toUnsubscribe);
    toUnsubscribe.clear();
    toSubscribe.clear();
  }

  private void send(Command command, Set<String> channels) {
    var all = new ArrayList<>(channels);
    for (var from = 0; from < all.size(); from += CHANNELS_PER_COMMAND) {
      var request = Request.cmd(command);
      chunk(all, from).forEach(request::arg);
      line.send(request)
          .onFailure(failure -> LOG.debug("{} failed: {}", command, failure.toString()));
    }
  }

  private static List<String> chunk(List<String> all, int from) {
    return all.subList(from, Math.min(all.size(), from + CHANNELS_PER_COMMAND));
  }

  private void connected() {
    subscribedNode = false;
    confirmed.clear();
    toUnsubscribe.clear();
    toSubscribe.clear();
    returning = connectedBefore;
    connectedBefore = true;
    send(Command.SUBSCRIBE, wanted);
  }

  private void received(Response response) {
    if (response.type() != ResponseType.PUSH && response.type() != ResponseType.MULTI
        || response.size() < 3) {
      return;
    }
    var channel = response.get(1).toString(StandardCharsets.US_ASCII);
    switch (response.get(0).toString(StandardCharsets.US_ASCII)) {
      case "message" -> published(channel, response.get(2).toBytes());
      case "subscribe" -> confirmed(channel);
      // Redis may push other things; nothing else is asked for.
      default -> {}
    }
  }

  private void confirmed(String channel) {
    confirmed.add(channel);
    if (channel.equals(nodeChannel)) {
      subscribedNode = true;
    }
    var waiter = waiting.remove(channel);
    if (waiter != null) {
      waiter.complete(null);
    }
    if (returning && confirmed.size() >= wanted.size() && confirmed.containsAll(wanted)) {
      returning = false;
      listener.returned();
    }
  }

  private void published(String channel, byte[] message) {
    if (channel.startsWith(CONVERSATION)) {
      listener.conversation(UUID.fromString(channel.substring(CONVERSATION.length())), message);
    } else if (channel.startsWith(USER)) {
      listener.user(UUID.fromString(channel.substring(USER.length())), message);
    } else if (channel.startsWith(PRESENCE)) {
      listener.presence(UUID.fromString(channel.substring(PRESENCE.length())), message);
    } else if (channel.equals(nodeChannel)) {
      listener.node(message);
    }
  }
}
