package dev.parley.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.schemas.wire.CloseCode;
import dev.parley.schemas.wire.Json;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// From connecting to live, and back after a loss: the handshake, the close codes, the back-off.
/// For one thread, the client's.
final class Connector {

  /// A connection that was live this long was a good one: the next loss starts at a short wait.
  private static final long GOOD_NANOS = TimeUnit.SECONDS.toNanos(10);

  /// A session that was ended elsewhere is noticed at once, but not by a crowd in one moment.
  private static final long DOUBT_MILLIS = 300;

  /// How long the server has to close a connection that it has refused.
  private static final long GOODBYE_MILLIS = 2_000;

  /// Dead after 35 s without traffic at a heartbeat of 25 s.
  private static final double DEAD_PER_HEARTBEAT = 1.4;

  /// The time until `ready`, in times that an answer may take.
  private static final int HANDSHAKE_ANSWERS = 3;

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
  private final Whereabouts whereabouts;

  private @Nullable Wire wire;
  private String token = "";

  /// What this connection authenticates with in place of the token; null where none is used.
  private @Nullable String ticket;

  private boolean started;
  private boolean stopped;
  private boolean ready;
  private boolean tokenDoubted;
  private int attempt;
  private int nextEdge;
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
    this.whereabouts = new Whereabouts(order, settings.start().epoch());
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
    return whereabouts.epoch();
  }

  /// Does not wait out a back-off of its own; a wait that the server asked for is kept.
  void wake() {
    if (started && !stopped && wire == null && comeBackNanos < 0) {
      waiting.cancel();
      connect();
    }
  }

  void cut() {
    if (wire != null) {
      wire.link().abort();
    }
  }

  /// A frame that nobody answers; lost without a connection.
  void push(Frame frame) {
    if (wire != null && ready) {
      wire.push(frame);
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
    var last = wire;
    detach();
    var goodbye = last == null ? told : last.link().close(Link.DONE, "");
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
        comeBack(-1);
      }
    } else if (tokenDoubted && found.equals(token)) {
      // The server has refused this very one.
      stop(CloseCode.TOKEN.code(), CloseCode.TOKEN.reason());
    } else {
      token = found;
      askForTicket();
    }
  }

  private void askForTicket() {
    var tickets = settings.tickets();
    if (tickets == null) {
      open();
      return;
    }
    int mine = turn;
    tickets
        .apply(token)
        .whenComplete((found, failed) ->
            loop.execute(() -> {
              if (mine == turn && !stopped) {
                hasTicket(found, failed);
              }
            }));
  }

  private void hasTicket(@Nullable String found, @Nullable Throwable failed) {
    if (found != null) {
      ticket = found;
      open();
    } else if (isSignedOut(failed)) {
      stop(CloseCode.TOKEN.code(), String.valueOf(failed));
    } else {
      comeBack(-1);
    }
  }

  private static boolean isSignedOut(@Nullable Throwable failed) {
    var cause = failed instanceof CompletionException wrapped ? wrapped.getCause() : failed;
    return cause instanceof Tokens.SignedOutException;
  }

  private void open() {
    int mine = turn;
    var edge = settings.edges().get(nextEdge++ % settings.edges().size());
    var link =
        Link.open(
            loop,
            edge,
            new Link.Listener() {
              @Override
              public void frame(JsonNode frame, long receivedNanos) {
                if (mine == turn && wire != null) {
                  received(wire, frame, receivedNanos);
                }
              }

              @Override
              public void ended(int code, String reason) {
                if (mine == turn && !stopped) {
                  Connector.this.ended(code, reason);
                }
              }
            });
    wire = new Wire(link);
  }

  private void received(Wire on, JsonNode frame, long receivedNanos) {
    if (frame.has("ok") || frame.has("err")) {
      on.answered(frame);
      return;
    }
    var d = frame.path("d");
    switch (frame.path("t").asText()) {
      case "hello" -> greeted(on, Hello.of(d));
      case "ready" -> ready(on, Ready.of(d));
      case "event" -> order.offer(ConversationEvent.of(d, receivedNanos));
      case "gap" ->
          order.skip(Fields.id(d, "conversation"), d.path("from").asLong(), d.path("to").asLong());
      case "live" -> live(Fields.textOrEmpty(d, "cursor"));
      case "ping" -> on.push("pong");
      case "pong" -> {}
      case "reconnect" -> toldToReconnect(Math.max(0, d.path("after_ms").asLong()));
      case "auth.expiring" -> refresh();
      // Types of a newer server are told as what they are.
      case String type -> listener.push(type, d);
    }
  }

  private void greeted(Wire on, Hello hello) {
    on.limit(hello.frameBytesMax());
    on.link().expectTrafficWithin((long) (hello.heartbeatMillis() * DEAD_PER_HEARTBEAT));
    whereabouts.in(hello.epoch());
    beat(on, hello.heartbeatMillis());
    loop.after(HANDSHAKE_ANSWERS * settings.outbox().answerMillis(), () -> expectReady(on));
    on.request(new Frame("auth", entry()), reply -> authenticated(on, hello, reply));
  }

  private ObjectNode entry() {
    var d = Json.MAPPER.createObjectNode();
    return ticket == null ? d.put("token", token) : d.put("ticket", ticket);
  }

  /// Heartbeats alone would keep a connection alive for ever whose handshake was never answered.
  private void expectReady(Wire on) {
    if (on == wire && !ready) {
      hangUp(Link.LOST, "the handshake was not answered");
    }
  }

  private void authenticated(Wire on, Hello hello, Reply reply) {
    switch (reply) {
      case Reply.Done _ -> on.request(whereabouts.resume(hello.frameBytesMax()), this::resumed);
      case Reply.Refused refused -> {
        listener.refused(refused);
        if (refused.temporary()) {
          hangUp(Link.DONE, refused.code());
        } else {
          // The server closes with the code that says why; but its close may be lost.
          loop.after(
              GOODBYE_MILLIS,
              () -> {
                if (on == wire) {
                  hangUp(CloseCode.TOKEN.code(), refused.code());
                }
              });
        }
      }
    }
  }

  /// `ready` is the real answer. A lasting refusal means that these heads lead nowhere.
  private void resumed(Reply reply) {
    if (reply instanceof Reply.Refused refused) {
      listener.refused(refused);
      hangUp(refused.temporary() ? Link.DONE : CloseCode.POSITION_INVALID.code(), refused.code());
    }
  }

  private void ready(Wire on, Ready told) {
    tokenDoubted = false;
    ready = true;
    order.snapshot(told.conversations(), told.resumed(), interests.watched());
    listener.state(new ConnectionState.CatchingUp(told.resumed()));
    listener.ready(told);
    interests.tell(frame -> on.request(frame, _ -> {}));
    for (UUID conversation : new ArrayList<>(interests.watched())) {
      on.request(Frames.watch(conversation), reply -> watched(conversation, reply));
    }
    outbox.opened(on::request);
  }

  private void watched(UUID conversation, Reply reply) {
    if (reply instanceof Reply.Done done) {
      order.follow(conversation, done.body().path("head_seq").asLong());
    }
  }

  private void live(String at) {
    liveSinceNanos = System.nanoTime();
    whereabouts.at(at);
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
              if (found != null && mine == turn && wire != null) {
                token = found;
                var d = Json.MAPPER.createObjectNode().put("token", found);
                wire.request(new Frame("refresh", d), _ -> {});
              }
            }));
  }

  private void beat(Wire on, long everyMillis) {
    loop.after(
        everyMillis,
        () -> {
          if (on == wire) {
            on.push(ready ? whereabouts.ping() : new Frame("ping", Json.MAPPER.createObjectNode()));
            beat(on, everyMillis);
          }
        });
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
      whereabouts.lost();
    }
    if ((known == CloseCode.TOKEN || known == CloseCode.NO_AUTH_IN_TIME) && !tokenDoubted) {
      // A laptop that slept comes back with an old token: one more try, with a new one.
      tokenDoubted = true;
      comeBack(known == CloseCode.TOKEN ? ThreadLocalRandom.current().nextLong(DOUBT_MILLIS) : -1);
    } else if (known == null ? code >= 4400 && code < 4500 : stops(known)) {
      stop(code, reason);
    } else {
      comeBack(-1);
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

  /// @param soonMillis in place of the back-off, if it is not negative
  private void comeBack(long soonMillis) {
    long own =
        soonMillis < 0
            ? settings.backoff().millis(attempt, ThreadLocalRandom.current()::nextDouble)
            : soonMillis;
    long millis =
        comeBackNanos < 0
            ? own
            : Math.max(0, TimeUnit.NANOSECONDS.toMillis(comeBackNanos - System.nanoTime()));
    attempt++;
    turn++;
    listener.state(new ConnectionState.Waiting(millis));
    waiting = loop.after(millis, this::connect);
  }

  private void hangUp(int code, String reason) {
    if (wire != null) {
      wire.link().close(code, reason);
    }
  }

  private void detach() {
    wire = null;
    ready = false;
    outbox.closed();
  }
}
