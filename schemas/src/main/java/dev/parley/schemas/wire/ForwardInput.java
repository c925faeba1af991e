package dev.parley.schemas.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.schemas.command.Command;
import dev.parley.schemas.content.Body;
import dev.parley.schemas.content.Content;
import dev.parley.schemas.conversation.Everyone;
import dev.parley.schemas.conversation.Forwarded;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.id.Ids;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A forward as a client wrote it. It becomes a send once the door has fetched the source as the
/// actor may see it.
public sealed interface ForwardInput {

  /// @param conversation where to
  /// @param message the id of the new message
  record Read(UUID conversation, UUID message, UUID fromConversation, UUID fromMessage)
      implements ForwardInput {

    /// The send that copies `source`, whose author wrote `content`.
    ///
    /// Nobody is mentioned again by a copy.
    public CommandInput.Read command(UUID author, Content content) {
      var copy =
          new Content(
              content.text(), List.of(), content.type(), content.custom(), content.attachments());
      return new CommandInput.Read(
          conversation,
          message,
          new Command.SendMessage(
              new Body.Plain(copy),
              null,
              null,
              Everyone.NONE,
              0,
              new Forwarded(fromConversation, fromMessage, author)));
    }
  }

  record Refused(ErrorCode code, String detail) implements ForwardInput {}

  static ForwardInput read(JsonNode d, Limits limits) {
    if (!d.isObject()) {
      return new Refused(ErrorCode.MALFORMED, "Expected an object in \"d\".");
    }
    try {
      var fields = new Fields(d, limits);
      var from = fields.object("from");
      return new Read(
          fields.id("conversation"),
          fields.clientId("message_id"),
          from.id("conversation"),
          from.id("message_id"));
    } catch (Fields.Unfit unfit) {
      return new Refused(unfit.code, unfit.detail);
    }
  }

  /// Who wrote what a forward of the message copies: of a message that is a forward itself, the
  /// author of what it copied. So a text is found by its author however often it was passed on, and
  /// can go with them.
  static UUID author(JsonNode message) {
    var first = message.path("forwarded").path("author");
    return Ids.required((first.isTextual() ? first : message.path("author")).asText());
  }

  /// The content of a message as projection-service writes it, or null if it is deleted or erased.
  static @Nullable Content content(JsonNode message, Limits limits) {
    if (message.path("deleted").asBoolean() || message.path("erased").asBoolean()) {
      return null;
    }
    try {
      return ((Body.Plain) new ContentInput(new Fields(message, limits)).body(true)).content();
    } catch (Fields.Unfit broken) {
      throw new IllegalArgumentException("Expected a message, but " + broken.detail, broken);
    }
  }
}
