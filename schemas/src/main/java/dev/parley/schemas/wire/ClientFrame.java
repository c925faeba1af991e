package dev.parley.schemas.wire;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Every type of frame that a client may send.
public enum ClientFrame {
  AUTH("auth", Kind.SESSION),
  REFRESH("refresh", Kind.SESSION),
  RESUME("resume", Kind.SESSION),
  PING("ping", Kind.SESSION),
  PONG("pong", Kind.SESSION),
  CREATE("create", Kind.COMMAND),
  CHANGE("change", Kind.COMMAND),
  ARCHIVE("archive", Kind.COMMAND),
  JOIN("join", Kind.COMMAND),
  LEAVE("leave", Kind.COMMAND),
  INVITE("invite", Kind.COMMAND),
  REMOVE("remove", Kind.COMMAND),
  ROLE("role", Kind.COMMAND),
  TRANSFER("transfer", Kind.COMMAND),
  BAN("ban", Kind.COMMAND),
  UNBAN("unban", Kind.COMMAND),
  MUTE("mute", Kind.COMMAND),
  SEND("send", Kind.COMMAND),
  EDIT("edit", Kind.COMMAND),
  DELETE("delete", Kind.COMMAND),
  FORWARD("forward", Kind.FORWARD),
  REACT("react", Kind.COMMAND),
  UNREACT("unreact", Kind.COMMAND),
  PIN("pin", Kind.COMMAND),
  UNPIN("unpin", Kind.COMMAND),
  ADD_CHANNEL("add_channel", Kind.COMMAND),
  REMOVE_CHANNEL("remove_channel", Kind.COMMAND),
  SCHEDULE("schedule", Kind.COMMAND),
  CANCEL_SCHEDULE("cancel_schedule", Kind.COMMAND),
  DELIVERED("delivered", Kind.PERSONAL),
  READ("read", Kind.PERSONAL),
  SETTINGS("settings", Kind.PERSONAL),
  DRAFT("draft", Kind.PERSONAL),
  HIDE("hide", Kind.PERSONAL),
  REPORT("report", Kind.PERSONAL),
  TYPING("typing", Kind.LIVE),
  PRESENCE_SUB("presence.sub", Kind.LIVE),
  PRESENCE_UNSUB("presence.unsub", Kind.LIVE),
  WATCH("watch", Kind.LIVE),
  UNWATCH("unwatch", Kind.LIVE);

  /// What becomes of it.
  public enum Kind {
    /// Speaks of the session itself.
    SESSION,
    /// Read by [CommandInput], decided, an event or a refusal.
    COMMAND,
    /// A command whose content the door fetches first, read by [ForwardInput].
    FORWARD,
    /// Read by [PersonalInput], kept for the member alone.
    PERSONAL,
    /// Stored nowhere.
    LIVE
  }

  private static final Map<String, ClientFrame> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(it -> it.wireName, it -> it));

  private final String wireName;
  private final Kind kind;

  ClientFrame(String wireName, Kind kind) {
    this.wireName = wireName;
    this.kind = kind;
  }

  /// The frame's `t`.
  public String wireName() {
    return wireName;
  }

  public Kind kind() {
    return kind;
  }

  /// The frame of that name, or null: any text can come from a client.
  public static @Nullable ClientFrame fromWire(String wireName) {
    return BY_NAME.get(wireName);
  }

  /// The names of all frames of one kind.
  public static Set<String> names(Kind kind) {
    return Arrays.stream(values())
        .filter(frame -> frame.kind == kind)
        .map(ClientFrame::wireName)
        .collect(Collectors.toUnmodifiableSet());
  }
}
