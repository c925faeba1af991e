package dev.parley.edge.session;

import dev.parley.edge.auth.Credentials;
import dev.parley.edge.auth.Handshake;
import dev.parley.edge.command.Commands;
import dev.parley.edge.command.Gate;
import dev.parley.edge.hub.Hub;
import dev.parley.edge.hub.Receiver;
import dev.parley.edge.loop.Loop;
import dev.parley.edge.outbox.Frame;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.token.Scope;
import dev.parley.schemas.wire.CloseCode;
import dev.parley.schemas.wire.CommandInput;
import dev.parley.schemas.wire.PersonalInput;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One socket's conversation with the node: who it is, what it asks, what it is told.
///
/// While a token is checked or a key waited for, frames stay where they are and the socket is not
/// read, so frames are handled in order and nothing piles up. What the frames are about is the
/// matter of its parts. On the connection's loop, but for what [Receiver] says.
public final class Session implements Receiver {

  private static final Logger LOG = LoggerFactory.getLogger(Session.class);

  private final UUID id = Ids.uuid7();
  private final Link link;
  private final Loop loop;
  private final Node node;
  private final SessionLimits limits;
  private final RateBucket rate;
  private final Queue<byte[]> inbox = new ArrayDeque<>();
  private final Heartbeat heartbeat;
  private final Replies replies;
  private final Identity identity;
  private final ResumeFrames resumes;
  private final CommandFrames commands;
  private final SideFrames side;
  private volatile boolean over;
  private boolean held;
  private int framesBeforeAuth;
  private int malformed;
  private int refusals;

  /// What all sessions of a node share.
  ///
  /// @param name the node's
  public record Node(
      String name,
      String epoch,
      Credentials credentials,
      Commands commands,
      Gate gate,
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
    this.identity = new Identity(loop, node, replies, this::hold, this::close);
    this.resumes = new ResumeFrames(this, loop, node, replies, this::live);
    this.commands = new CommandFrames(identity, loop, node, replies, this::hold);
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
    return identity.user();
  }

  @Override
  public boolean isGuest() {
    return identity.isGuest();
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
  public void opened(Handshake.Taken handshake) {
    offer(Answers.hello(node.name(), node.epoch(), limits));
    if (!handshake.versionKnown()) {
      close(CloseCode.VERSION);
      return;
    }
    heartbeat.start();
    identity.opened(handshake);
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
    return !over && !held && inbox.isEmpty();
  }

  /// Tells the client to come back to another node in a while.
  public void drain(long afterMillis) {
    link.offer(Answers.reconnect(afterMillis, "drain"));
  }

  /// Ends it from the node's side.
  public void close(CloseCode code) {
    if (!over) {
      link.close(code);
      closed();
    }
  }

  /// The socket is gone.
  public void closed() {
    if (over) {
      return;
    }
    over = true;
    inbox.clear();
    heartbeat.stop();
    if (identity.isKnown()) {
      side.close();
      node.hub().leave(this);
    }
    identity.close();
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
    while (!held && !over && !inbox.isEmpty()) {
      take(inbox.remove());
    }
  }

  /// Frames wait until `done`; what `done` says is handled on the loop.
  private <T> void hold(
      CompletionStage<T> done, BiConsumer<@Nullable T, @Nullable Throwable> then) {
    held = true;
    done.whenComplete((value, failure) ->
        loop.run(() -> {
          held = false;
          if (!over) {
            then.accept(value, failure);
            pump();
          }
          if (wantsMore()) {
            link.readOn();
          }
        }));
  }

  private void take(byte[] bytes) {
    if (!identity.isKnown() && ++framesBeforeAuth > limits.framesBeforeAuthMax()) {
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
          replies.refuse(
              frame.id(),
              ErrorCode.RATE_LIMITED,
              "More than " + limits.ratePerSecond() + " frames a second.",
              rate.waitMillis());
      case ClientFrame.Read frame -> handle(frame);
    }
  }

  private void malformed(String detail) {
    replies.refuse(Identity.NO_FRAME, ErrorCode.MALFORMED, detail);
    if (!identity.isKnown() || ++malformed > limits.malformedMax()) {
      close(CloseCode.MALFORMED);
    }
  }

  private void handle(ClientFrame.Read frame) {
    switch (frame.type()) {
      case "auth", "refresh" -> identity.authenticate(frame);
      case String _ when frame.hasToken() -> identity.refresh(frame, () -> dispatch(frame));
      case "ping", "pong" -> dispatch(frame);
      case String _ -> identity.bare(frame, () -> dispatch(frame));
    }
  }

  private void dispatch(ClientFrame.Read frame) {
    switch (frame.type()) {
      case "ping" -> ping(frame);
      case "pong" -> {}
      case String _ when !identity.isKnown() ->
          replies.refuse(frame.id(), ErrorCode.UNAUTHENTICATED, "The first frame is auth.");
      case String type when !Scopes.of(type).stream().allMatch(identity::may) ->
          replies.refuse(
              frame.id(), ErrorCode.INSUFFICIENT_SCOPE, "It takes " + Scopes.named(type) + ".");
      case "resume" -> resumes.resume(frame);
      case String _ -> charged(frame);
    }
  }

  /// What goes on beyond this socket: it takes of the rate that its person has everywhere.
  private void charged(ClientFrame.Read frame) {
    var waitMillis = node.admissions().charge(identity.user());
    if (waitMillis > 0) {
      replies.refuse(
          frame.id(),
          ErrorCode.RATE_LIMITED,
          "Too many frames and requests of yours, here and elsewhere.",
          waitMillis);
    } else {
      carryOut(frame);
    }
  }

  private void carryOut(ClientFrame.Read frame) {
    switch (frame.type()) {
      case "watch" -> side.watch(frame);
      case "unwatch" -> side.unwatch(frame);
      case "presence.sub", "presence.unsub" -> side.presence(frame);
      case String type when identity.isGuest() && isOfMembers(type) ->
          replies.refuse(frame.id(), ErrorCode.SIGN_IN_REQUIRED, "Guests read public channels.");
      case "typing" -> side.typing(frame);
      case "forward" -> commands.forward(frame);
      case "send" -> {
        side.sent(frame);
        commands.command(frame);
      }
      case String type when PersonalInput.TYPES.contains(type) -> side.personal(frame);
      case String type when CommandInput.TYPES.contains(type) -> commands.command(frame);
      // Any text can come here from a client, so this is no closed set.
      default ->
          replies.refuse(
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

  /// A ping may say what the client has.
  private void ping(ClientFrame.Read frame) {
    offer(Answers.pong(frame.id()));
    if (identity.may(Scope.READ)) {
      resumes.compare(frame);
    }
  }

  private void live() {
    if (!over) {
      side.live();
    }
  }
}
