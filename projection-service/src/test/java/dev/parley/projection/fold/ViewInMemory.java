package dev.parley.projection.fold;

import dev.parley.projection.fold.OpenedEvent.Written;
import dev.parley.projection.fold.ViewChange.ConversationRow;
import dev.parley.projection.fold.ViewChange.Head;
import dev.parley.projection.fold.ViewChange.MessagePatch;
import dev.parley.projection.fold.ViewChange.MessageRow;
import dev.parley.projection.fold.ViewChange.RevisionRow;
import dev.parley.projection.fold.ViewChange.Stay;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A view in maps, with the rules of the tables: what must be there is there, what must be new is
/// new.
final class ViewInMemory {

  private final Map<UUID, Head> heads = new TreeMap<>();
  private final Map<UUID, ConversationRow> conversations = new TreeMap<>();
  private final Map<String, Stay> open = new TreeMap<>();
  private final Map<String, Stay> stays = new TreeMap<>();
  private final Map<String, MessageRow> messages = new TreeMap<>();
  private final Map<String, RevisionRow> revisions = new TreeMap<>();
  private final Map<String, String> events = new TreeMap<>();

  void apply(ViewChange change) {
    change
        .conversations()
        .forEach(row -> {
          fresh(conversations.put(row.id(), row));
          heads.put(row.id(), row.head());
        });
    change.heads().forEach(this::advance);
    change
        .stayPatches()
        .forEach(patch -> {
          var stay = present(open.remove(patch.conversation() + "/" + patch.user()));
          keep(
              new Stay(
                  stay.conversation(),
                  stay.user(),
                  stay.joinedSeq(),
                  patch.leftSeq(),
                  patch.role() == null ? stay.role() : patch.role(),
                  patch.mutedUntilMillis() == null
                      ? stay.mutedUntilMillis()
                      : patch.mutedUntilMillis()));
        });
    change.stays().forEach(this::keep);
    change.messages().forEach(row -> fresh(messages.put(key(row.conversation(), row.id()), row)));
    change.messagePatches().forEach(this::patch);
    change.revisions().forEach(row -> fresh(revisions.put(key(row), row)));
    change
        .events()
        .forEach(row -> fresh(events.put(row.conversation() + "/" + row.seq(), hex(row.record()))));
  }

  private void advance(Head next) {
    var head = present(heads.get(next.conversation()));
    if (head.seq() != next.before()) {
      throw new IllegalStateException("Expected head " + next.before() + ", but is " + head.seq());
    }
    heads.put(
        next.conversation(),
        new Head(
            next.conversation(),
            0,
            next.seq(),
            next.ordinal(),
            next.lastAtMillis() == null ? head.lastAtMillis() : next.lastAtMillis(),
            next.lastMessageSeq() == null ? head.lastMessageSeq() : next.lastMessageSeq()));
  }

  private void keep(Stay stay) {
    stays.put(stay.conversation() + "/" + stay.user() + "/" + stay.joinedSeq(), stay);
    if (stay.leftSeq() == null) {
      fresh(open.put(stay.conversation() + "/" + stay.user(), stay));
    }
  }

  private void patch(MessagePatch patch) {
    var key = key(patch.conversation(), patch.message());
    var row = present(messages.get(key));
    var edit = patch.edit();
    if (edit != null) {
      if (row.revision() == 0) {
        var first =
            new RevisionRow(
                row.conversation(),
                row.id(),
                0,
                row.seq(),
                row.atMillis(),
                row.author(),
                row.written());
        fresh(revisions.put(key(first), first));
      }
      row = with(row, edit.written(), edit.revision(), edit.atMillis(), row.deleted());
    }
    if (patch.deleted()) {
      var nothing = new Written("", List.of(), row.written().erased());
      row = with(row, nothing, row.revision(), row.editedAtMillis(), true);
      revisions.keySet().removeIf(revision -> revision.startsWith(key + "/"));
    }
    messages.put(key, row);
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

  private static String key(UUID conversation, UUID message) {
    return conversation + "/" + message;
  }

  private static String key(RevisionRow row) {
    return key(row.conversation(), row.message()) + "/" + row.revision();
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static void fresh(@Nullable Object before) {
    if (before != null) {
      throw new IllegalStateException("Expected a new row, but it is there: " + before);
    }
  }

  private static <T> T present(@Nullable T row) {
    if (row == null) {
      throw new IllegalStateException("Expected a row to be there");
    }
    return row;
  }

  /// All of it, in an order that does not depend on how it came.
  String text() {
    var created = new StringBuilder();
    conversations
        .values()
        .forEach(row -> {
          var head = present(heads.get(row.id()));
          created.append(row.id()).append(row.kind()).append(row.title()).append(row.topic());
          created.append(row.history()).append(row.createdAtMillis()).append(row.createdBy());
          created.append(head.seq()).append('/').append(head.ordinal()).append('/');
          created
              .append(head.lastAtMillis())
              .append('/')
              .append(head.lastMessageSeq())
              .append('\n');
        });
    return created + "\n" + stays + "\n" + messages + "\n" + revisions + "\n" + events;
  }
}
