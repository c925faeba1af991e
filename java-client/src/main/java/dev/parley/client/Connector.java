package dev.parley.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.schemas.wire.CloseCode;
import dev.parley.schemas.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// From connecting to live, and back after a loss: the handshake, the close codes, the back-off.
/// For one thread, the client's.
final class Connector {

  /// A connection that was live this long was a good one: the next loss starts at a short wait.
  private static final long GOOD_NANOS = TimeUnit.SECONDS.toNanos(10);

  /// Heads that a ping carries to be compared; the next ping carries the next ones.
  private static final int HEADS_OF_A_PING = 100;

  /// Dead after 35 s without traffic at a heartbeat of 25 s.
  private static final double DEAD_PER_HEARTBEAT = 1.4;

  private static final int BYTES_OF_A_HEAD = 60;

  /// What an application is told besides events.
  interface Listener {
    void push(String type, JsonNode content);

    void ready(Ready ready);

    void refused(Reply.Refused refusal);

    void ended(int code, String reason);

    void state(ConnectionState state);
  }

  private final Chat.Settings settings;
  private final Network.Loop loop;
  private final Order order;
  private final Outbox outbox;
  private final Interests interests;
  private final Listener listener;
  private final Map<Long, Consumer<Reply>> asked = new HashMap<>();

  private @Nullable Link link;
  private String epoch;
  private String token = "";
  private String cursor = "";
  private long frameBytesMax;
  private boolean started;
  private boolean stopped;
  private boolean ready;
  private boolean tokenDoubted;
  private int attempt;
  private int nextEdge;
  private int nextHead;
  private long lastId;
  private long liveSinceNanos;
  private long comeBackNanos = -1;
  private Timers.Timer waiting = () -> {};

  /// Goes up with every connection and stop: what belongs to an older one is void.
  private int turn;

  Connector(
      Chat.Settings settings,
      Network.Loop loop,
      Order order,
      Outbox outbox,
      Interests interests,
      Listener listener) {
    this.settings = settings;
    this.loop = loop;
    this.order = order;
    this.outbox = outbox;
    this.interests = interests;
    this.listener = listener;
    this.epoch = settings.start().epoch();
  }

  void start() {
    if (!started && !stopped) {
      started = true;
      connect();
    }
  }

  boolean stopped() {
    return stopped;
  }

  String epoch() {
    return epoch;
  }

  /// Does not wait out a back-off of its own; a wait that the server asked for is kept.
  void wake() {
    if (started && !stopped && link == null && comeBackNanos < 0) {
      waiting.cancel();
      connect();
    }
  }

  void cut() {
    if (link != null) {
      link.abort();
    }
  }

  /// A frame that nobody answers; lost without a connection.
  void push(Frame frame) {
    if (link != null && ready) {
      link.send(frame(frame).toString());
    }
  }

  /// @return completes when the server was told, or need not be
  CompletionStage<?> stop(int code, String reason) {
    var told = CompletableFuture.<@Nullable Object>completedFuture(null);
    if (stopped) {
      return told;
    }
    stopped = true;
    turn++;
    waiting.cancel();
    var last = link;
    detach();
    var goodbye = last == null ? told : last.close(Link.DONE, "");
    outbox.abandon(new IllegalStateException("The client ended: " + code + " " + reason));
    listener.state(new ConnectionState.Stopped(code, reason));
    return goodbye;
  }

  private void connect() {
    int mine = ++turn;
    comeBackNanos = -1;
    listener.state(new ConnectionState.Connecting());
    var source = settings.tokens();
    (tokenDoubted ? source.renew() : source.fresh())
        .whenComplete((found, failed) ->
            loop.execute(() -> {
              if (mine == turn && !stopped) {
                hasToken(found, failed);
              }
            }));
  }

  private void hasToken(@Nullable String found, @Nullable Throwable failed) {
    if (found == null) {
      if (isSignedOut(failed)) {
        stop(CloseCode.TOKEN.code(), String.valueOf(failed));
      } else {
        comeBack();
      }
    } else if (tokenDoubted && found.equals(token)) {
      // The server has refused this very one.
      stop(CloseCode.TOKEN.code(), CloseCode.TOKEN.reason());
    } else {
      token = found;
      open();
    }
  }

  private static boolean isSignedOut(@Nullable Throwable failed) {
    var cause = failed instanceof CompletionException wrapped ? wrapped.getCause() : failed;
    return cause instanceof Tokens.SignedOutException;
  }

  private void open() {
    int mine = turn;
    var edge = settings.edges().get(nextEdge++ % settings.edges().size());
    link =
        Link.open(
            loop,
            edge,
            new Link.Listener() {
              @Override
              public void frame(JsonNode frame, long receivedNanos) {
                if (mine == turn) {
                  received(frame, receivedNanos);
                }
              }

              @Override
              public void ended(int code, String reason) {
                if (mine == turn && !stopped) {
                  Connector.this.ended(code, reason);
                }
              }
            });
  }

  private void received(JsonNode frame, long receivedNanos) {
    if (frame.has("ok") || frame.has("err")) {
      var waitingFor = asked.remove(frame.path("id").asLong());
      if (waitingFor != null) {
        waitingFor.accept(Reply.of(frame));
      }
      return;
    }
    var d = frame.path("d");
    switch (frame.path("t").asText()) {
      case "hello" -> greeted(Hello.of(d));
      case "ready" -> ready(Ready.of(d));
      case "event" -> order.offer(ConversationEvent.of(d, receivedNanos));
      case "gap" ->
          order.skip(Fields.id(d, "conversation"), d.path("from").asLong(), d.path("to").asLong());
      case "live" -> live(Fields.textOrEmpty(d, "cursor"));
      case "ping" -> bare("pong");
      case "pong" -> {}
      case "reconnect" -> toldToReconnect(Math.max(0, d.path("after_ms").asLong()));
      case "auth.expiring" -> refresh();
      // Types of a newer server are told as what they are.
      case String type -> listener.push(type, d);
    }
  }

  private void greeted(Hello hello) {
    frameBytesMax = hello.frameBytesMax();
    if (!epoch.isEmpty() && !epoch.equals(hello.epoch())) {
      order.clear();
      cursor = "";
    }
    epoch = hello.epoch();
    if (link != null) {
      link.expectTrafficWithin((long) (hello.heartbeatMillis() * DEAD_PER_HEARTBEAT));
    }
    beat(turn, hello.heartbeatMillis());
    var d = Json.MAPPER.createObjectNode().put("token", token);
    request(new Frame("auth", d), this::authenticated);
  }

  private void authenticated(Reply reply) {
    switch (reply) {
      case Reply.Done _ -> request(new Frame("resume", resumeFrom()), this::resumed);
      case Reply.Refused refused -> {
        listener.refused(refused);
        // A lasting refusal is followed by the close that says so; but do not wait for it.
        hangUp(refused.temporary() ? Link.DONE : CloseCode.TOKEN.code(), refused.code());
      }
    }
  }

  /// Heads are newer than any cursor. Where they are too many for a frame, the cursor says most of
  /// it, and what it does not say is fetched after `live`.
  private ObjectNode resumeFrom() {
    var heads = order.heads();
    var d = Json.MAPPER.createObjectNode();
    long bytes = (long) heads.size() * BYTES_OF_A_HEAD;
    if (frameBytesMax > 0
        && bytes > frameBytesMax
        && !cursor.isEmpty()
        && cursor.length() < frameBytesMax / 2) {
      return d.put("cursor", cursor);
    }
    var object = d.putObject("heads");
    long left = frameBytesMax > 0 ? frameBytesMax / BYTES_OF_A_HEAD : Long.MAX_VALUE;
    for (var head : heads.entrySet()) {
      if (left-- > 0) {
        object.put(head.getKey().toString(), head.getValue());
      }
    }
    return d;
  }

  /// `ready` is the real answer. A lasting refusal means that these heads lead nowhere.
  private void resumed(Reply reply) {
    if (reply instanceof Reply.Refused refused) {
      listener.refused(refused);
      hangUp(refused.temporary() ? Link.DONE : CloseCode.POSITION_INVALID.code(), refused.code());
    }
  }

  private void ready(Ready told) {
    tokenDoubted = false;
    ready = true;
    order.snapshot(told.conversations(), told.resumed(), interests.watched());
    listener.state(new ConnectionState.CatchingUp(told.resumed()));
    listener.ready(told);
    interests.tell(frame -> request(frame, _ -> {}));
    for (UUID conversation : new ArrayList<>(interests.watched())) {
      request(Frames.watch(conversation), reply -> watched(conversation, reply));
    }
    outbox.opened(this::request);
  }

  private void watched(UUID conversation, Reply reply) {
    if (reply instanceof Reply.Done done) {
      order.follow(conversation, done.body().path("head_seq").asLong());
    }
  }

  private void live(String at) {
    liveSinceNanos = System.nanoTime();
    cursor = at;
    listener.state(new ConnectionState.Live());
    order.caughtUp();
  }

  /// The server's wait wins over our own; whoever is not cut off by then leaves by himself.
  private void toldToReconnect(long afterMillis) {
    comeBackNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(afterMillis);
    int mine = turn;
    loop.after(
        afterMillis,
        () -> {
          if (mine == turn) {
            hangUp(CloseCode.DRAIN.code(), "told to reconnect");
          }
        });
  }

  /// Fails in silence: the server closes when the old token ends, and that decides what to do.
  private void refresh() {
    int mine = turn;
    settings
        .tokens()
        .renew()
        .whenComplete((found, _) ->
            loop.execute(() -> {
              if (found != null && mine == turn) {
                token = found;
                var d = Json.MAPPER.createObjectNode().put("token", found);
                request(new Frame("refresh", d), _ -> {});
              }
            }));
  }

  private void beat(int mine, long everyMillis) {
    loop.after(
        everyMillis,
        () -> {
          if (mine == turn && link != null) {
            ping();
            beat(mine, everyMillis);
          }
        });
  }

  private void ping() {
    var d = Json.MAPPER.createObjectNode();
    if (ready) {
      var heads = new ArrayList<>(order.heads().entrySet());
      var some = d.putObject("heads");
      for (int i = 0; i < Math.min(HEADS_OF_A_PING, heads.size()); i++) {
        var head = heads.get(Math.floorMod(nextHead++, heads.size()));
        some.put(head.getKey().toString(), head.getValue());
      }
    }
    if (link != null) {
      link.send(frame(new Frame("ping", d)).toString());
    }
  }

  private void ended(int code, String reason) {
    detach();
    if (liveSinceNanos != 0 && System.nanoTime() - liveSinceNanos >= GOOD_NANOS) {
      attempt = 0;
    }
    liveSinceNanos = 0;
    listener.ended(code, reason);
    var known = closeCode(code);
    if (known == CloseCode.POSITION_INVALID || known == CloseCode.STATE_INVALIDATED) {
      order.clear();
      cursor = "";
    }
    if ((known == CloseCode.TOKEN || known == CloseCode.NO_AUTH_IN_TIME) && !tokenDoubted) {
      // A laptop that slept comes back with an old token: one more try, with a new one.
      tokenDoubted = true;
      comeBack();
    } else if (known == null ? code >= 4400 && code < 4500 : stops(known)) {
      stop(code, reason);
    } else {
      comeBack();
    }
  }

  private static boolean stops(CloseCode code) {
    return switch (code.reconnect()) {
      case STOP -> true;
      case RESUME -> false;
    };
  }

  private static @Nullable CloseCode closeCode(int code) {
    for (var known : CloseCode.values()) {
      if (known.code() == code) {
        return known;
      }
    }
    return null;
  }

  private void comeBack() {
    long millis =
        comeBackNanos < 0
            ? settings.backoff().millis(attempt, ThreadLocalRandom.current()::nextDouble)
            : Math.max(0, TimeUnit.NANOSECONDS.toMillis(comeBackNanos - System.nanoTime()));
    attempt++;
    turn++;
    listener.state(new ConnectionState.Waiting(millis));
    waiting = loop.after(millis, this::connect);
  }

  private void hangUp(int code, String reason) {
    if (link != null) {
      link.close(code, reason);
    }
  }

  private void detach() {
    link = null;
    ready = false;
    asked.clear();
    outbox.closed();
  }

  private void request(Frame frame, Consumer<Reply> answered) {
    var json = Json.MAPPER.createObjectNode().put("id", ++lastId);
    json.setAll(frame(frame));
    var text = json.toString();
    if (isTooLong(text)) {
      answered.accept(
          new Reply.Refused(
              Reply.TOO_LARGE, false, 0, "The frame is over " + frameBytesMax + " bytes."));
    } else if (link != null) {
      asked.put(lastId, answered);
      link.send(text);
    }
  }

  /// Sent all the same, it would cost the connection.
  private boolean isTooLong(String text) {
    return frameBytesMax > 0
        && (text.length() > frameBytesMax
            || (text.length() * 3L > frameBytesMax
                && text.getBytes(StandardCharsets.UTF_8).length > frameBytesMax));
  }

  private void bare(String type) {
    if (link != null) {
      link.send(frame(new Frame(type, Json.MAPPER.createObjectNode())).toString());
    }
  }

  private static ObjectNode frame(Frame frame) {
    var json = Json.MAPPER.createObjectNode().put("t", frame.type());
    json.set("d", frame.content());
    return json;
  }
}
