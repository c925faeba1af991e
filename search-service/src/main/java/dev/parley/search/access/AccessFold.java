package dev.parley.search.access;

import dev.parley.schemas.conversation.ConversationChange;
import dev.parley.schemas.event.Event;
import dev.parley.schemas.event.EventData;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Folds the membership events of a batch into access rows. An event that a row has in it already
/// changes nothing, so a batch may come again.
public final class AccessFold {

  private final Map<String, AccessRow> rows = new HashMap<>();
  private final Map<String, AccessRow> changed = new LinkedHashMap<>();

  /// @param stored rows of [#needed], those that exist
  public AccessFold(Collection<AccessRow> stored) {
    stored.forEach(row -> rows.put(row.id(), row));
  }

  /// Ids of the rows that folding these events looks at.
  public static Set<String> needed(Collection<Event> events) {
    var ids = new TreeSet<String>();
    for (var event : events) {
      var user = member(event);
      if (user != null) {
        ids.add(AccessRow.Member.id(event.conversation(), user));
      } else if (event.data() instanceof EventData.ConversationCreated
          || event.data() instanceof EventData.ConversationChanged) {
        ids.add(AccessRow.Conversation.id(event.conversation()));
      }
    }
    return ids;
  }

  public void apply(Event event) {
    switch (event.data()) {
      case EventData.ConversationCreated created ->
          put(
              new AccessRow.Conversation(
                  event.conversation(), event.seq(), created.kind(), created.history()));
      case EventData.ConversationChanged(var change) -> changed(event, change);
      case EventData.MemberJoined(var user, var _) -> open(event, user);
      case EventData.MemberLeft(var user) -> close(event, user);
      case EventData.MemberRemoved(var user) -> close(event, user);
      case EventData.MemberRoleChanged _,
          EventData.MessageSent _,
          EventData.MessageEdited _,
          EventData.MessageDeleted _,
          EventData.ConversationArchived _,
          EventData.MemberMuted _,
          EventData.MemberBanned _,
          EventData.MemberUnbanned _,
          EventData.ReactionAdded _,
          EventData.ReactionRemoved _,
          EventData.MessagePinned _,
          EventData.MessageUnpinned _,
          EventData.ChannelAdded _,
          EventData.ChannelRemoved _,
          EventData.MessageScheduled _,
          EventData.ScheduleEnded _ -> {}
    }
  }

  /// The rows that differ from the stored ones.
  public List<AccessRow> changed() {
    return List.copyOf(changed.values());
  }

  /// The rule is one row, asked at each search: it holds for everybody at once.
  private void changed(Event event, ConversationChange change) {
    if (change.history() != null
        && rows.get(AccessRow.Conversation.id(event.conversation()))
            instanceof AccessRow.Conversation before) {
      put(
          new AccessRow.Conversation(
              event.conversation(), event.seq(), before.kind(), change.history()));
    }
  }

  private void open(Event event, UUID user) {
    var row = member(event, user);
    if (row.seq() >= event.seq() || row.isPresent()) {
      return;
    }
    var stays = new ArrayList<>(row.stays());
    stays.add(new Interval(event.seq(), null));
    put(new AccessRow.Member(event.conversation(), user, event.seq(), stays));
  }

  private void close(Event event, UUID user) {
    var row = member(event, user);
    if (row.seq() >= event.seq() || !row.isPresent()) {
      return;
    }
    var stays = new ArrayList<>(row.stays());
    stays.add(new Interval(stays.removeLast().from(), event.seq()));
    put(new AccessRow.Member(event.conversation(), user, event.seq(), stays));
  }

  private AccessRow.Member member(Event event, UUID user) {
    var row = rows.get(AccessRow.Member.id(event.conversation(), user));
    return row instanceof AccessRow.Member member
        ? member
        : new AccessRow.Member(event.conversation(), user, 0, List.of());
  }

  private void put(AccessRow row) {
    var stored = rows.get(row.id());
    if (stored == null || stored.seq() < row.seq()) {
      rows.put(row.id(), row);
      changed.put(row.id(), row);
    }
  }

  private static @Nullable UUID member(Event event) {
    return switch (event.data()) {
      case EventData.MemberJoined(var user, var _) -> user;
      case EventData.MemberLeft(var user) -> user;
      case EventData.MemberRemoved(var user) -> user;
      case EventData.ConversationCreated _,
          EventData.MemberRoleChanged _,
          EventData.MessageSent _,
          EventData.MessageEdited _,
          EventData.MessageDeleted _,
          EventData.ConversationChanged _,
          EventData.ConversationArchived _,
          EventData.MemberMuted _,
          EventData.MemberBanned _,
          EventData.MemberUnbanned _,
          EventData.ReactionAdded _,
          EventData.ReactionRemoved _,
          EventData.MessagePinned _,
          EventData.MessageUnpinned _,
          EventData.ChannelAdded _,
          EventData.ChannelRemoved _,
          EventData.MessageScheduled _,
          EventData.ScheduleEnded _ ->
          null;
    };
  }
}
