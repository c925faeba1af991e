package dev.parley.command.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.personal.Personal;
import dev.parley.schemas.personal.Personal.Mark;
import dev.parley.schemas.personal.PersonalEntry;
import dev.parley.schemas.wire.ForwardInput;
import dev.parley.schemas.wire.Limits;
import dev.parley.schemas.wire.PersonalInput;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What needs the views first: who may keep something in a conversation, and what a forward copies.
/// Blocks its (virtual) thread.
final class PersonalDoor {

  private final CommandDoor door;
  private final ViewsClient views;
  private final LogStore log;
  private final Limits limits;

  PersonalDoor(CommandDoor door, ViewsClient views, LogStore log, Limits limits) {
    this.door = door;
    this.views = views;
    this.log = log;
    this.limits = limits;
  }

  /// @param type one of [PersonalInput#TYPES]
  Answer keep(String type, JsonNode d, UUID user) {
    return switch (PersonalInput.read(type, d, System.currentTimeMillis(), limits)) {
      case PersonalInput.Refused(var code, var detail) -> new Answer.Refused(code, detail);
      case PersonalInput.Read(var conversation, var values) -> keep(conversation, user, values);
    };
  }

  private Answer keep(UUID conversation, UUID user, List<Personal> values) {
    long seen =
        values.stream().mapToLong(v -> v instanceof Mark mark ? mark.seq() : 0).max().orElse(0);
    ViewsClient.@Nullable Standing standing = views.standing(conversation, user, seen);
    if (standing == null) {
      return ViewsClient.unavailable();
    }
    if (!standing.member()) {
      return ViewsClient.absent();
    }
    for (Personal value : values) {
      Answer.Refused notStored =
          log.keep(
              new PersonalEntry(
                  conversation,
                  user,
                  System.currentTimeMillis(),
                  standing.members() > ViewsClient.MARKS_MEMBERS_MAX,
                  value instanceof Mark mark ? mark.upTo(standing.head()) : value));
      if (notStored != null) {
        return notStored;
      }
    }
    return new Answer.Kept();
  }

  Answer forward(ObjectNode d, CommandDoor.Caller caller) {
    d.set("message_id", d.get("id"));
    return switch (ForwardInput.read(d, limits)) {
      case ForwardInput.Refused(var code, var detail) -> new Answer.Refused(code, detail);
      case ForwardInput.Read forward -> forward(forward, caller);
    };
  }

  private Answer forward(ForwardInput.Read forward, CommandDoor.Caller caller) {
    @Nullable Optional<JsonNode> source =
        views.message(forward.fromConversation(), forward.fromMessage(), caller.actor());
    if (source == null) {
      return ViewsClient.unavailable();
    }
    var content = source.map(message -> ForwardInput.content(message, limits));
    if (content.isEmpty()) {
      return new Answer.Refused(
          ErrorCode.MESSAGE_NOT_FOUND, "There is no such message to forward.");
    }
    var author = ForwardInput.author(source.orElseThrow());
    return door.submit(forward.command(author, content.get()), caller);
  }
}
