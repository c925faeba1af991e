package dev.parley.edge.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.parley.edge.loop.Loop;
import dev.parley.edge.token.TokenCheck;
import dev.parley.edge.token.Tokens;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.wire.CloseCode;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who a session belongs to, and until when.
///
/// Tokens come with the handshake, in `auth` and `refresh`, and beside the content of any other
/// frame. The first one that is valid says who it is; later ones move the end, and must be of the
/// same person. One that fails leaves the session with the time that it has.
///
/// On the session's loop, but for [#user], [#isGuest] and [#isKnown].
final class Identity {

  static final JsonNode NO_FRAME = NullNode.getInstance();
  private static final UUID NOBODY = new UUID(0, 0);

  private static final Logger LOG = LoggerFactory.getLogger(Identity.class);

  private final Loop loop;
  private final Tokens tokens;
  private final Admissions admissions;
  private final SessionLimits limits;
  private final Replies replies;
  private final Pause pause;
  private final Consumer<CloseCode> close;
  private volatile UUID user = NOBODY;
  private volatile boolean guest;
  private String lastToken = "";
  private long expiresAtMillis;
  private Loop.Timer authDeadline = () -> {};
  private Loop.Timer expiryNotice = () -> {};
  private Loop.Timer expiry = () -> {};

  /// What a token is for.
  ///
  /// @param accepted runs once it says who this is
  /// @param somebodyElses runs if it is not of whom the session belongs to
  private record Use(JsonNode frameId, Runnable accepted, Runnable somebodyElses) {}

  Identity(Loop loop, Session.Node node, Replies replies, Pause pause, Consumer<CloseCode> close) {
    this.loop = loop;
    this.tokens = node.tokens();
    this.admissions = node.admissions();
    this.limits = node.limits();
    this.replies = replies;
    this.pause = pause;
    this.close = close;
  }

  UUID user() {
    return user;
  }

  boolean isGuest() {
    return guest;
  }

  boolean isKnown() {
    return !user.equals(NOBODY);
  }

  /// The deadline is the client's: while the node looks at a token, it does not run.
  void awaitToken() {
    authDeadline.cancel();
    authDeadline =
        loop.after(limits.authDeadlineMillis(), () -> close.accept(CloseCode.NO_AUTH_IN_TIME));
  }

  /// The token of the handshake.
  void arrived(String token) {
    check(token, new Use(NO_FRAME, () -> {}, () -> {}));
  }

  /// The token of `auth` or `refresh`, which are answered with how long it lasts.
  void authenticate(ClientFrame.Read frame) {
    var token = frame.content().path("token");
    if (!token.isTextual()) {
      token = frame.token();
    }
    if (!token.isTextual()) {
      replies.refuse(frame.id(), ErrorCode.INVALID, "\"token\" must be an access token.");
      return;
    }
    Runnable answer =
        () -> {
          if (!frame.id().isNull()) {
            replies.send(Answers.authenticated(frame.id(), expiresAtMillis));
          }
        };
    check(token.textValue(), new Use(frame.id(), answer, () -> {}));
  }

  /// The token beside the content of a frame that is to be handled by `then`; it is not if the
  /// token is refused, and a session whose client has become somebody else ends.
  void refresh(ClientFrame.Read frame, Runnable then) {
    if (!frame.token().isTextual()) {
      replies.refuse(frame.id(), ErrorCode.INVALID, "\"token\" must be an access token.");
    } else if (frame.token().textValue().equals(lastToken)) {
      then.run();
    } else {
      check(
          frame.token().textValue(),
          new Use(frame.id(), then, () -> close.accept(CloseCode.TOKEN)));
    }
  }

  /// The session is over.
  void close() {
    authDeadline.cancel();
    expiryNotice.cancel();
    expiry.cancel();
    if (isKnown()) {
      admissions.leave(user);
    }
  }

  private void check(String token, Use use) {
    authDeadline.cancel();
    pause.until(
        tokens.check(token),
        (check, failure) -> {
          if (failure != null) {
            LOG.warn("A token could not be checked", failure);
          }
          checked(token, check == null ? new TokenCheck.Unavailable() : check, use);
        });
  }

  private void checked(String token, TokenCheck check, Use use) {
    switch (check) {
      case TokenCheck.Valid valid when valid.expiresAtMillis() > loop.nowMillis() ->
          accept(token, valid, use);
      case TokenCheck.Valid _ -> refuse(use.frameId());
      case TokenCheck.Refused() -> refuse(use.frameId());
      case TokenCheck.Unavailable() -> {
        replies.refuse(use.frameId(), ErrorCode.UNAVAILABLE, "Tokens cannot be checked now.");
        if (!isKnown()) {
          awaitToken();
        }
      }
    }
  }

  private void refuse(JsonNode frameId) {
    replies.refuse(
        frameId, ErrorCode.UNAUTHENTICATED, "The token is not valid here, or has expired.");
    if (!isKnown()) {
      close.accept(CloseCode.TOKEN);
    }
  }

  private void accept(String token, TokenCheck.Valid valid, Use use) {
    if (isKnown() && !valid.user().equals(user)) {
      replies.refuse(use.frameId(), ErrorCode.UNAUTHENTICATED, "The token is somebody else's.");
      use.somebodyElses().run();
      return;
    }
    if (!isKnown()) {
      if (!admissions.enter(valid.user())) {
        close.accept(CloseCode.CONNECTION_LIMIT);
        return;
      }
      guest = valid.guest();
      user = valid.user();
    }
    lastToken = token;
    expireAt(valid.expiresAtMillis());
    use.accepted().run();
  }

  private void expireAt(long millis) {
    expiresAtMillis = millis;
    expiryNotice.cancel();
    expiry.cancel();
    var leftMillis = millis - loop.nowMillis();
    expiryNotice =
        loop.after(
            leftMillis - limits.expiryNoticeMillis(), () -> replies.send(Answers.expiring(millis)));
    expiry = loop.after(leftMillis, () -> close.accept(CloseCode.TOKEN));
  }
}
