package dev.parley.projection.inbox;

import dev.parley.projection.testing.RandomHistory.Line;
import dev.parley.schemas.content.ContentReader;
import dev.parley.schemas.content.Opened;
import dev.parley.schemas.content.Place;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.Everyone;
import dev.parley.schemas.conversation.HistoryVisibility;
import dev.parley.schemas.event.Event;
import dev.parley.schemas.event.EventData;
import dev.parley.schemas.event.EventData.MessageSent;
import dev.parley.schemas.personal.Personal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.ToLongFunction;

/// Counts what is unread one by one, going through all that ever happened for each question: slow,
/// and as simple as the definition.
record Recount(List<Line> lines, ContentReader reader) {

  record Count(long unread, long mentions) {}

  /// The conversations that the person is a member of, with what is unread in each.
  TreeMap<UUID, Count> of(UUID user) {
    var counts = new TreeMap<UUID, Count>();
    for (var conversation : conversations()) {
      if (joinedSeq(conversation, user) > 0) {
        counts.put(conversation, of(conversation, user));
      }
    }
    return counts;
  }

  private Count of(UUID conversation, UUID user) {
    var gone = gone(conversation);
    long read = readSeq(conversation, user);
    long unread = 0;
    long mentions = 0;
    for (var event : events(conversation)) {
      if (event.data() instanceof MessageSent sent && event.seq() > read) {
        unread++;
        boolean called = sent.everyone() != Everyone.NONE || mentioned(event, sent).contains(user);
        mentions += called && !gone.contains(sent.message()) ? 1 : 0;
      }
    }
    return new Count(unread, mentions);
  }

  /// Unread replies of each thread that has some and whose first message the person sees.
  TreeMap<UUID, Long> replies(UUID conversation, UUID user) {
    var gone = gone(conversation);
    var unread = new TreeMap<UUID, Long>();
    for (var root : seen(conversation, user)) {
      long read = threadReadSeq(conversation, user, root);
      long count = 0;
      for (var event : events(conversation)) {
        if (event.data() instanceof MessageSent sent
            && root.equals(sent.thread())
            && event.seq() > read
            && !gone.contains(sent.message())) {
          count++;
        }
      }
      if (count > 0) {
        unread.put(root, count);
      }
    }
    return unread;
  }

  /// Whether the person gets no notice of the conversation: the last word counts.
  boolean muted(UUID conversation, UUID user, long nowMillis) {
    long until = 0;
    for (var value : kept(conversation, user)) {
      if (value instanceof Personal.Muted(var untilMillis)) {
        until = untilMillis;
      }
    }
    return until < 0 || until > nowMillis;
  }

  private long readSeq(UUID conversation, UUID user) {
    long mark =
        highest(conversation, user, value -> value instanceof Personal.Read(var seq) ? seq : 0);
    long ownSend = 0;
    for (var event : events(conversation)) {
      if (event.data() instanceof MessageSent && event.actor().equals(user)) {
        ownSend = event.seq();
      }
    }
    return Math.max(Math.max(mark, ownSend), joinedSeq(conversation, user));
  }

  private long threadReadSeq(UUID conversation, UUID user, UUID root) {
    long mark =
        highest(
            conversation,
            user,
            value ->
                value instanceof Personal.ThreadRead(var thread, var seq) && thread.equals(root)
                    ? seq
                    : 0);
    long ownReply = 0;
    for (var event : events(conversation)) {
      if (event.data() instanceof MessageSent sent
          && root.equals(sent.thread())
          && event.actor().equals(user)) {
        ownReply = event.seq();
      }
    }
    return Math.max(Math.max(mark, ownReply), joinedSeq(conversation, user));
  }

  private long highest(UUID conversation, UUID user, ToLongFunction<Personal> seq) {
    return kept(conversation, user).stream().mapToLong(seq).max().orElse(0);
  }

  /// Where the present stay began; 0: not a member.
  private long joinedSeq(UUID conversation, UUID user) {
    long joined = 0;
    for (var event : events(conversation)) {
      switch (event.data()) {
        case EventData.MemberJoined(var who, _) when who.equals(user) -> joined = event.seq();
        case EventData.MemberLeft(var who) when who.equals(user) -> joined = 0;
        case EventData.MemberRemoved(var who) when who.equals(user) -> joined = 0;
        case EventData _ -> {}
      }
    }
    return joined;
  }

  private Set<UUID> gone(UUID conversation) {
    var gone = new HashSet<UUID>();
    for (var event : events(conversation)) {
      if (event.data() instanceof EventData.MessageDeleted(var message, _)) {
        gone.add(message);
      }
    }
    return gone;
  }

  /// Messages of the time that the person may read and that they did not hide.
  private Set<UUID> seen(UUID conversation, UUID user) {
    var created = (EventData.ConversationCreated) events(conversation).getFirst().data();
    boolean all =
        created.kind() == ConversationKind.CHANNEL
            || created.history() == HistoryVisibility.FROM_START;
    var seen = new TreeSet<UUID>();
    boolean there = false;
    for (var event : events(conversation)) {
      switch (event.data()) {
        case EventData.MemberJoined(var who, _) when who.equals(user) -> there = true;
        case EventData.MemberLeft(var who) when who.equals(user) -> there = false;
        case EventData.MemberRemoved(var who) when who.equals(user) -> there = false;
        case MessageSent sent -> {
          if (all || there) {
            seen.add(sent.message());
          }
        }
        case EventData _ -> {}
      }
    }
    for (var value : kept(conversation, user)) {
      if (value instanceof Personal.Hidden(var message)) {
        seen.remove(message);
      }
    }
    return seen;
  }

  private List<UUID> mentioned(Event event, MessageSent sent) {
    var place = new Place(event.conversation(), sent.message(), event.actor());
    return switch (reader.open(sent.body(), place)) {
      case Opened.Readable(var content) -> content.mentions();
      case Opened.Erased() -> List.of();
      case Opened.KeyMissing() -> throw new IllegalStateException("Expected all keys");
    };
  }

  private Set<UUID> conversations() {
    var conversations = new TreeSet<UUID>();
    for (var line : lines) {
      if (line instanceof Line.Happened(var chained)) {
        conversations.add(chained.event().conversation());
      }
    }
    return conversations;
  }

  private List<Event> events(UUID conversation) {
    var events = new ArrayList<Event>();
    for (var line : lines) {
      if (line instanceof Line.Happened(var chained)
          && chained.event().conversation().equals(conversation)) {
        events.add(chained.event());
      }
    }
    return events;
  }

  private List<Personal> kept(UUID conversation, UUID user) {
    var kept = new ArrayList<Personal>();
    for (var line : lines) {
      if (line instanceof Line.Kept(var entry)
          && entry.conversation().equals(conversation)
          && entry.user().equals(user)) {
        kept.add(entry.value());
      }
    }
    return kept;
  }
}
