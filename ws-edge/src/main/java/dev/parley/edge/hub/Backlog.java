package dev.parley.edge.hub;

import dev.parley.edge.loop.Loop;
import dev.parley.schemas.event.ChainedEvent;
import dev.parley.schemas.wire.KeyMissingException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads what a session misses of a conversation, until it is level with the node; then the session
/// is live. Nothing is buffered meanwhile: who is not live is passed over by the fan-out and reads
/// on. On the hub's loop.
final class Backlog {

  private static final Logger LOG = LoggerFactory.getLogger(Backlog.class);

  private final Loop loop;
  private final EventSource source;
  private final Conversations conversations;
  private final HubLimits limits;

  Backlog(Loop loop, EventSource source, Conversations conversations, HubLimits limits) {
    this.loop = loop;
    this.source = source;
    this.conversations = conversations;
    this.limits = limits;
  }

  /// Sets where the attachment begins, from what the client has and what the view knew.
  ///
  /// Membership is known as of the view. So events after it are read in any case, even those that
  /// the client says it has: one of them may be its removal.
  ///
  /// @param clientHead the last seq that the client has
  void place(Attachment attachment, Inbox.Item item, long clientHead) {
    var from = Math.max(clientHead + 1, item.joinedSeq());
    if (item.headSeq() - from + 1 > limits.inlineMax()) {
      from = item.headSeq() + 1;
    }
    if (from > clientHead + 1) {
      attachment.session.offer(HubFrames.gap(item.conversation(), clientHead + 1, from - 1));
    }
    attachment.next = Math.min(from, item.headSeq() + 1);
    attachment.silentThrough = from - 1;
  }

  /// Reads from the attachment's position until it is live, then runs `done`; also if it ends.
  void catchUp(Attachment attachment, Runnable done) {
    var conversation = attachment.conversation;
    if (attachment.ended || attachment.session.gone) {
      done.run();
    } else if (conversation.have == Conversation.NOTHING_YET) {
      conversations.whenSubscribed(conversation, () -> catchUp(attachment, done));
    } else if (attachment.next > conversation.have) {
      attachment.live = true;
      conversations.whenLevel(conversation, done);
    } else if (!attachment.session.receiver.hasRoom()) {
      attachment.session.receiver.whenRoom(() -> loop.run(() -> catchUp(attachment, done)));
    } else {
      read(attachment, done);
    }
  }

  /// Gives what lies after `head` and was given before once more, in order; of what is beyond the
  /// limit, or from before the session listened, a gap: what is not for its person stays out of
  /// history, too.
  void again(Attachment attachment, long head) {
    var to = attachment.next - 1;
    var from = Math.max(head + 1, Math.min(attachment.floor, to + 1));
    if (from > head + 1) {
      attachment.session.offer(HubFrames.gap(attachment.conversation.id, head + 1, from - 1));
    }
    if (from > to) {
      return;
    }
    if (to - from + 1 > limits.chunk()) {
      attachment.session.offer(HubFrames.gap(attachment.conversation.id, from, to));
      return;
    }
    source
        .after(attachment.conversation.id, from - 1, limits.chunk())
        .whenComplete((events, failure) ->
            loop.run(() -> {
              if (events == null) {
                LOG.debug("{} cannot be given again", attachment.conversation.id, failure);
                return;
              }
              events.stream()
                  .filter(chained -> !attachment.ended && chained.event().seq() <= to)
                  .forEach(chained -> conversations.offerAgain(attachment, chained));
            }));
  }

  private void read(Attachment attachment, Runnable done) {
    source
        .after(attachment.conversation.id, attachment.next - 1, limits.chunk())
        .whenComplete(
            (events, failure) -> loop.run(() -> handOver(attachment, events, failure, done)));
  }

  private void handOver(
      Attachment attachment,
      @Nullable List<ChainedEvent> events,
      @Nullable Throwable failure,
      Runnable done) {
    if (events == null) {
      LOG.debug("No backlog of {} yet", attachment.conversation.id, failure);
    }
    var before = attachment.next;
    for (var chained : events == null ? List.<ChainedEvent>of() : events) {
      if (attachment.ended) {
        break;
      }
      if (chained.event().seq() != attachment.next) {
        continue;
      }
      try {
        conversations.handOver(attachment, chained, null);
      } catch (KeyMissingException later) {
        LOG.debug("A backlog waits: {}", later.getMessage());
        break;
      }
    }
    if (attachment.ended || attachment.next > before) {
      attachment.attempts = 0;
      catchUp(attachment, done);
    } else {
      loop.after(conversations.retryMillis(attachment.attempts++), () -> catchUp(attachment, done));
    }
  }
}
