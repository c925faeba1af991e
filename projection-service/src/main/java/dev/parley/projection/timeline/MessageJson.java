package dev.parley.projection.timeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.projection.http.Stored;
import dev.parley.schemas.wire.Json;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Messages as clients see them.
final class MessageJson {

  private MessageJson() {}

  static ObjectNode page(Page page) {
    var json = Json.MAPPER.createObjectNode();
    var messages = json.putArray("messages");
    page.messages().forEach(message -> messages.add(message(message)));
    return json.put("has_before", page.hasBefore()).put("has_after", page.hasAfter());
  }

  static ObjectNode message(Message message) {
    var json = Json.MAPPER.createObjectNode();
    json.put("conversation", message.conversation().toString());
    json.put("seq", message.seq());
    json.put("ordinal", message.ordinal());
    json.put("id", message.id().toString());
    json.put("author", message.author().toString());
    json.put("at", time(message.atMillis()));
    json.put("text", message.text());
    putMentions(json, message.mentions());
    json.put("revision", message.revision());
    json.put("edited_at", time(message.editedAtMillis()));
    json.put("deleted", message.deleted());
    json.put("erased", message.erased());
    json.put("reply_to", text(message.replyTo()));
    json.put("thread", text(message.thread()));
    json.put("imported", message.imported());
    putRest(json, message);
    return json;
  }

  /// Only what there is; of a deleted message nothing is left of it.
  private static void putRest(ObjectNode json, Message message) {
    json.setAll(Stored.object(message.rest()));
    if (!message.deleted()) {
      json.setAll(Stored.object(message.sentRest()));
    }
    json.set("reactions", Stored.array(message.reactions()));
    json.put("pinned", message.pinned());
    var replies = message.replies();
    if (replies != null) {
      json.putObject("replies")
          .put("count", replies.count())
          .put("last_at", time(replies.lastAtMillis()))
          .put("unread", replies.unread());
    }
  }

  /// @param field the name of the list
  static ObjectNode list(String field, List<Message> messages) {
    var json = Json.MAPPER.createObjectNode();
    var array = json.putArray(field);
    messages.forEach(message -> array.add(message(message)));
    return json;
  }

  static ObjectNode revisions(Message message, List<Revision> revisions) {
    var json = Json.MAPPER.createObjectNode();
    var array = json.putArray("revisions");
    if (revisions.isEmpty()) {
      array.add(onlyRevision(message));
    }
    revisions.forEach(revision -> array.add(revision(revision)));
    return json;
  }

  /// A message never edited has its text as revision 0; a deleted one has lost all of them.
  private static ObjectNode onlyRevision(Message message) {
    var json = Json.MAPPER.createObjectNode();
    json.put("revision", message.revision());
    json.put("seq", message.seq());
    json.put("at", time(message.atMillis()));
    json.put("author", message.author().toString());
    json.put("text", message.text());
    putMentions(json, message.mentions());
    json.put("deleted", message.deleted());
    json.put("erased", message.erased());
    return json;
  }

  private static ObjectNode revision(Revision revision) {
    var json = Json.MAPPER.createObjectNode();
    json.put("revision", revision.revision);
    json.put("seq", revision.seq);
    json.put("at", time(revision.atMillis));
    json.put("author", revision.author.toString());
    json.put("text", revision.text);
    putMentions(json, revision.mentions);
    json.put("deleted", false);
    json.put("erased", revision.erased);
    return json;
  }

  private static void putMentions(ObjectNode json, UUID[] mentions) {
    var array = json.putArray("mentions");
    for (var user : mentions) {
      array.add(user.toString());
    }
  }

  private static @Nullable String time(@Nullable Long millis) {
    return millis == null ? null : Instant.ofEpochMilli(millis).toString();
  }

  private static @Nullable String text(@Nullable UUID id) {
    return id == null ? null : id.toString();
  }
}
