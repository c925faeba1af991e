package dev.parley.projection.fold;

import dev.parley.projection.fold.OpenedEvent.Written;
import dev.parley.projection.fold.ViewChange.Edit;
import dev.parley.projection.fold.ViewChange.MessagePatch;
import dev.parley.projection.fold.ViewChange.MessageRow;
import dev.parley.projection.fold.ViewChange.RevisionRow;
import dev.parley.schemas.conversation.Everyone;
import dev.parley.schemas.conversation.Forwarded;
import dev.parley.schemas.event.Event;
import dev.parley.schemas.event.EventData;
import dev.parley.schemas.wire.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The messages of one conversation, as a run of events changes them.
final class MessagesFold {

  private final UUID conversation;
  private final Map<UUID, MessageRow> sent = new LinkedHashMap<>();
  private final Map<UUID, MessagePatch> patches = new LinkedHashMap<>();
  private final Map<UUID, List<RevisionRow>> revisions = new LinkedHashMap<>();

  MessagesFold(UUID conversation) {
    this.conversation = conversation;
  }

  void send(Event event, EventData.MessageSent data, Written written) {
    sent.put(
        data.message(),
        new MessageRow(
            conversation,
            event.seq(),
            event.ordinal(),
            data.message(),
            event.actor(),
            event.atMillis(),
            written,
            0,
            null,
            false,
            data.replyTo(),
            data.thread(),
            data.imported(),
            sentRest(data),
            data.forwarded() instanceof Forwarded(_, _, var author) ? author : null));
  }

  void edit(Event event, EventData.MessageEdited data, Written written) {
    var edit = new Edit(written, data.revision(), event.atMillis());
    var row = sent.get(data.message());
    if (row != null) {
      keepFirstText(row);
      sent.put(data.message(), edited(row, edit));
    } else {
      patches.put(data.message(), new MessagePatch(conversation, data.message(), edit, false));
    }
    revisionsOf(data.message())
        .add(
            new RevisionRow(
                conversation,
                data.message(),
                data.revision(),
                event.seq(),
                event.atMillis(),
                event.actor(),
                written));
  }

  void delete(UUID message) {
    revisions.remove(message);
    var row = sent.get(message);
    if (row != null) {
      sent.put(message, deleted(row));
      return;
    }
    var patch = patches.get(message);
    patches.put(
        message,
        new MessagePatch(conversation, message, patch == null ? null : patch.edit(), true));
  }

  private static @Nullable String sentRest(EventData.MessageSent sent) {
    var rest = Json.MAPPER.createObjectNode();
    if (sent.everyone() != Everyone.NONE) {
      rest.put("everyone", sent.everyone().wireName());
    }
    if (sent.expiresAtMillis() != 0) {
      rest.put("expires_at_ms", sent.expiresAtMillis());
    }
    if (sent.forwarded() instanceof Forwarded(var from, var message, var author)) {
      rest.putObject("forwarded")
          .put("conversation", from.toString())
          .put("message", message.toString())
          .put("author", author.toString());
    }
    return rest.isEmpty() ? null : rest.toString();
  }

  private void keepFirstText(MessageRow row) {
    if (row.revision() == 0) {
      revisionsOf(row.id())
          .add(
              new RevisionRow(
                  conversation,
                  row.id(),
                  0,
                  row.seq(),
                  row.atMillis(),
                  row.author(),
                  row.written()));
    }
  }

  private List<RevisionRow> revisionsOf(UUID message) {
    return revisions.computeIfAbsent(message, _ -> new ArrayList<>());
  }

  private static MessageRow edited(MessageRow row, Edit edit) {
    return with(row, edit.written(), edit.revision(), edit.atMillis(), false);
  }

  private static MessageRow deleted(MessageRow row) {
    var nothing = new Written("", List.of(), row.written().erased());
    return with(row, nothing, row.revision(), row.editedAtMillis(), true);
  }

  private static MessageRow with(
      MessageRow row,
      Written written,
      int revision,
      @Nullable Long editedAtMillis,
      boolean deleted) {
    return new MessageRow(
        row.conversation(),
        row.seq(),
        row.ordinal(),
        row.id(),
        row.author(),
        row.atMillis(),
        written,
        revision,
        editedAtMillis,
        deleted,
        row.replyTo(),
        row.thread(),
        row.imported(),
        row.sentRest(),
        row.originAuthor());
  }

  void addTo(ViewChange change) {
    change.messages().addAll(sent.values());
    change.messagePatches().addAll(patches.values());
    revisions.values().forEach(change.revisions()::addAll);
  }
}
