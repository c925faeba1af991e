package dev.parley.schemas.error;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Every error that Parley answers, in frames (`err.code`), problem documents (`code`) and
/// rejections.
///
/// The first family is refused at the door, before the log; the second is decided, and is the
/// outcome of the copy of the command that it answers: the same command sent later is decided anew.
public enum ErrorCode {
  MALFORMED(400, false, "Send valid JSON of the documented shape."),
  INVALID(422, false, "Correct the field that the detail names."),
  UNKNOWN_TYPE(400, false, "Use a documented frame type."),
  UNAUTHENTICATED(401, false, "Log in, or refresh the access token."),
  CREDENTIALS_WRONG(401, false, "Check the name and the password."),
  NAME_TAKEN(409, false, "Choose another name."),
  TOO_LARGE(413, false, "Stay within the limits that hello states."),
  METHOD_NOT_ALLOWED(405, false, "Use a documented method."),
  RATE_LIMITED(429, true, "Wait for retry_after_ms, then go on more slowly."),
  OVERLOADED(503, true, "Wait for retry_after_ms, then send it again with the same id."),
  UNAVAILABLE(503, true, "Send it again with the same id in a moment."),
  TIMEOUT(504, true, "Send it again with the same id: it may have been stored."),
  BEHIND(503, true, "Ask again: the view has not reached that position yet."),
  CURSOR_INVALID(400, false, "Start again without the cursor."),
  INTERNAL(500, true, "Send it again with the same id; if it stays, tell the operator."),

  NOT_FOUND(404, false, "Check the id: it does not exist, or not for you."),
  FORBIDDEN(403, false, "Ask somebody with a higher role."),
  MESSAGE_NOT_FOUND(404, false, "Check the message id."),
  MESSAGE_EXISTS(409, false, "Use a new message id: this one belongs to another message."),
  MESSAGE_DELETED(409, false, "The message was deleted and stays so."),
  CONVERSATION_EXISTS(409, false, "Use a new conversation id: this one belongs to another."),
  LAST_OWNER(409, false, "Make somebody else an owner first."),
  LAST_ADMIN(409, false, "Make somebody else an admin of the deployment first."),
  NOT_FOR_THIS_KIND(409, false, "This kind of conversation does not allow it."),
  NOT_A_MEMBER(409, false, "The person is not a member."),
  MUTED(403, true, "Wait until the mute is over: retry_after_ms tells when."),
  BANNED(403, false, "The person must be unbanned first."),
  SLOW_MODE(429, true, "Wait for retry_after_ms: members speak in turn here."),
  ARCHIVED(409, false, "Take the conversation out of the archive first."),
  LIMIT_REACHED(409, false, "Remove something of the kind first."),
  SIGN_IN_REQUIRED(403, false, "Sign in: guests read public channels and nothing else."),
  SUSPENDED(403, false, "The account is suspended: ask who runs this deployment."),
  INSUFFICIENT_SCOPE(403, false, "Use a token with the scope that detail names."),
  BLOCKED(403, false, "This person takes nothing from you."),
  HELD(403, false, "A moderator looks at it first; do not send it again."),
  REJECTED_BY_FILTER(403, false, "Write it in another way: this deployment does not take it.");

  private final int httpStatus;
  private final boolean temporary;
  private final String advice;

  ErrorCode(int httpStatus, boolean temporary, String advice) {
    this.httpStatus = httpStatus;
    this.temporary = temporary;
    this.advice = advice;
  }

  /// The name on the wire: lower case.
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The status of a REST answer with this code.
  public int httpStatus() {
    return httpStatus;
  }

  /// Whether the same request may succeed later.
  public boolean temporary() {
    return temporary;
  }

  /// What a client does about it, in a sentence.
  public String advice() {
    return advice;
  }

  /// The code with that name on the wire, or null.
  public static @Nullable ErrorCode fromWire(@Nullable String name) {
    for (var code : values()) {
      if (code.wireName().equals(name)) {
        return code;
      }
    }
    return null;
  }
}
