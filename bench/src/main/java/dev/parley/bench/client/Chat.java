package dev.parley.bench.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.wire.CloseCode;
import dev.parley.schemas.wire.Json;
import io.netty.util.concurrent.EventExecutor;
import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// One person's connection. It keeps itself connected until it is closed or told not to come back;
/// over all its connections it keeps the order of every conversation, and the commands that are not
/// answered: those are sent again with the ids they have.
public final class Chat implements AutoCloseable {

  private static final long BACKOFF_FIRST_MILLIS = 250;
  private static final long BACKOFF_MAX_MILLIS = 5_000;
  private static final long RESEND_AFTER_MILLIS = 6_000;
  private static final long HEARTBEAT_MILLIS = 25_000;

  /// A command that waits for its answer.
  private static final class Waiting {
    private final String type;
    private final ObjectNode d;
    private final boolean once;
    private int refusals;
    private final CompletableFuture<Reply> reply = new CompletableFuture<>();

    Waiting(String type, ObjectNode d, boolean once) {
      this.type = type;
      this.d = d;
      this.once = once;
    }
  }

  private final Network network;
  private final Account account;
  private final List<URI> edges;
  private final ChatListener listener;
  private final EventExecutor loop;
  private final Order order;
  private final CompletableFuture<Void> live = new CompletableFuture<>();
  private final Map<Long, Waiting> asked = new LinkedHashMap<>();
  private final Map<Waiting, Long> unanswered = new LinkedHashMap<>();
  private final AtomicLong resends = new AtomicLong();
  private @Nullable Link link;
  private boolean commandsOpen;
  private boolean closed;
  private int attempt;
  private int nextEdge;
  private long lastId;
  private long authId;
  private long resumeId;
  private long comeBackMillis = -1;

  // Deprecated for Vert.x 5, which has another way to the same loops.
  @SuppressWarnings("deprecation")
  private Chat(Network network, Rest rest, Account account, List<URI> edges, ChatListener told) {
    this.network = network;
    this.account = account;
    this.edges = edges;
    this.listener = told;
    this.loop = network.vertx().nettyEventLoopGroup().next();
    this.order =
        new Order(
            (conversation, after) -> rest.events(account, conversation, after),
            new Order.Listener() {
              @Override
              public void apply(JsonNode event, long receivedNanos) {
                told.event(event, receivedNanos);
              }

              @Override
              public void gap(UUID conversation, long from, long to) {
                told.gap(conversation, from, to);
              }

              @Override
              public void repeated(JsonNode event) {
                told.repeated(event);
              }
            },
            loop);
  }

  /// Connects to the first of `edges`; after a loss to the next one.
  public static Chat start(
      Network network, Rest rest, Account account, List<URI> edges, ChatListener listener) {
    var chat = new Chat(network, rest, account, List.copyOf(edges), listener);
    chat.loop.execute(chat::connect);
    return chat;
  }

  /// Completes when the first connection is caught up; exceptionally if the server says not to come
  /// back before that.
  public CompletableFuture<Void> live() {
    return live;
  }

  /// Sends a message under this id, again and again until it is answered.
  public CompletableFuture<Reply> send(UUID conversation, UUID message, String text) {
    var d = Json.MAPPER.createObjectNode();
    d.put("conversation", conversation.toString());
    d.put("message_id", message.toString());
    d.put("text", text);
    return submit(new Waiting("send", d, false));
  }

  /// Any command, sent again until it is answered; what has no id yet gets a command id.
  public CompletableFuture<Reply> command(String type, ObjectNode d) {
    if (!type.equals("send") && !d.has("command_id")) {
      d.put("command_id", Ids.uuid7().toString());
    }
    return submit(new Waiting(type, d, false));
  }

  /// Any frame, sent once: a temporary refusal is an answer too.
  public CompletableFuture<Reply> ask(String type, ObjectNode d) {
    return submit(new Waiting(type, d, true));
  }

  /// Ends the current connection as a lost network would look to the client; it comes back by
  /// itself.
  public void cut() {
    loop.execute(this::hangUp);
  }

  /// Commands that were sent more than once, so far.
  public long resends() {
    return resends.get();
  }

  /// Ends it for good; what is not answered fails.
  @Override
  public void close() {
    loop.execute(() -> stop("was closed"));
  }

  private CompletableFuture<Reply> submit(Waiting waiting) {
    loop.execute(() -> {
      if (closed) {
        waiting.reply.completeExceptionally(new IllegalStateException("The client is closed"));
        return;
      }
      unanswered.put(waiting, 0L);
      transmit(waiting);
    });
    return waiting.reply;
  }

  private void transmit(Waiting waiting) {
    long sent = unanswered.getOrDefault(waiting, -1L);
    if (sent < 0 || !commandsOpen || link == null) {
      return;
    }
    unanswered.put(waiting, sent + 1);
    if (sent > 0) {
      resends.incrementAndGet();
    }
    long id = request(waiting.type, waiting.d);
    asked.put(id, waiting);
    if (!waiting.once) {
      loop.schedule(() -> resendIfAsked(id, waiting), RESEND_AFTER_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void resendIfAsked(long id, Waiting waiting) {
    if (asked.remove(id, waiting)) {
      transmit(waiting);
    }
  }

  private void connect() {
    if (closed) {
      return;
    }
    comeBackMillis = -1;
    var edge = edges.get(nextEdge++ % edges.size());
    link =
        Link.open(
            network,
            edge,
            loop,
            new Link.Listener() {
              @Override
              public void frame(Link from, JsonNode frame, long receivedNanos) {
                if (from == link) {
                  received(frame, receivedNanos);
                }
              }

              @Override
              public void ended(Link from, int code, String reason) {
                if (from == link) {
                  Chat.this.ended(code, reason);
                }
              }
            });
  }

  private void received(JsonNode frame, long receivedNanos) {
    if (frame.has("id")) {
      answered(frame);
      return;
    }
    var d = frame.path("d");
    switch (frame.path("t").asText()) {
      case "hello" -> greeted(d);
      case "ready" -> ready(d);
      case "event" -> order.offer(d, receivedNanos);
      case "gap" ->
          order.skip(
              Ids.required(d.path("conversation").asText()),
              d.path("from").asLong(),
              d.path("to").asLong());
      case "live" -> live.complete(null);
      case "ping" -> push("pong");
      case "reconnect" -> comeBackMillis = d.path("after_ms").asLong();
      // Types of a newer server are ignored, as the protocol asks.
      default -> {}
    }
  }

  private void answered(JsonNode frame) {
    long id = frame.path("id").asLong();
    var waiting = asked.remove(id);
    if (waiting != null) {
      settle(waiting, Reply.of(frame));
    } else if (id == authId) {
      authenticated(Reply.of(frame));
    } else if (id == resumeId && Reply.of(frame) instanceof Reply.Refused refused) {
      // The real answer is `ready`; a refusal is over with a new connection.
      listener.refused(refused);
      hangUp();
    }
  }

  private void greeted(JsonNode hello) {
    authId = request("auth", Json.MAPPER.createObjectNode().put("token", account.token()));
    beat(link, hello.path("heartbeat_ms").asLong(HEARTBEAT_MILLIS));
  }

  private void authenticated(Reply reply) {
    switch (reply) {
      case Reply.Done _ -> resume();
      case Reply.Refused refused -> {
        listener.refused(refused);
        if (refused.temporary()) {
          hangUp();
        } else {
          stop("was refused: " + refused);
        }
      }
    }
  }

  private void beat(@Nullable Link beating, long everyMillis) {
    loop.schedule(
        () -> {
          if (beating != null && beating == link) {
            push("ping");
            beat(beating, everyMillis);
          }
        },
        everyMillis,
        TimeUnit.MILLISECONDS);
  }

  private void settle(Waiting waiting, Reply reply) {
    if (!waiting.once && reply instanceof Reply.Refused refused && refused.temporary()) {
      long wait = refused.retryAfterMillis() + backoffMillis(waiting.refusals++);
      loop.schedule(() -> transmit(waiting), wait, TimeUnit.MILLISECONDS);
      return;
    }
    unanswered.remove(waiting);
    waiting.reply.complete(reply);
  }

  private void resume() {
    var d = Json.MAPPER.createObjectNode();
    var heads = d.putObject("heads");
    order.heads().forEach((conversation, seq) -> heads.put(conversation.toString(), seq));
    resumeId = request("resume", d);
  }

  private void ready(JsonNode d) {
    attempt = 0;
    order.snapshot(d.path("conversations"));
    listener.ready(d);
    commandsOpen = true;
    List.copyOf(unanswered.keySet()).forEach(this::transmit);
  }

  private void ended(int code, String reason) {
    link = null;
    commandsOpen = false;
    asked.clear();
    listener.ended(code, reason);
    if (closed) {
      return;
    }
    if (meansStop(code)) {
      stop("was told not to come back: " + code + " " + reason);
      return;
    }
    long wait = comeBackMillis >= 0 ? comeBackMillis : backoffMillis(attempt++);
    loop.schedule(this::connect, wait, TimeUnit.MILLISECONDS);
  }

  /// Full jitter, so that many clients do not come back as one.
  private static long backoffMillis(int attempt) {
    long ceiling = Math.min(BACKOFF_MAX_MILLIS, BACKOFF_FIRST_MILLIS << Math.min(attempt, 10));
    return ThreadLocalRandom.current().nextLong(ceiling + 1);
  }

  private static boolean meansStop(int code) {
    for (var known : CloseCode.values()) {
      if (known.code() == code) {
        return known.reconnect() == CloseCode.Reconnect.STOP;
      }
    }
    return false;
  }

  private void stop(String why) {
    closed = true;
    hangUp();
    abandon(why);
  }

  private void hangUp() {
    if (link != null) {
      link.close();
    }
  }

  private void abandon(String why) {
    var failure = new IllegalStateException(account.name() + " " + why);
    live.completeExceptionally(failure);
    var left = new HashMap<>(unanswered);
    unanswered.clear();
    asked.clear();
    left.keySet().forEach(waiting -> waiting.reply.completeExceptionally(failure));
  }

  private long request(String type, ObjectNode d) {
    var frame = Json.MAPPER.createObjectNode().put("id", ++lastId).put("t", type);
    frame.set("d", d);
    if (link != null) {
      link.send(frame);
    }
    return lastId;
  }

  private void push(String type) {
    if (link != null) {
      var frame = Json.MAPPER.createObjectNode().put("t", type);
      frame.putObject("d");
      link.send(frame);
    }
  }
}
