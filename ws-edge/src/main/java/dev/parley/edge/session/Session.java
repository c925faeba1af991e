package dev.parley.edge.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.parley.edge.command.Answer;
import dev.parley.edge.command.Commands;
import dev.parley.edge.hub.Hub;
import dev.parley.edge.hub.Position;
import dev.parley.edge.hub.Receiver;
import dev.parley.edge.loop.Loop;
import dev.parley.edge.outbox.Frame;
import dev.parley.edge.token.TokenCheck;
import dev.parley.edge.token.Tokens;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.wire.CloseCode;
import dev.parley.schemas.wire.CommandInput;
import dev.parley.schemas.wire.ForwardInput;
import dev.parley.schemas.wire.PersonalInput;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One socket's conversation with the node: who it is, what it asks, what it is told.
///
/// States: arrived (nobody yet), checking (a token is being looked at), known, closed. While a
/// token is checked or a key waited for, frames stay where they are and the socket is not read, so
/// frames are handled in order and nothing piles up. On the connection's loop, but for what
/// [Receiver] says.
public final class Session implements Receiver {

  private static final Logger LOG = LoggerFactory.getLogger(Session.class);
  private static final UUID NOBODY = new UUID(0, 0);
  private static final JsonNode NO_ID = NullNode.getInstance();

  private enum Phase {
    ARRIVED,
    CHECKING,
    KNOWN,
    CLOSED
  }

  private final UUID id = Ids.uuid7();
  private final Link link;
  private final Loop loop;
  private final Node node;
  private final SessionLimits limits;
  private final RateBucket rate;
  private final Queue<byte[]> inbox = new ArrayDeque<>();
  private final AtomicInteger pending = new AtomicInteger();
  private final Heartbeat heartbeat;
  private final Replies replies;
  private final SideFrames side;

  private volatile Phase phase = Phase.ARRIVED;
  private volatile UUID user = NOBODY;
  private volatile boolean guest;
  private boolean held;
  private boolean resumed;
  private int framesBeforeAuth;
  private int malformed;
  private int refusals;
  private Loop.Timer authDeadline = () -> {};
  private Loop.Timer expiryNotice = () -> {};
  private Loop.Timer expiry = () -> {};

  /// What all sessions of a node share.
  ///
  /// @param name the node's
  public record Node(
      String name,
      String epoch,
      Tokens tokens,
      Commands commands,
      Hub hub,
      Admissions admissions,
      SideFrames.Side side,
      SessionLimits limits) {}

  public Session(Link link, Loop loop, Node node) {
    this.link = link;
    this.loop = loop;
    this.node = node;
    this.limits = node.limits();
    this.rate = new RateBucket(limits.ratePerSecond(), limits.rateBurst(), loop.nowMillis());
    this.replies = new Replies(this::offer, limits.retryAfterMillis());
    this.side = new SideFrames(this, loop, node.side(), limits, replies);
    this.heartbeat =
        new Heartbeat(
            loop,
            limits.heartbeatMillis(),
            limits.deadMillis(),
            () -> {
              offer(Answers.ping());
              link.ping();
            },
            () -> close(CloseCode.HEARTBEAT_MISSED));
  }

  @Override
  public UUID id() {
    return id;
  }

  @Override
  public UUID user() {
    return user;
  }

  @Override
  public boolean isGuest() {
    return guest;
  }

  @Override
  public boolean offer(Frame frame) {
    if (link.offer(frame)) {
      return true;
    }
    link.close(CloseCode.SLOW_CONSUMER);
    return false;
  }

  @Override
  public boolean hasRoom() {
    return link.hasRoom();
  }

  @Override
  public void whenRoom(Runnable task) {
    link.whenRoom(task);
  }

  /// The socket is open.
  public void opened(Handshake handshake) {
    offer(Answers.hello(node.name(), node.epoch(), limits));
    if (!handshake.versionKnown()) {
      close(CloseCode.VERSION);
      return;
    }
    awaitToken();
    heartbeat.start();
    if (handshake.token() != null) {
      check(handshake.token(), NO_ID);
    }
  }

  /// The peer's WebSocket gave a sign of life.
  public void heard() {
    heartbeat.heard();
  }

  /// The peer's WebSocket asks for a sign of life, which its answer, already written, is.
  public void receivedPing() {
    heard();
    if (!rate.take(loop.nowMillis()) && ++refusals > limits.refusalsMax()) {
      close(CloseCode.RATE_LIMITED);
    }
  }

  /// A message came: one frame, or several with newlines between them.
  public void received(byte[] message) {
    heard();
    if (message.length > limits.input().frameBytesMax()) {
      close(CloseCode.FRAME_TOO_BIG);
      return;
    }
    split(message, inbox::add);
    pump();
  }

  /// A message came that is too long to be read at all.
  public void receivedTooMuch() {
    close(CloseCode.FRAME_TOO_BIG);
  }

  /// A binary message came; the protocol has none.
  public void receivedBinary() {
    heard();
    malformed("Frames are text.");
  }

  /// Whether the next message may be read from the socket. If not, [Link#readOn] says when.
  public boolean wantsMore() {
    return phase != Phase.CLOSED && !held && inbox.isEmpty();
  }

  /// Tells the client to come back to another node in a while.
  public void drain(long afterMillis) {
    link.offer(Answers.reconnect(afterMillis, "drain"));
  }

  /// Ends it from the node's side.
  public void close(CloseCode code) {
    if (phase != Phase.CLOSED) {
      link.close(code);
      closed();
    }
  }

  /// The socket is gone.
  public void closed() {
    if (phase == Phase.CLOSED) {
      return;
    }
    phase = Phase.CLOSED;
    inbox.clear();
    authDeadline.cancel();
    heartbeat.stop();
    expiryNotice.cancel();
    expiry.cancel();
    if (!user.equals(NOBODY)) {
      side.close();
      node.hub().leave(this);
      node.admissions().leave(user);
    }
  }

  private static void split(byte[] message, Consumer<byte[]> frame) {
    var from = 0;
    for (var at = 0; at <= message.length; at++) {
      if (at == message.length || message[at] == '\n') {
        if (!isBlank(message, from, at)) {
          frame.accept(
              from == 0 && at == message.length ? message : Arrays.copyOfRange(message, from, at));
        }
        from = at + 1;
      }
    }
  }

  private static boolean isBlank(byte[] message, int from, int to) {
    for (var at = from; at < to; at++) {
      if (message[at] != ' ' && message[at] != '\r' && message[at] != '\t') {
        return false;
      }
    }
    return true;
  }

  private void pump() {
    while (!held && phase != Phase.CLOSED && !inbox.isEmpty()) {
      take(inbox.remove());
    }
  }

  /// Frames wait until `done`; what `done` says is handled on the loop.
  private <T> void hold(CompletionStage<T> done, BiConsumer<T, Throwable> then) {
    held = true;
    done.whenComplete((value, failure) ->
        loop.run(() -> {
          held = false;
          if (phase != Phase.CLOSED) {
            then.accept(value, failure);
            pump();
          }
          if (wantsMore()) {
            link.readOn();
          }
        }));
  }

  private void take(byte[] bytes) {
    if (phase == Phase.ARRIVED && ++framesBeforeAuth > limits.framesBeforeAuthMax()) {
      close(CloseCode.RATE_LIMITED);
      return;
    }
    var allowed = rate.take(loop.nowMillis());
    if (!allowed && ++refusals > limits.refusalsMax()) {
      LOG.info("Session {} floods and is closed", id);
      close(CloseCode.RATE_LIMITED);
      return;
    }
    if (rate.isCalm()) {
      refusals = 0;
    }
    switch (ClientFrame.read(bytes)) {
      case ClientFrame.Malformed(var detail) -> malformed(detail);
      case ClientFrame.Read frame when !allowed ->
          offer(
              Answers.error(
                  frame.id(),
                  ErrorCode.RATE_LIMITED,
                  "More than " + limits.ratePerSecond() + " frames a second.",
                  rate.waitMillis()));
      case ClientFrame.Read frame -> handle(frame);
    }
  }

  private void malformed(String detail) {
    offer(Answers.error(NO_ID, ErrorCode.MALFORMED, detail, 0));
    if (phase != Phase.KNOWN || ++malformed > limits.malformedMax()) {
      close(CloseCode.MALFORMED);
    }
  }

  private void handle(ClientFrame.Read frame) {
    switch (frame.type()) {
      case "auth", "refresh" -> authenticate(frame);
      case "ping" -> ping(frame);
      case "pong" -> {}
      case String _ when phase != Phase.KNOWN ->
          refuse(frame.id(), ErrorCode.UNAUTHENTICATED, "The first frame is auth.");
      case "resume" -> resume(frame);
      case "watch" -> side.watch(frame);
      case "unwatch" -> side.unwatch(frame);
      case "presence.sub", "presence.unsub" -> side.presence(frame);
      case String type when guest && isOfMembers(type) ->
          refuse(frame.id(), ErrorCode.SIGN_IN_REQUIRED, "Guests read public channels.");
      case "typing" -> side.typing(frame);
      case "forward" -> forward(frame);
      case String type when PersonalInput.TYPES.contains(type) -> side.personal(frame);
      case String type when CommandInput.TYPES.contains(type) -> command(frame);
      // Any text can come here from a client, so this is no closed set.
      default ->
          refuse(
              frame.id(),
              ErrorCode.UNKNOWN_TYPE,
              "There is no frame type of that name in " + Handshake.PROTOCOL + ".");
    }
  }

  private static boolean isOfMembers(String type) {
    return CommandInput.TYPES.contains(type)
        || PersonalInput.TYPES.contains(type)
        || "typing".equals(type)
        || "forward".equals(type);
  }

  private void authenticate(ClientFrame.Read frame) {
    var token = frame.content().path("token");
    if (!token.isTextual()) {
      refuse(frame.id(), ErrorCode.INVALID, "\"token\" must be an access token.");
    } else {
      check(token.textValue(), frame.id());
    }
  }

  /// The deadline is the client's: while the node looks at a token, it does not run.
  private void awaitToken() {
    authDeadline.cancel();
    authDeadline = loop.after(limits.authDeadlineMillis(), () -> close(CloseCode.NO_AUTH_IN_TIME));
  }

  private void check(String token, JsonNode frameId) {
    var before = phase;
    phase = Phase.CHECKING;
    authDeadline.cancel();
    hold(
        node.tokens().check(token),
        (check, failure) -> {
          phase = before;
          checked(check == null ? new TokenCheck.Unavailable() : check, frameId, failure);
        });
  }

  private void checked(TokenCheck check, JsonNode frameId, @Nullable Throwable failure) {
    if (failure != null) {
      LOG.warn("A token could not be checked", failure);
    }
    switch (check) {
      case TokenCheck.Valid valid when valid.expiresAtMillis() > loop.nowMillis() ->
          become(valid, frameId);
      case TokenCheck.Valid _ -> refuseToken(frameId);
      case TokenCheck.Refused() -> refuseToken(frameId);
      case TokenCheck.Unavailable() -> {
        refuse(frameId, ErrorCode.UNAVAILABLE, "Tokens cannot be checked now.");
        if (phase != Phase.KNOWN) {
          awaitToken();
        }
      }
    }
  }

  /// A refresh that fails leaves the session with the time that it has.
  private void refuseToken(JsonNode frameId) {
    refuse(frameId, ErrorCode.UNAUTHENTICATED, "The token is not valid here, or has expired.");
    if (phase != Phase.KNOWN) {
      close(CloseCode.TOKEN);
    }
  }

  private void become(TokenCheck.Valid token, JsonNode frameId) {
    var who = token.user();
    var expiresAtMillis = token.expiresAtMillis();
    if (phase == Phase.KNOWN && !who.equals(user)) {
      refuse(frameId, ErrorCode.UNAUTHENTICATED, "The token is somebody else's.");
      return;
    }
    if (phase != Phase.KNOWN) {
      if (!node.admissions().enter(who)) {
        close(CloseCode.CONNECTION_LIMIT);
        return;
      }
      user = who;
      guest = token.guest();
      phase = Phase.KNOWN;
      authDeadline.cancel();
    }
    expireAt(expiresAtMillis);
    if (!frameId.isNull()) {
      offer(Answers.authenticated(frameId, expiresAtMillis));
    }
  }

  private void expireAt(long expiresAtMillis) {
    expiryNotice.cancel();
    expiry.cancel();
    var leftMillis = expiresAtMillis - loop.nowMillis();
    expiryNotice =
        loop.after(
            leftMillis - limits.expiryNoticeMillis(),
            () -> offer(Answers.expiring(expiresAtMillis)));
    expiry = loop.after(leftMillis, () -> close(CloseCode.TOKEN));
  }

  /// A ping may say what the client has.
  private void ping(ClientFrame.Read frame) {
    offer(Answers.pong(frame.id()));
    if (phase == Phase.KNOWN
        && ResumeInput.read(frame.content(), node.epoch(), limits.headsMax())
            instanceof ResumeInput.Read(Position.Heads(var heads))) {
      node.hub().compareHeads(this, heads);
    }
  }

  private void resume(ClientFrame.Read frame) {
    switch (ResumeInput.read(frame.content(), node.epoch(), limits.headsMax())) {
      case ResumeInput.Refused(var code, var detail) -> refuse(frame.id(), code, detail);
      case ResumeInput.Read _ when resumed ->
          refuse(frame.id(), ErrorCode.INVALID, "This session has resumed already.");
      case ResumeInput.Read(var position) -> {
        resumed = true;
        node.hub()
            .resume(this, position)
            .whenComplete((_, failure) -> resumed(frame.id(), failure));
      }
    }
  }

  /// Just before `ready` is queued, so the answer comes first.
  private void resumed(JsonNode frameId, @Nullable Throwable failure) {
    if (failure == null) {
      offer(Answers.ok(frameId));
      loop.run(() -> {
        if (phase != Phase.CLOSED) {
          side.live();
        }
      });
    } else {
      LOG.info("Session {} cannot resume now: {}", id, failure.toString());
      refuse(frameId, ErrorCode.UNAVAILABLE, "The inbox cannot be read now.");
      loop.run(() -> resumed = false);
    }
  }

  private void command(ClientFrame.Read frame) {
    if (pending.get() >= limits.pendingMax()) {
      refuse(frame.id(), ErrorCode.OVERLOADED, "Too many of your commands wait for an outcome.");
      return;
    }
    switch (CommandInput.read(frame.type(), frame.content(), user, limits.input())) {
      case CommandInput.Refused(var code, var detail) -> refuse(frame.id(), code, detail);
      case CommandInput.Read input -> submit(frame, input);
    }
  }

  private void submit(ClientFrame.Read frame, CommandInput.Read input) {
    pending.incrementAndGet();
    var next = node.commands().submit(user, input, TraceContext.of(frame), new Waiting(frame.id()));
    if (!next.toCompletableFuture().isDone()) {
      hold(next, (_, failure) -> keyAwaited(frame.id(), failure));
    }
  }

  /// A send whose content is fetched first, as this person may see it.
  private void forward(ClientFrame.Read frame) {
    switch (ForwardInput.read(frame.content(), limits.input())) {
      case ForwardInput.Refused(var code, var detail) -> refuse(frame.id(), code, detail);
      case ForwardInput.Read forward ->
          hold(
              node.side().reads().message(forward.fromConversation(), forward.fromMessage(), user),
              (source, _) -> forward(frame, forward, source));
    }
  }

  private void forward(
      ClientFrame.Read frame, ForwardInput.Read forward, @Nullable Optional<JsonNode> source) {
    if (source == null) {
      refuse(frame.id(), ErrorCode.UNAVAILABLE, "The message cannot be read now.");
      return;
    }
    var content = source.map(message -> ForwardInput.content(message, limits.input()));
    if (content.isEmpty()) {
      refuse(frame.id(), ErrorCode.MESSAGE_NOT_FOUND, "There is no such message to forward.");
      return;
    }
    var author = Ids.required(source.orElseThrow().path("author").asText());
    submit(frame, forward.command(author, content.get()));
  }

  private void keyAwaited(JsonNode frameId, @Nullable Throwable failure) {
    if (failure != null) {
      LOG.warn("A key could not be waited for", failure);
      pending.decrementAndGet();
      refuse(frameId, ErrorCode.INTERNAL, "The command could not be taken.");
    }
  }

  /// The answer to one command, from whichever thread the outcome comes.
  private final class Waiting implements Answer {
    private final JsonNode frameId;

    Waiting(JsonNode frameId) {
      this.frameId = frameId;
    }

    @Override
    public void accepted(UUID conversation, long seq, long atMillis, boolean duplicate) {
      pending.decrementAndGet();
      offer(Answers.accepted(frameId, conversation, seq, atMillis, duplicate));
    }

    @Override
    public void refused(ErrorCode code, String detail, long retryAfterMillis) {
      pending.decrementAndGet();
      offer(
          Answers.error(
              frameId,
              code,
              detail,
              retryAfterMillis > 0 ? retryAfterMillis : limits.retryAfterMillis()));
    }
  }

  private void refuse(JsonNode frameId, ErrorCode code, String detail) {
    replies.refuse(frameId, code, detail);
  }
}
