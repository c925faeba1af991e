package dev.parley.edge.testkit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import dev.parley.edge.hub.EventSource;
import dev.parley.edge.hub.Feed;
import dev.parley.edge.hub.Inbox;
import dev.parley.edge.loop.Loop;
import dev.parley.schemas.content.Body;
import dev.parley.schemas.content.Content;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.HistoryVisibility;
import dev.parley.schemas.conversation.Role;
import dev.parley.schemas.event.ChainedEvent;
import dev.parley.schemas.event.Event;
import dev.parley.schemas.event.EventCodec;
import dev.parley.schemas.event.EventData;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.wire.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/// Log, Redis and views in memory, each as far as it is let: what was appended, what the tails
/// still hold, what the views have reached, who is subscribed. Answers take a moment.
public final class FakeLog implements Feed, EventSource, Inbox {

  private final Loop loop;
  private final Map<UUID, List<ChainedEvent>> truth = new LinkedHashMap<>();
  private final Map<UUID, Long> tailFrom = new HashMap<>();
  private final Map<UUID, Integer> viewed = new HashMap<>();
  private final Set<UUID> conversations = new HashSet<>();
  private final Set<UUID> people = new HashSet<>();

  /// How long an answer takes.
  public Supplier<Long> delayMillis = () -> 1L;

  /// Whether Redis answers.
  public boolean redisReached = true;

  /// Whether projection-service answers.
  public boolean viewsReached = true;

  /// Conversations that the views tell at once.
  public int inboxMax = Integer.MAX_VALUE;

  /// Reads of tails or history.
  public int reads;

  public FakeLog(Loop loop) {
    this.loop = loop;
  }

  /// Appends, and adds to the tail. What is pushed is the test's matter.
  public ChainedEvent append(UUID conversation, UUID actor, EventData data) {
    var events = truth.computeIfAbsent(conversation, _ -> new ArrayList<>());
    var chained =
        EventCodec.chain(
            new Event(
                conversation,
                events.size() + 1,
                events.size() + 1,
                loop.nowMillis(),
                actor,
                Ids.uuid7(),
                "e1",
                ByteString.EMPTY,
                "",
                data));
    events.add(chained);
    return chained;
  }

  public ChainedEvent message(UUID conversation, UUID actor) {
    return append(
        conversation,
        actor,
        new EventData.MessageSent(
            Ids.uuid7(), new Body.Plain(new Content("hi", List.of())), null, null, false));
  }

  /// A new group with these members; the views have reached it.
  public UUID group(UUID... members) {
    var conversation = Ids.uuid7();
    append(
        conversation,
        members[0],
        new EventData.ConversationCreated(
            ConversationKind.GROUP, "g", "", HistoryVisibility.FROM_START, false));
    for (var member : members) {
      join(conversation, member);
    }
    view(conversation);
    return conversation;
  }

  public ChainedEvent join(UUID conversation, UUID user) {
    return append(conversation, user, new EventData.MemberJoined(user, Role.MEMBER));
  }

  public ChainedEvent remove(UUID conversation, UUID user) {
    return append(conversation, user, new EventData.MemberRemoved(user));
  }

  /// The views reach the end.
  public void view(UUID conversation) {
    viewed.put(conversation, events(conversation).size());
  }

  public void viewAll() {
    truth.keySet().forEach(this::view);
  }

  /// Redis forgets all tails.
  public void flush() {
    truth.forEach((id, events) -> tailFrom.put(id, (long) events.size() + 1));
  }

  public long head(UUID conversation) {
    return events(conversation).size();
  }

  public Collection<UUID> all() {
    return truth.keySet();
  }

  public boolean isSubscribed(UUID conversation) {
    return conversations.contains(conversation);
  }

  public boolean isSubscribedUser(UUID user) {
    return people.contains(user);
  }

  /// The seq since when the user is a member as of `upTo`, or 0.
  public long memberSince(UUID conversation, UUID user, long upTo) {
    var since = 0L;
    for (var chained : events(conversation)) {
      var event = chained.event();
      if (event.seq() > upTo) {
        break;
      }
      if (event.data() instanceof EventData.MemberJoined(var joined, _) && joined.equals(user)) {
        since = since == 0 ? event.seq() : since;
      } else if (event.data() instanceof EventData.MemberRemoved(var removed)
          && removed.equals(user)) {
        since = 0;
      }
    }
    return since;
  }

  public ChainedEvent at(UUID conversation, long seq) {
    return events(conversation).get((int) seq - 1);
  }

  @Override
  public CompletionStage<Void> subscribeConversation(UUID conversation) {
    return later(() -> {
      conversations.add(conversation);
      return null;
    });
  }

  @Override
  public void unsubscribeConversation(UUID conversation) {
    conversations.remove(conversation);
  }

  @Override
  public CompletionStage<Void> subscribeUser(UUID user) {
    people.add(user);
    return later(() -> null);
  }

  @Override
  public void unsubscribeUser(UUID user) {
    people.remove(user);
  }

  @Override
  public CompletionStage<List<ChainedEvent>> after(UUID conversation, long seq, int limit) {
    reads++;
    return later(() -> {
      var all = events(conversation);
      if (redisReached && seq + 1 >= tailFrom.getOrDefault(conversation, 1L)) {
        return slice(all, seq, limit, all.size());
      }
      if (!viewsReached) {
        throw new IllegalStateException("The views are away");
      }
      return slice(all, seq, limit, viewed.getOrDefault(conversation, 0));
    });
  }

  @Override
  public CompletionStage<Map<UUID, Long>> tailHeads(Collection<UUID> asked) {
    return later(() -> {
      if (!redisReached) {
        throw new IllegalStateException("Redis is away");
      }
      var heads = new HashMap<UUID, Long>();
      for (var id : asked) {
        if (head(id) >= tailFrom.getOrDefault(id, 1L) && head(id) > 0) {
          heads.put(id, head(id));
        }
      }
      return heads;
    });
  }

  @Override
  public CompletionStage<Snapshot> of(UUID user) {
    return later(() -> {
      if (!viewsReached) {
        throw new IllegalStateException("The views are away");
      }
      var items = new ArrayList<Item>();
      for (var id : truth.keySet()) {
        var head = (long) viewed.getOrDefault(id, 0);
        var since = memberSince(id, user, head);
        if (since > 0) {
          items.add(new Item(id, head, since, json(id, head, since)));
        }
      }
      return new Snapshot(
          items.subList(0, Math.min(items.size(), inboxMax)), items.size() > inboxMax);
    });
  }

  private static ObjectNode json(UUID id, long head, long since) {
    return Json.MAPPER
        .createObjectNode()
        .put("conversation", id.toString())
        .put("head_seq", head)
        .put("joined_seq", since);
  }

  private static List<ChainedEvent> slice(List<ChainedEvent> all, long seq, int limit, int end) {
    return List.copyOf(all.subList((int) Math.min(seq, end), (int) Math.min(end, seq + limit)));
  }

  private List<ChainedEvent> events(UUID conversation) {
    return truth.getOrDefault(conversation, List.of());
  }

  private <T> CompletionStage<T> later(Supplier<T> answer) {
    var future = new CompletableFuture<T>();
    loop.after(
        delayMillis.get(),
        () -> {
          try {
            future.complete(answer.get());
          } catch (IllegalStateException away) {
            future.completeExceptionally(away);
          }
        });
    return future;
  }
}
