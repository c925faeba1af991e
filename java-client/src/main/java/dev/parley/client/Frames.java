package dev.parley.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.Role;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.wire.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The frames a client sends. A command is made with the id under which it is repeated until it is
/// answered, so make it once and hand it over once.
public final class Frames {

  private Frames() {}

  /// Any command; it gets a command id unless it has one or a message id stands for it.
  public static Frame command(String type, ObjectNode d) {
    if (!type.equals("send") && !d.has("command_id")) {
      d.put("command_id", Ids.uuid7().toString());
    }
    return new Frame(type, d);
  }

  /// A message with a text and nothing else.
  public static Frame send(UUID conversation, UUID message, String text) {
    return message(conversation, message, text).frame();
  }

  /// A message with more than a text.
  public static Message message(UUID conversation, UUID message, String text) {
    return new Message(conversation, message, text);
  }

  public static Frame edit(UUID conversation, UUID message, String text) {
    var d = about(conversation, message);
    d.put("text", text);
    return command("edit", d);
  }

  public static Frame delete(UUID conversation, UUID message) {
    return command("delete", about(conversation, message));
  }

  public static Frame react(UUID conversation, UUID message, String emoji) {
    return command("react", about(conversation, message).put("emoji", emoji));
  }

  public static Frame unreact(UUID conversation, UUID message, String emoji) {
    return command("unreact", about(conversation, message).put("emoji", emoji));
  }

  public static Frame pin(UUID conversation, UUID message) {
    return command("pin", about(conversation, message));
  }

  public static Frame unpin(UUID conversation, UUID message) {
    return command("unpin", about(conversation, message));
  }

  /// The conversation of two; who of them creates it makes no difference, the answer names it.
  public static Frame direct(UUID other) {
    var d = object().put("kind", ConversationKind.DIRECT.wireName());
    d.putArray("members").add(other.toString());
    return command("create", d);
  }

  /// The conversation with oneself; the answer names it.
  public static Frame self() {
    return command("create", object().put("kind", ConversationKind.SELF.wireName()));
  }

  /// @param kind group, channel or space
  /// @param conversation a new UUIDv7
  public static Frame create(
      ConversationKind kind, UUID conversation, String title, Collection<UUID> members) {
    var d = in(conversation).put("kind", kind.wireName()).put("title", title);
    var ids = d.putArray("members");
    members.forEach(member -> ids.add(member.toString()));
    return command("create", d);
  }

  /// @param changes `title`, `topic`, `avatar`, `custom`, `history`, `slow_mode_seconds`
  public static Frame change(UUID conversation, Map<String, ?> changes) {
    var d = in(conversation);
    changes.forEach((field, value) -> d.set(field, Json.MAPPER.valueToTree(value)));
    return command("change", d);
  }

  public static Frame archive(UUID conversation) {
    return command("archive", in(conversation).put("archived", true));
  }

  public static Frame unarchive(UUID conversation) {
    return command("archive", in(conversation).put("archived", false));
  }

  public static Frame join(UUID conversation) {
    return command("join", in(conversation));
  }

  public static Frame leave(UUID conversation) {
    return command("leave", in(conversation));
  }

  public static Frame invite(UUID conversation, UUID user) {
    return command("invite", of(conversation, user));
  }

  public static Frame remove(UUID conversation, UUID user) {
    return command("remove", of(conversation, user));
  }

  public static Frame role(UUID conversation, UUID user, Role role) {
    return command("role", of(conversation, user).put("role", role.wireName()));
  }

  /// @param length null: for ever
  public static Frame ban(UUID conversation, UUID user, @Nullable Duration length, String reason) {
    var d = of(conversation, user).put("reason", reason);
    if (length != null) {
      d.put("for_seconds", length.toSeconds());
    }
    return command("ban", d);
  }

  public static Frame unban(UUID conversation, UUID user) {
    return command("unban", of(conversation, user));
  }

  public static Frame transfer(UUID conversation, UUID user) {
    return command("transfer", of(conversation, user));
  }

  /// @param length zero: no longer muted
  public static Frame mute(UUID conversation, UUID user, Duration length) {
    return command("mute", of(conversation, user).put("for_seconds", length.toSeconds()));
  }

  public static Frame addChannel(UUID space, UUID channel) {
    return command("add_channel", in(space).put("channel", channel.toString()));
  }

  public static Frame removeChannel(UUID space, UUID channel) {
    return command("remove_channel", in(space).put("channel", channel.toString()));
  }

  /// A message that is sent when its time comes.
  public static Frame schedule(Message message, Instant at) {
    return command("schedule", message.frame().content().put("at", at.toString()));
  }

  public static Frame cancelSchedule(UUID message) {
    return command("cancel_schedule", object().put("message_id", message.toString()));
  }

  /// @param message a new UUIDv7: the one that comes into being
  public static Frame forward(UUID to, UUID message, UUID from, UUID original) {
    var d = about(to, message);
    d.putObject("from").put("conversation", from.toString()).put("message_id", original.toString());
    return command("forward", d);
  }

  public static Frame muteForMe(UUID conversation, @Nullable Duration length) {
    return new Frame(
        "settings",
        in(conversation).put("muted_for_seconds", length == null ? -1 : length.toSeconds()));
  }

  /// @param settings `muted_for_seconds`, `pinned`, `archived`
  public static Frame settings(UUID conversation, Map<String, ?> settings) {
    var d = in(conversation);
    settings.forEach((field, value) -> d.set(field, Json.MAPPER.valueToTree(value)));
    return new Frame("settings", d);
  }

  /// @param text empty: no draft
  public static Frame draft(UUID conversation, String text) {
    return new Frame("draft", in(conversation).put("text", text));
  }

  public static Frame hide(UUID conversation, UUID message) {
    return new Frame("hide", about(conversation, message));
  }

  static Frame delivered(UUID conversation, long seq) {
    return new Frame("delivered", in(conversation).put("seq", seq));
  }

  static Frame read(UUID conversation, long seq, @Nullable UUID thread) {
    var d = in(conversation).put("seq", seq);
    if (thread != null) {
      d.put("thread", thread.toString());
    }
    return new Frame("read", d);
  }

  static Frame typing(UUID conversation, @Nullable UUID thread) {
    var d = in(conversation);
    if (thread != null) {
      d.put("thread", thread.toString());
    }
    return new Frame("typing", d);
  }

  static Frame watch(UUID conversation) {
    return new Frame("watch", in(conversation));
  }

  static Frame unwatch(UUID conversation) {
    return new Frame("unwatch", in(conversation));
  }

  static Frame presence(String type, Collection<UUID> users, Collection<UUID> conversations) {
    var d = object();
    var userIds = d.putArray("users");
    users.forEach(user -> userIds.add(user.toString()));
    var conversationIds = d.putArray("conversations");
    conversations.forEach(conversation -> conversationIds.add(conversation.toString()));
    return new Frame(type, d);
  }

  /// A message in the making. Each method gives back this one.
  public static final class Message {
    private final ObjectNode d;

    private Message(UUID conversation, UUID message, String text) {
      d = about(conversation, message).put("text", text);
    }

    public Message mentioning(List<UUID> users) {
      var mentions = d.putArray("mentions");
      users.forEach(user -> mentions.add(user.toString()));
      return this;
    }

    public Message replyingTo(UUID message) {
      d.put("reply_to", message.toString());
      return this;
    }

    /// @param root the message that the thread hangs on
    public Message inThread(UUID root) {
      d.put("thread", root.toString());
      return this;
    }

    /// @param type one of the application's own
    public Message ofType(String type, Map<String, String> custom) {
      d.put("type", type);
      d.set("custom", Json.MAPPER.valueToTree(custom));
      return this;
    }

    /// Mentions everybody who is in the conversation (`all`) or there now (`here`).
    public Message mentioningEveryone(String everyone) {
      d.put("everyone", everyone);
      return this;
    }

    public Message expiringAfter(Duration length) {
      d.put("expires_after_seconds", length.toSeconds());
      return this;
    }

    /// Any other field, for what this version does not name.
    public Message with(String field, Object value) {
      d.set(field, Json.MAPPER.valueToTree(value));
      return this;
    }

    public Frame frame() {
      return new Frame("send", d.deepCopy());
    }
  }

  private static ObjectNode of(UUID conversation, UUID user) {
    return in(conversation).put("user", user.toString());
  }

  private static ObjectNode about(UUID conversation, UUID message) {
    return in(conversation).put("message_id", message.toString());
  }

  private static ObjectNode in(UUID conversation) {
    return object().put("conversation", conversation.toString());
  }

  private static ObjectNode object() {
    return Json.MAPPER.createObjectNode();
  }
}
