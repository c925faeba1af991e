package dev.parley.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.schemas.id.Ids;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One person's connection. It keeps itself connected until it is closed or told not to come back;
/// over all its connections it keeps the order of every conversation, and the commands that are not
/// answered: those are sent again with the ids they have.
///
/// Safe to use from any thread. What it tells, and the futures it gives, come on its own thread:
/// see [ChatListener].
public final class Chat implements AutoCloseable {

  private static final long TYPING_EVERY_MILLIS = 3_000;

  private final Settings settings;
  private final Network.Loop loop;
  private final @Nullable Network ownNetwork;
  private final @Nullable Rest ownRest;
  private final Order order;
  private final Outbox outbox;
  private final Marks marks;
  private final Interests interests = new Interests();
  private final Connector connector;
  private final CompletableFuture<Void> live = new CompletableFuture<>();
  private final Map<UUID, Long> typedNanos = new HashMap<>();

  /// How a client is to be; made by [Builder].
  record Settings(
      List<URI> edges,
      Tokens tokens,
      @Nullable Function<String, CompletionStage<String>> tickets,
      ChatListener listener,
      Backoff backoff,
      Outbox.Limits outbox,
      long marksMillis,
      boolean confirmsDelivery,
      Position start) {}

  private Chat(
      Settings settings,
      Network network,
      Rest rest,
      @Nullable Network ownNetwork,
      @Nullable Rest ownRest) {
    this.settings = settings;
    this.loop = network.loop();
    this.ownNetwork = ownNetwork;
    this.ownRest = ownRest;
    this.order =
        new Order(
            (conversation, after) ->
                settings
                    .tokens()
                    .fresh()
                    .thenCompose(token -> rest.events(token, conversation, after)),
            new Told(),
            loop,
            loop,
            settings.backoff());
    this.outbox = new Outbox(loop, settings.backoff(), settings.outbox());
    this.marks = new Marks(outbox::submit, loop, settings.marksMillis());
    this.connector = new Connector(settings, loop, order, outbox, interests, new Told());
    order.start(settings.start().heads());
  }

  /// A client for the Parley at this address.
  ///
  /// @param origin such as `https://chat.example.org`; sockets go to its `/ws`
  public static Builder to(URI origin) {
    return new Builder(origin);
  }

  /// Completes when the first connection is caught up; exceptionally if there will be none.
  public CompletableFuture<Void> live() {
    return live;
  }

  /// Sends a message under a new id.
  public CompletableFuture<Reply> send(UUID conversation, String text) {
    return send(conversation, Ids.uuid7(), text);
  }

  /// Sends a message under this id, again and again until it is answered.
  public CompletableFuture<Reply> send(UUID conversation, UUID message, String text) {
    return submit(Frames.send(conversation, message, text));
  }

  /// Any frame of [Frames], sent again until it is decided. Whoever cancels the future, or lets it
  /// time out, takes the frame out of the outbox; it may have been decided all the same.
  public CompletableFuture<Reply> submit(Frame frame) {
    return in(() -> outbox.submit(frame));
  }

  /// Any frame; a temporary refusal is an answer, too.
  public CompletableFuture<Reply> ask(Frame frame) {
    return in(() -> outbox.ask(frame));
  }

  /// Everything up to this event was read here. Told after a moment, if nothing higher comes.
  public void read(UUID conversation, long seq) {
    loop.execute(() -> marks.read(conversation, seq, null));
  }

  /// The same within a thread.
  public void readThread(UUID conversation, UUID root, long seq) {
    loop.execute(() -> marks.read(conversation, seq, root));
  }

  /// Everything up to this event is on this device.
  public void delivered(UUID conversation, long seq) {
    loop.execute(() -> marks.delivered(conversation, seq));
  }

  /// This person is typing: call it at every key, it goes out every three seconds.
  public void typing(UUID conversation) {
    loop.execute(() -> typed(conversation));
  }

  /// Follows a public channel without being a member, until [#unwatch].
  public CompletableFuture<Reply> watch(UUID conversation) {
    return in(() ->
        outbox
            .submit(Frames.watch(conversation))
            .thenApply(reply -> {
              if (reply instanceof Reply.Done done) {
                interests.watches(conversation);
                order.follow(conversation, done.body().path("head_seq").asLong());
              }
              return reply;
            }));
  }

  public CompletableFuture<Reply> unwatch(UUID conversation) {
    loop.execute(() -> {
      interests.unwatches(conversation);
      order.forget(conversation);
    });
    return submit(Frames.unwatch(conversation));
  }

  /// These are on screen: presence of the people, counts of the conversations.
  public CompletableFuture<Reply> show(Set<UUID> users, Set<UUID> conversations) {
    loop.execute(() -> interests.shows(users, conversations));
    return submit(Frames.presence("presence.sub", users, conversations));
  }

  /// These are on screen no more.
  public CompletableFuture<Reply> hide(Set<UUID> users, Set<UUID> conversations) {
    loop.execute(() -> interests.hides(users, conversations));
    return submit(Frames.presence("presence.unsub", users, conversations));
  }

  /// What was applied so far: a later client that starts from it resumes.
  public CompletableFuture<Position> position() {
    return in(
        () -> CompletableFuture.completedFuture(new Position(connector.epoch(), order.heads())));
  }

  /// The network may be back: does not wait out a back-off.
  public void wake() {
    loop.execute(connector::wake);
  }

  /// Ends the current connection as a lost network would; it comes back by itself. For tests.
  public void cut() {
    loop.execute(connector::cut);
  }

  /// Requests that were sent more than once, so far.
  public long resends() {
    return in(() -> CompletableFuture.completedFuture(outbox.resends())).join();
  }

  /// Ends it for good: what is not answered fails, the socket is closed, and the threads that this
  /// client made for itself end. Again does nothing.
  @Override
  public void close() {
    loop.execute(() -> {
      var told = connector.stop(Link.DONE, "was closed");
      if (ownNetwork != null) {
        var unused = told.whenComplete((_, _) -> ownNetwork.close());
      }
    });
    if (ownRest != null) {
      ownRest.close();
    }
  }

  private void start() {
    loop.execute(connector::start);
  }

  private void typed(UUID conversation) {
    long now = System.nanoTime();
    var last = typedNanos.get(conversation);
    if (last == null || TimeUnit.NANOSECONDS.toMillis(now - last) >= TYPING_EVERY_MILLIS) {
      typedNanos.put(conversation, now);
      connector.push(Frames.typing(conversation, null));
    }
  }

  private <T> CompletableFuture<T> in(Supplier<CompletableFuture<T>> task) {
    var result = new CompletableFuture<T>();
    if (loop.ended()) {
      result.completeExceptionally(new IllegalStateException("The client is closed"));
    }
    loop.execute(() -> {
      if (connector.stopped()) {
        result.completeExceptionally(new IllegalStateException("The client is closed"));
        return;
      }
      var inner = task.get();
      inner.whenComplete((value, failed) -> pass(result, value, failed));
      // Given up outside is given up inside.
      result.whenComplete((_, failed) -> {
        if (failed != null) {
          loop.execute(() -> inner.completeExceptionally(failed));
        }
      });
    });
    return result;
  }

  private static <T> void pass(
      CompletableFuture<T> result, @Nullable T value, @Nullable Throwable failed) {
    if (failed != null) {
      result.completeExceptionally(failed);
    } else if (value != null) {
      result.complete(value);
    }
  }

  /// Tells the application; a listener that throws harms nobody but itself.
  private final class Told implements Order.Listener, Connector.Listener {

    @Override
    public void apply(ConversationEvent event) {
      tell(() -> settings.listener().event(event));
      if (settings.confirmsDelivery()) {
        marks.delivered(event.conversation(), event.seq());
      }
    }

    @Override
    public void gap(UUID conversation, long from, long to) {
      tell(() -> settings.listener().gap(conversation, from, to));
    }

    @Override
    public void repeated(ConversationEvent event) {
      tell(() -> settings.listener().repeated(event));
    }

    @Override
    public void push(String type, JsonNode content) {
      tell(() -> settings.listener().push(Push.of(type, content)));
    }

    @Override
    public void ready(Ready ready) {
      tell(() -> settings.listener().ready(ready));
    }

    @Override
    public void refused(Reply.Refused refusal) {
      tell(() -> settings.listener().refused(refusal));
    }

    @Override
    public void ended(int code, String reason) {
      tell(() -> settings.listener().ended(code, reason));
    }

    @Override
    public void state(ConnectionState state) {
      switch (state) {
        case ConnectionState.Live _ -> live.complete(null);
        case ConnectionState.Stopped(var code, var reason) ->
            live.completeExceptionally(
                new IllegalStateException("The client ended: " + code + " " + reason));
        case ConnectionState.Connecting _,
            ConnectionState.CatchingUp _,
            ConnectionState.Waiting _ -> {}
      }
      tell(() -> settings.listener().state(state));
    }

    private void tell(Runnable call) {
      try {
        call.run();
      } catch (RuntimeException thrown) {
        var thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
      }
    }
  }

  /// Says how a client is to be. Only the tokens have no default.
  public static final class Builder {
    private final URI origin;
    private List<URI> edges;
    private @Nullable Tokens tokens;
    private @Nullable Account account;
    private boolean withTickets;
    private ChatListener listener = new ChatListener() {};
    private Backoff backoff = Backoff.DEFAULT;
    private Outbox.Limits outbox = new Outbox.Limits(1_000, 32, 10_000);
    private long marksMillis = 300;
    private boolean confirmsDelivery;
    private Position start = Position.NOWHERE;
    private @Nullable Network network;
    private @Nullable Rest rest;

    private Builder(URI origin) {
      this.origin = origin;
      this.edges =
          List.of(
              URI.create(
                  origin.toString().replaceFirst("^http", "ws").replaceAll("/$", "") + "/ws"));
    }

    /// Those of a product that has its own users and issuer, or of [Tokens#ofKey].
    public Builder tokens(Tokens source) {
      tokens = source;
      return this;
    }

    /// Signed in as this one; the token is renewed with the refresh token.
    public Builder account(Account signedIn) {
      account = signedIn;
      return this;
    }

    /// Opens each connection with a single-use ticket in place of the token: the token itself goes
    /// to REST only.
    public Builder withTickets() {
      withTickets = true;
      return this;
    }

    public Builder listener(ChatListener told) {
      listener = told;
      return this;
    }

    /// Addresses of sockets, tried in turn; by default the origin's `/ws`.
    public Builder edges(List<URI> sockets) {
      edges = List.copyOf(sockets);
      return this;
    }

    public Builder backoff(Backoff waits) {
      backoff = waits;
      return this;
    }

    /// @param entriesMax unanswered requests (1,000); over it one is refused as `outbox_full`
    /// @param flyingMax of them on the wire at once (32)
    /// @param answerMillis after which an answer is taken for lost (10,000)
    public Builder outbox(int entriesMax, int flyingMax, long answerMillis) {
      outbox = new Outbox.Limits(entriesMax, flyingMax, answerMillis);
      return this;
    }

    /// How long a mark waits for a higher one (300 ms).
    public Builder marksEvery(long millis) {
      marksMillis = millis;
      return this;
    }

    /// Tells the server of every event that it was delivered, coalesced as all marks are.
    public Builder confirmsDelivery() {
      confirmsDelivery = true;
      return this;
    }

    /// Where an earlier client of this person was.
    public Builder startFrom(Position position) {
      start = position;
      return this;
    }

    /// Threads and sockets shared with other clients; without it the client has its own thread.
    public Builder network(Network shared) {
      network = shared;
      return this;
    }

    /// The REST calls shared with others; without it the client has its own.
    public Builder rest(Rest shared) {
      rest = shared;
      return this;
    }

    /// Connects, and stays connected.
    public Chat start() {
      var calls = rest == null ? new Rest(origin) : rest;
      var threads = network == null ? new Network(1) : network;
      var source = tokens;
      if (source == null) {
        if (account == null) {
          throw new IllegalStateException("Say who connects: tokens(..) or account(..)");
        }
        source = Tokens.of(calls, account);
      }
      var settings =
          new Settings(
              edges,
              source,
              withTickets ? calls::ticket : null,
              listener,
              backoff,
              outbox,
              marksMillis,
              confirmsDelivery,
              start);
      var chat =
          new Chat(
              settings,
              threads,
              calls,
              network == null ? threads : null,
              rest == null ? calls : null);
      chat.start();
      return chat;
    }
  }
}
