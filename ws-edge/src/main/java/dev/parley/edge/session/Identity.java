package dev.parley.edge.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.parley.edge.auth.AuthAction;
import dev.parley.edge.auth.AuthInput;
import dev.parley.edge.auth.AuthState;
import dev.parley.edge.auth.Authentication;
import dev.parley.edge.auth.Credential;
import dev.parley.edge.auth.Credentials;
import dev.parley.edge.auth.Handshake;
import dev.parley.edge.loop.Loop;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.token.Scope;
import dev.parley.schemas.wire.CloseCode;
import dev.parley.tokens.Caller;
import dev.parley.tokens.Ended;
import dev.parley.tokens.Verdict;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who a session belongs to, and until when: does what [Authentication] says, with the session's
/// frames, timers and its person's other sockets.
///
/// On the session's loop, but for what asks for the caller.
final class Identity {

  static final JsonNode NO_FRAME = NullNode.getInstance();
  private static final UUID NOBODY = new UUID(0, 0);

  private static final Logger LOG = LoggerFactory.getLogger(Identity.class);

  private final Loop loop;
  private final Credentials credentials;
  private final Admissions admissions;
  private final SessionLimits limits;
  private final Replies replies;
  private final Pause pause;
  private final Consumer<CloseCode> close;
  private final Consumer<Ended> socket = this::ended;
  private volatile @Nullable Caller caller;
  private AuthState state = new AuthState.Awaiting();
  private @Nullable UUID entered;
  private @Nullable Credential cookie;
  private Offer offer = Offer.NONE;
  private String lastToken = "";
  private Loop.Timer deadline = () -> {};
  private Loop.Timer expiryNotice = () -> {};
  private Loop.Timer expiry = () -> {};

  /// The credential that is looked at.
  ///
  /// @param frameId of the frame that brought it
  /// @param then handles that frame, if it asked for more than this
  private record Offer(Credential credential, JsonNode frameId, Runnable then) {
    static final Offer NONE = new Offer(new Credential.Nonsense(), NO_FRAME, () -> {});
  }

  Identity(Loop loop, Session.Node node, Replies replies, Pause pause, Consumer<CloseCode> close) {
    this.loop = loop;
    this.credentials = node.credentials();
    this.admissions = node.admissions();
    this.limits = node.limits();
    this.replies = replies;
    this.pause = pause;
    this.close = close;
  }

  UUID user() {
    var known = caller;
    return known == null ? NOBODY : known.user();
  }

  boolean isGuest() {
    var known = caller;
    return known != null && known.guest();
  }

  boolean isAdmin() {
    var known = caller;
    return known != null && known.admin();
  }

  boolean isKnown() {
    return caller != null;
  }

  /// Whether the session's token reaches so far.
  boolean may(Scope scope) {
    var known = caller;
    return known != null && known.may(scope);
  }

  /// The socket is open.
  void opened(Handshake.Taken handshake) {
    await();
    cookie = handshake.cookie();
    if (handshake.shown() != null) {
      offer(AuthState.Way.HANDSHAKE, new Offer(handshake.shown(), NO_FRAME, () -> {}));
    }
  }

  /// A frame that brings no credential, to be handled by `then`. Is it the first, the cookie of the
  /// handshake is what it brings.
  void bare(ClientFrame.Read frame, Runnable then) {
    if (cookie == null || isKnown()) {
      then.run();
    } else {
      offer(AuthState.Way.BESIDE, new Offer(cookie, frame.id(), then));
    }
  }

  /// The token or the ticket of `auth` or `refresh`, which are answered with how long it lasts.
  void authenticate(ClientFrame.Read frame) {
    var credential = credential(frame);
    if (credential == null) {
      replies.refuse(
          frame.id(),
          ErrorCode.INVALID,
          "\"token\" must be an access token, or \"ticket\" a ticket.");
    } else {
      cookie = null;
      offer(AuthState.Way.FRAME, new Offer(credential, frame.id(), () -> {}));
    }
  }

  /// The token beside the content of a frame that is to be handled by `then`; it is not if the
  /// token is refused, and a session whose client has become somebody else ends.
  void refresh(ClientFrame.Read frame, Runnable then) {
    if (!frame.token().isTextual()) {
      replies.refuse(frame.id(), ErrorCode.INVALID, "\"token\" must be an access token.");
    } else if (frame.token().textValue().equals(lastToken)) {
      then.run();
    } else {
      cookie = null;
      var credential = new Credential.AccessToken(frame.token().textValue());
      offer(AuthState.Way.BESIDE, new Offer(credential, frame.id(), then));
    }
  }

  /// The session is over.
  void close() {
    step(new AuthInput.Gone());
    deadline.cancel();
    expiryNotice.cancel();
    expiry.cancel();
    if (entered != null) {
      admissions.leave(entered, socket);
    }
  }

  private static @Nullable Credential credential(ClientFrame.Read frame) {
    for (var token : List.of(frame.content().path("token"), frame.token())) {
      if (token.isTextual()) {
        return new Credential.AccessToken(token.textValue());
      }
    }
    var ticket = frame.content().path("ticket");
    return ticket.isTextual() ? Credential.ticket(ticket.textValue()) : null;
  }

  private void ended(Ended end) {
    loop.run(() -> step(new AuthInput.TokensEnded(end)));
  }

  private void offer(AuthState.Way way, Offer offered) {
    offer = offered;
    step(new AuthInput.Offered(way));
  }

  private void step(AuthInput input) {
    var step = Authentication.next(state, input);
    state = step.next();
    step.actions().forEach(this::act);
  }

  private void act(AuthAction action) {
    switch (action) {
      case AuthAction.Await() -> await();
      case AuthAction.Look() -> look(offer.credential());
      case AuthAction.Enter(var entering) -> enter(entering);
      case AuthAction.Accept(var way, var accepted) -> accept(way, accepted);
      case AuthAction.Refuse(var code, var detail) -> replies.refuse(offer.frameId(), code, detail);
      case AuthAction.Close(var code) -> close.accept(code);
    }
  }

  private void await() {
    deadline.cancel();
    deadline = loop.after(limits.authDeadlineMillis(), () -> step(new AuthInput.DeadlinePassed()));
  }

  private void look(Credential credential) {
    deadline.cancel();
    pause.until(
        credentials.look(credential),
        (looked, failure) -> {
          if (looked == null) {
            LOG.warn("A token could not be looked at", failure);
            step(new AuthInput.Judged(new Verdict.Unavailable()));
          } else {
            offer =
                new Offer(
                    new Credential.AccessToken(looked.token()), offer.frameId(), offer.then());
            step(new AuthInput.Judged(looked.verdict()));
          }
        });
  }

  private void enter(Caller entering) {
    if (entered == null) {
      if (!admissions.enter(entering.user(), socket)) {
        step(new AuthInput.NoRoom());
        return;
      }
      entered = entering.user();
    }
    look(offer.credential());
  }

  private void accept(AuthState.Way way, Caller accepted) {
    caller = accepted;
    if (offer.credential() instanceof Credential.AccessToken(var token)) {
      lastToken = token;
    }
    expireAt(accepted.expiresAtMillis());
    var handled = offer;
    offer = Offer.NONE;
    switch (way) {
      case HANDSHAKE -> {}
      case FRAME -> {
        if (!handled.frameId().isNull()) {
          replies.send(Answers.authenticated(handled.frameId(), accepted.expiresAtMillis()));
        }
      }
      case BESIDE -> handled.then().run();
    }
  }

  private void expireAt(long millis) {
    expiryNotice.cancel();
    expiry.cancel();
    var leftMillis = millis - loop.nowMillis();
    expiryNotice =
        loop.after(
            leftMillis - limits.expiryNoticeMillis(), () -> replies.send(Answers.expiring(millis)));
    expiry = loop.after(leftMillis, () -> step(new AuthInput.Expired()));
  }
}
