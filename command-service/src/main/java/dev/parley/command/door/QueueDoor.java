package dev.parley.command.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.parley.log.UserTable;
import dev.parley.schemas.command.Command;
import dev.parley.schemas.command.SendCodec;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.personal.Personal;
import dev.parley.schemas.personal.PersonalEntry;
import dev.parley.schemas.personal.Settlement;
import dev.parley.schemas.proto.SendMessage;
import dev.parley.schemas.user.UserProfile;
import dev.parley.schemas.wire.CommandInput;
import dev.parley.schemas.wire.Limits;
import dev.parley.schemas.wire.PersonalInput;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The moderators' queue: what members report, and what moderators decide of that and of messages
/// that the filter held back. Blocks its (virtual) thread.
///
/// Moderators of a conversation and admins of the deployment decide; to everybody else there is no
/// such queue.
final class QueueDoor {

  private final CommandDoor door;
  private final ViewsClient views;
  private final LogStore log;
  private final UserTable users;
  private final Limits limits;

  QueueDoor(CommandDoor door, ViewsClient views, LogStore log, UserTable users, Limits limits) {
    this.door = door;
    this.views = views;
    this.log = log;
    this.users = users;
    this.limits = limits;
  }

  /// Whoever may read a message may report it.
  Answer report(JsonNode d, CommandDoor.Caller caller) {
    return switch (PersonalInput.read("report", d, System.currentTimeMillis(), limits)) {
      case PersonalInput.Refused(var code, var detail) -> new Answer.Refused(code, detail);
      case PersonalInput.Read(var conversation, var values) ->
          report(conversation, (Personal.Reported) values.getFirst(), caller.actor());
    };
  }

  private Answer report(UUID conversation, Personal.Reported reported, UUID user) {
    var message = views.message(conversation, reported.message(), user);
    if (message == null) {
      return ViewsClient.unavailable();
    }
    return message.isEmpty() ? noMessage() : keep(conversation, user, reported);
  }

  /// The body says `settlement`.
  Answer settleReports(ObjectNode d, CommandDoor.Caller caller) {
    UUID conversation = Ids.parse(d.path("conversation").asText());
    UUID message = Ids.parse(d.path("message_id").asText());
    Settlement settlement = Settlement.fromWire(d.path("settlement").asText());
    if (conversation == null || message == null) {
      return noMessage();
    }
    if (settlement == null) {
      return invalid("\"settlement\" must be dismissed or acted.");
    }
    Answer.Refused refused = moderates(conversation, caller);
    if (refused != null) {
      return refused;
    }
    @Nullable Optional<JsonNode> reports = views.reports(conversation, message);
    if (reports == null) {
      return ViewsClient.unavailable();
    }
    return reports.isEmpty()
        ? noMessage()
        : keep(conversation, caller.actor(), new Personal.ReportSettled(message, settlement));
  }

  /// The body says whose message it is, `author`, and whether it is sent, `release`. The same again
  /// changes nothing: the message is sent once, under its own id.
  Answer settleHeld(ObjectNode d, CommandDoor.Caller caller) {
    UUID conversation = Ids.parse(d.path("conversation").asText());
    UUID message = Ids.parse(d.path("message_id").asText());
    UUID author = Ids.parse(d.path("author").asText());
    if (conversation == null || message == null) {
      return noMessage();
    }
    if (author == null || !d.path("release").isBoolean()) {
      return invalid("\"author\" must be a person's id, and \"release\" true or false.");
    }
    Answer.Refused refused = moderates(conversation, caller);
    if (refused != null) {
      return refused;
    }
    @Nullable Optional<JsonNode> held = views.held(conversation, author, message);
    if (held == null) {
      return ViewsClient.unavailable();
    }
    if (held.isEmpty() || isErased(author)) {
      return noMessage();
    }
    boolean release = d.path("release").booleanValue();
    if (held.get().path("settled").path("released").asBoolean()) {
      return release
          ? new Answer.Kept()
          : new Answer.Refused(ErrorCode.MESSAGE_EXISTS, "It was sent already: delete it.");
    }
    if (release) {
      Answer.Refused notSent = send(held.get(), conversation, author, message);
      if (notSent != null) {
        return notSent;
      }
    }
    return keep(conversation, caller.actor(), new Personal.HeldSettled(author, message, release));
  }

  /// Null: it is sent, or in the log for certain.
  private Answer.@Nullable Refused send(
      JsonNode held, UUID conversation, UUID author, UUID message) {
    UserProfile profile = users.profile(author);
    if (profile != null && profile.suspended()) {
      return new Answer.Refused(ErrorCode.FORBIDDEN, "Its author is suspended.");
    }
    return switch (door.release(
        new CommandInput.Read(conversation, message, sealed(held)), author)) {
      case Answer.Refused refused -> refused;
      case Answer.Decided _, Answer.Kept _, Answer.Stored _ -> null;
    };
  }

  private static Command.SendMessage sealed(JsonNode held) {
    try {
      return SendCodec.fromProto(
          SendMessage.parseFrom(Base64.getDecoder().decode(held.path("send").asText())));
    } catch (InvalidProtocolBufferException broken) {
      throw new IllegalStateException("Expected a send from the views, but it is none", broken);
    }
  }

  /// Null: the caller decides here.
  private Answer.@Nullable Refused moderates(UUID conversation, CommandDoor.Caller caller) {
    if (caller.admin()) {
      return null;
    }
    ViewsClient.@Nullable Standing standing = views.standing(conversation, caller.actor(), 0);
    if (standing == null) {
      return ViewsClient.unavailable();
    }
    return standing.moderates() ? null : ViewsClient.absent();
  }

  private Answer keep(UUID conversation, UUID user, Personal value) {
    Answer.Refused notStored =
        log.keep(new PersonalEntry(conversation, user, System.currentTimeMillis(), true, value));
    return notStored == null ? new Answer.Kept() : notStored;
  }

  private boolean isErased(UUID person) {
    UserProfile profile = users.profile(person);
    return profile != null && profile.erased();
  }

  private static Answer.Refused noMessage() {
    return new Answer.Refused(ErrorCode.MESSAGE_NOT_FOUND, "There is no such message here.");
  }

  private static Answer.Refused invalid(String detail) {
    return new Answer.Refused(ErrorCode.INVALID, detail);
  }
}
