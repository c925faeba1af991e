package dev.parley.edge.hub;

import dev.parley.edge.loop.Loop;
import dev.parley.edge.outbox.Frame;
import dev.parley.schemas.event.ChainedEvent;
import dev.parley.schemas.event.Event;
import dev.parley.schemas.event.EventData;
import dev.parley.schemas.wire.KeyMissingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The conversations that somebody on this node listens to, each in its order.
///
/// A push is handed over only if its seq is the next one. Less: it is known and dropped. More: what
/// is missing is read first, as often as it takes; nothing is ever skipped. On the hub's loop, but
/// for [#isSubscribed].
final class Conversations {

  private static final Logger LOG = LoggerFactory.getLogger(Conversations.class);

  private final Loop loop;
  private final Feed feed;
  private final EventSource source;
  private final EventFrames frames;
  private final Consumer<Event> sight;
  private final HubLimits limits;
  private final HubCounters counters;
  private final Map<UUID, Conversation> open = new ConcurrentHashMap<>();

  Conversations(
      Loop loop,
      Feed feed,
      EventSource source,
      EventFrames frames,
      Consumer<Event> sight,
      HubLimits limits,
      HubCounters counters) {
    this.loop = loop;
    this.feed = feed;
    this.source = source;
    this.frames = frames;
    this.sight = sight;
    this.limits = limits;
    this.counters = counters;
  }

  /// Whether this node gets the conversation's pushes, and goes on doing so for a while.
  boolean isSubscribed(UUID id) {
    var conversation = open.get(id);
    if (conversation == null || !conversation.subscribed) {
      return false;
    }
    conversation.usedAtMillis = loop.nowMillis();
    return true;
  }

  int count() {
    return open.size();
  }

  /// Those that have got no further for so long although there is more. From any thread.
  Stuck stuck(long millis) {
    var before = loop.nowMillis() - millis;
    var count = 0;
    UUID first = null;
    var firstSince = Long.MAX_VALUE;
    for (var conversation : open.values()) {
      var since = conversation.waitingSinceMillis;
      if (since != Conversation.NOT_WAITING && since <= before) {
        count++;
        if (since < firstSince) {
          first = conversation.id;
          firstSince = since;
        }
      }
    }
    return new Stuck(count, first, first == null ? 0 : loop.nowMillis() - firstSince);
  }

  /// The conversation, subscribed from now on.
  ///
  /// @param viewHead how far a view of it is
  Conversation open(UUID id, long viewHead) {
    var conversation = open.get(id);
    if (conversation == null) {
      conversation = add(id);
      subscribe(conversation);
    }
    conversation.viewHead = Math.max(conversation.viewHead, viewHead);
    heardOf(conversation, viewHead);
    return conversation;
  }

  /// The conversation as one who joins at `seq` needs it: if it is new here, it starts just before.
  Conversation openToJoin(UUID id, long seq) {
    var conversation = open.get(id);
    if (conversation == null) {
      conversation = add(id);
      conversation.have = seq - 1;
      subscribe(conversation);
    }
    return conversation;
  }

  /// Runs `task` once pushes arrive and the position is known.
  void whenSubscribed(Conversation conversation, Runnable task) {
    var waiting = conversation.waiting;
    if (waiting == null) {
      task.run();
    } else {
      waiting.add(task);
    }
  }

  /// Runs `task` once nothing that was heard of is missing.
  void whenLevel(Conversation conversation, Runnable task) {
    if (conversation.isBehind()) {
      conversation.waitingForLevel.add(task);
    } else {
      task.run();
    }
  }

  /// Something says that the conversation reaches `seq`.
  void heardOf(Conversation conversation, long seq) {
    conversation.heardOf(seq, loop.nowMillis());
    if (conversation.have != Conversation.NOTHING_YET && conversation.isBehind()) {
      fill(conversation);
    }
  }

  /// An event was pushed, by whatever channel.
  void pushed(ChainedEvent chained) {
    sight.accept(chained.event());
    var conversation = open.get(chained.event().conversation());
    if (conversation == null) {
      return;
    }
    conversation.heardOf(chained.event().seq(), loop.nowMillis());
    if (conversation.have != Conversation.NOTHING_YET) {
      take(conversation, chained);
    }
  }

  void attach(Attachment attachment) {
    attachment.conversation.attachments.add(attachment);
    attachment.session.attachments.put(attachment.conversation.id, attachment);
  }

  /// The session listens to it no longer; the subscription lingers, since people come back.
  void detach(Attachment attachment) {
    attachment.ended = true;
    var conversation = attachment.conversation;
    conversation.attachments.remove(attachment);
    attachment.session.attachments.remove(conversation.id, attachment);
    if (conversation.attachments.isEmpty()) {
      conversation.usedAtMillis = loop.nowMillis();
      dropUnused(conversation);
    }
  }

  /// Hands the event to one who listens and is due for it. The event that ends a membership is the
  /// last that its person gets, unless a later join was heard of.
  void handOver(Attachment attachment, ChainedEvent chained, @Nullable Frame frame) {
    var event = chained.event();
    if (event.seq() > attachment.silentThrough
        && !attachment.session.offer(frame == null ? frames.of(chained) : frame)) {
      detach(attachment);
      return;
    }
    attachment.next = event.seq() + 1;
    if (attachment.isEndedBy(event)) {
      if (attachment.rejoinSeq > event.seq()) {
        goOnFrom(attachment, attachment.rejoinSeq);
      } else {
        attachment.session.departed(
            attachment.conversation.id,
            new LocalSession.Departure(
                event.seq(), Math.max(event.seq(), attachment.silentThrough)));
        detach(attachment);
      }
    }
  }

  /// Gives an event once more to one who had it, and lost it on the way.
  void offerAgain(Attachment attachment, ChainedEvent chained) {
    attachment.session.offer(frames.of(chained));
  }

  /// How long until the next sweep: without tails it is all that brings anything.
  long sweepMillis() {
    return source.tailsAnswer() ? limits.sweepMillis() : limits.sweepWithoutTailsMillis();
  }

  /// Compares all positions with the tails, so that a lost push without a successor is found.
  ///
  /// @param vanished called with what had a tail and has none any more
  void sweep(Consumer<Conversation> vanished, Runnable done) {
    sweep(new ArrayList<>(open.values()), 0, vanished, done);
  }

  private void sweep(
      List<Conversation> all, int from, Consumer<Conversation> vanished, Runnable done) {
    if (from >= all.size()) {
      done.run();
      return;
    }
    var chunk = all.subList(from, Math.min(all.size(), from + limits.sweepChunk()));
    source
        .tailHeads(chunk.stream().map(c -> c.id).toList())
        .whenComplete((heads, failure) ->
            loop.run(() -> {
              if (failure != null) {
                LOG.debug("The tails do not answer", failure);
                done.run();
                return;
              }
              chunk.forEach(c -> compare(c, heads.get(c.id), vanished));
              sweep(all, from + chunk.size(), vanished, done);
            }));
  }

  private void compare(
      Conversation conversation, @Nullable Long tailHead, Consumer<Conversation> vanished) {
    if (conversation.dropped) {
      return;
    }
    if (tailHead != null) {
      conversation.tailSeen = true;
      heardOf(conversation, tailHead);
    } else if (conversation.tailSeen) {
      conversation.tailSeen = false;
      vanished.accept(conversation);
    }
  }

  private Conversation add(UUID id) {
    var conversation = new Conversation(id);
    conversation.usedAtMillis = loop.nowMillis();
    conversation.waitingSinceMillis = loop.nowMillis();
    open.put(id, conversation);
    return conversation;
  }

  private void subscribe(Conversation conversation) {
    feed.subscribeConversation(conversation.id)
        .thenCompose(_ -> source.tailHeads(List.of(conversation.id)))
        .whenComplete((heads, failure) -> loop.run(() -> subscribed(conversation, heads, failure)));
  }

  private void subscribed(
      Conversation conversation, @Nullable Map<UUID, Long> heads, @Nullable Throwable failure) {
    if (conversation.dropped) {
      return;
    }
    if (heads == null) {
      LOG.debug("No position of {} yet", conversation.id, failure);
      loop.after(retryMillis(conversation.attempts++), () -> subscribe(conversation));
      return;
    }
    conversation.attempts = 0;
    var tailHead = heads.get(conversation.id);
    conversation.tailSeen = tailHead != null;
    if (conversation.have == Conversation.NOTHING_YET) {
      conversation.have = Math.max(tailHead == null ? 0 : tailHead, conversation.viewHead);
    }
    conversation.subscribed = true;
    conversation.came(loop.nowMillis());
    heardOf(conversation, tailHead == null ? 0 : tailHead);
    var waiting = conversation.waiting;
    conversation.waiting = null;
    if (waiting != null) {
      waiting.forEach(Runnable::run);
    }
    dropUnused(conversation);
  }

  private void take(Conversation conversation, ChainedEvent chained) {
    var seq = chained.event().seq();
    if (seq <= conversation.have) {
      return;
    }
    if (conversation.ahead.size() < limits.aheadMax() || seq == conversation.have + 1) {
      conversation.ahead.put(seq, chained);
    }
    deliverNext(conversation);
    if (conversation.isBehind()) {
      fill(conversation);
    }
  }

  /// Hands over what is there of the next events, in order.
  private void deliverNext(Conversation conversation) {
    var ahead = conversation.ahead;
    ahead.headMap(conversation.have, true).clear();
    try {
      while (!ahead.isEmpty() && ahead.firstKey() == conversation.have + 1) {
        deliver(conversation, ahead.firstEntry().getValue());
        ahead.pollFirstEntry();
      }
    } catch (KeyMissingException later) {
      // Stays in front; fill comes back to it.
      LOG.debug("{} waits: {}", conversation.id, later.getMessage());
    }
    if (!conversation.isBehind() && !conversation.waitingForLevel.isEmpty()) {
      var level = List.copyOf(conversation.waitingForLevel);
      conversation.waitingForLevel.clear();
      level.forEach(Runnable::run);
    }
  }

  private void deliver(Conversation conversation, ChainedEvent chained) {
    var seq = chained.event().seq();
    Frame frame = null;
    for (var attachment : conversation.attachments) {
      if (attachment.live && attachment.next == seq) {
        frame = frames.of(chained);
        break;
      }
    }
    conversation.have = seq;
    conversation.heardOf(seq, loop.nowMillis());
    conversation.came(loop.nowMillis());
    conversation.members += grown(chained.event());
    if (frame == null) {
      return;
    }
    counters.eventDelivered();
    // From the end, since handing over may remove the attachment.
    for (var i = conversation.attachments.size() - 1; i >= 0; i--) {
      var attachment = conversation.attachments.get(i);
      if (attachment.live && attachment.next == seq) {
        handOver(attachment, chained, frame);
      }
    }
  }

  private static int grown(Event event) {
    return switch (event.data()) {
      case EventData.MemberJoined _ -> 1;
      case EventData.MemberLeft _, EventData.MemberRemoved _ -> -1;
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
          0;
    };
  }

  /// The conversation if somebody here listens to it, or did lately.
  @Nullable Conversation find(UUID id) {
    return open.get(id);
  }

  private void fill(Conversation conversation) {
    if (conversation.filling || conversation.dropped) {
      return;
    }
    conversation.filling = true;
    counters.gapSeen();
    source
        .after(conversation.id, conversation.have, limits.chunk())
        .whenComplete((events, failure) -> loop.run(() -> filled(conversation, events, failure)));
  }

  private void filled(
      Conversation conversation, @Nullable List<ChainedEvent> events, @Nullable Throwable failure) {
    conversation.filling = false;
    if (conversation.dropped) {
      return;
    }
    if (events == null) {
      LOG.debug("Missing events of {} cannot be had yet", conversation.id, failure);
    }
    var before = conversation.have;
    for (var chained : events == null ? List.<ChainedEvent>of() : events) {
      sight.accept(chained.event());
      if (chained.event().seq() > conversation.have) {
        conversation.ahead.put(chained.event().seq(), chained);
        conversation.heardOf(chained.event().seq(), loop.nowMillis());
        deliverNext(conversation);
      }
    }
    deliverNext(conversation);
    if (!conversation.isBehind()) {
      conversation.attempts = 0;
    } else if (conversation.have > before) {
      conversation.attempts = 0;
      fill(conversation);
    } else {
      fillLater(conversation);
    }
  }

  private void fillLater(Conversation conversation) {
    conversation.filling = true;
    loop.after(
        retryMillis(conversation.attempts++),
        () -> {
          conversation.filling = false;
          deliverNext(conversation);
          if (conversation.isBehind()) {
            fill(conversation);
          }
        });
  }

  private void goOnFrom(Attachment attachment, long seq) {
    var unsent = Math.max(attachment.next, attachment.silentThrough + 1);
    if (unsent < seq) {
      attachment.session.offer(HubFrames.gap(attachment.conversation.id, unsent, seq - 1));
    }
    attachment.next = seq;
    attachment.floor = seq;
  }

  private void dropUnused(Conversation conversation) {
    if (!conversation.attachments.isEmpty() || conversation.dropped || conversation.lingering) {
      return;
    }
    var unusedMillis = loop.nowMillis() - conversation.usedAtMillis;
    if (unusedMillis < limits.lingerMillis()) {
      conversation.lingering = true;
      loop.after(
          limits.lingerMillis() - unusedMillis,
          () -> {
            conversation.lingering = false;
            dropUnused(conversation);
          });
      return;
    }
    conversation.dropped = true;
    conversation.subscribed = false;
    open.remove(conversation.id, conversation);
    feed.unsubscribeConversation(conversation.id);
  }

  /// Doubles from attempt to attempt, up to a limit.
  long retryMillis(int attempt) {
    return Math.min(
        limits.retryLastMillis(), limits.retryFirstMillis() << Math.min(attempt, Integer.SIZE / 2));
  }
}
