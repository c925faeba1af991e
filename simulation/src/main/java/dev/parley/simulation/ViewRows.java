package dev.parley.simulation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.edge.hub.Inbox;
import dev.parley.projection.fold.OpenedEvent.Written;
import dev.parley.projection.fold.ViewChange;
import dev.parley.schemas.event.ChainedEvent;
import dev.parley.schemas.event.EventCodec;
import dev.parley.schemas.personal.Personal;
import dev.parley.schemas.personal.PersonalEntry;
import dev.parley.schemas.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The tables of the views in maps, with their rules: what must be there is there, what must be new
/// is new.
final class ViewRows {

  private record Member(UUID conversation, UUID user) implements Comparable<Member> {
    @Override
    public int compareTo(Member other) {
      int byConversation = conversation.compareTo(other.conversation);
      return byConversation != 0 ? byConversation : user.compareTo(other.user);
    }
  }

  /// A message as it is shown.
  record Shown(long seq, long ordinal, UUID author, String text, int revision, boolean deleted) {}

  private static final class Conversation {
    private final NavigableMap<Long, byte[]> events = new TreeMap<>();
    private final Map<UUID, Shown> messages = new TreeMap<>();
    private final List<String> stays = new ArrayList<>();
    private long seq;
    private long ordinal;
    private int members;
  }

  private final Map<UUID, Conversation> conversations = new TreeMap<>();
  private final Map<Member, Long> open = new TreeMap<>();
  private final Map<Member, Long> read = new TreeMap<>();

  void apply(ViewChange change) {
    for (var row : change.conversations()) {
      var conversation = new Conversation();
      fresh(conversations.put(row.id(), conversation));
      advance(conversation, row.head());
    }
    change.heads().forEach(head -> advance(of(head.conversation()), head));
    for (var patch : change.stayPatches()) {
      if (patch.leftSeq() != null) {
        leave(new Member(patch.conversation(), patch.user()), patch.leftSeq());
      }
    }
    for (var stay : change.stays()) {
      var member = new Member(stay.conversation(), stay.user());
      fresh(open.put(member, stay.joinedSeq()));
      if (stay.leftSeq() != null) {
        leave(member, stay.leftSeq());
      }
    }
    change.memberships().forEach((id, grown) -> of(id).members += grown);
    change.messages().forEach(this::insert);
    change.messagePatches().forEach(this::patch);
    change
        .events()
        .forEach(row -> fresh(of(row.conversation()).events.put(row.seq(), row.record())));
    change
        .ownSends()
        .forEach(
            own -> read.merge(new Member(own.conversation(), own.author()), own.seq(), Math::max));
  }

  void apply(PersonalEntry entry) {
    if (entry.value() instanceof Personal.Read(var seq)) {
      read.merge(new Member(entry.conversation(), entry.user()), seq, Math::max);
    }
  }

  /// Rows stay, what the person wrote does not.
  void erase(UUID user) {
    for (var conversation : conversations.values()) {
      conversation.messages.replaceAll((_, row) ->
          row.author().equals(user)
              ? new Shown(row.seq(), row.ordinal(), user, "", row.revision(), row.deleted())
              : row);
    }
  }

  private void insert(ViewChange.MessageRow row) {
    fresh(
        of(row.conversation())
            .messages
            .put(
                row.id(),
                new Shown(
                    row.seq(),
                    row.ordinal(),
                    row.author(),
                    row.written().text(),
                    row.revision(),
                    row.deleted())));
  }

  private void patch(ViewChange.MessagePatch patch) {
    var messages = of(patch.conversation()).messages;
    var row = present(messages.get(patch.message()));
    var edit = patch.edit();
    var written = edit == null ? null : edit.written();
    messages.put(
        patch.message(),
        new Shown(
            row.seq(),
            row.ordinal(),
            row.author(),
            patch.deleted() ? "" : text(written, row.text()),
            edit == null ? row.revision() : edit.revision(),
            patch.deleted() || row.deleted()));
  }

  private static String text(@Nullable Written written, String before) {
    return written == null ? before : written.text();
  }

  private static void advance(Conversation conversation, ViewChange.Head head) {
    if (conversation.seq != head.before()) {
      throw new IllegalStateException(
          "Expected %s at %d, but it is at %d"
              .formatted(head.conversation(), head.before(), conversation.seq));
    }
    conversation.seq = head.seq();
    conversation.ordinal = head.ordinal();
  }

  private void leave(Member member, long seq) {
    long joined = present(open.remove(member));
    of(member.conversation()).stays.add(member.user() + " " + joined + "-" + seq);
  }

  long head(UUID id) {
    var conversation = conversations.get(id);
    return conversation == null ? 0 : conversation.seq;
  }

  boolean isMember(UUID conversation, UUID user) {
    return open.containsKey(new Member(conversation, user));
  }

  long members(UUID id) {
    return of(id).members;
  }

  Map<UUID, Shown> messages(UUID id) {
    return of(id).messages;
  }

  List<ChainedEvent> after(UUID id, long seq, int limit) {
    var conversation = conversations.get(id);
    return conversation == null
        ? List.of()
        : conversation.events.tailMap(seq, false).values().stream()
            .limit(limit)
            .map(EventCodec::decode)
            .toList();
  }

  Inbox.Snapshot inbox(UUID user) {
    var items = new ArrayList<Inbox.Item>();
    open.forEach((member, joined) -> {
      if (member.user().equals(user)) {
        items.add(
            new Inbox.Item(
                member.conversation(), head(member.conversation()), joined, json(member, joined)));
      }
    });
    return new Inbox.Snapshot(items, false);
  }

  /// Subtracted, never counted: how the inbox of the services does it.
  long unread(UUID id, UUID user) {
    var member = new Member(id, user);
    long through = Math.max(read.getOrDefault(member, 0L), open.getOrDefault(member, 0L));
    long before =
        of(id).messages.values().stream()
            .filter(message -> message.seq() <= through)
            .mapToLong(Shown::ordinal)
            .max()
            .orElse(0);
    return of(id).ordinal - before;
  }

  private ObjectNode json(Member member, long joined) {
    return Json.MAPPER
        .createObjectNode()
        .put("conversation", member.conversation().toString())
        .put("head_seq", head(member.conversation()))
        .put("joined_seq", joined)
        .put("members_count", members(member.conversation()))
        .put("unread", unread(member.conversation(), member.user()));
  }

  /// All but what members keep, in an order that does not depend on how it came.
  String text() {
    var text = new StringBuilder();
    conversations.forEach((id, conversation) ->
        text.append(id)
            .append(' ')
            .append(conversation.seq)
            .append(' ')
            .append(conversation.ordinal)
            .append(' ')
            .append(conversation.members)
            .append(' ')
            .append(conversation.stays.stream().sorted().toList())
            .append(conversation.messages)
            .append('\n'));
    return text.append(open).toString();
  }

  private Conversation of(UUID id) {
    return present(conversations.get(id));
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
}
