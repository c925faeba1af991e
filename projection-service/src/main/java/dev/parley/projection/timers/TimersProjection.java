package dev.parley.projection.timers;

import dev.parley.log.Batch;
import dev.parley.log.LogEntry;
import dev.parley.log.LogPartition;
import dev.parley.log.Projection;
import dev.parley.schemas.event.Event;
import dev.parley.schemas.event.EventData;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.topic.Topics;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Follows what waits for its time, from what was decided. Content stays sealed.
///
/// A scheduled message goes through three commands, each given until the log shows its outcome: its
/// release, which its author's cancellation may forestall; its send; and, where its conversation
/// refuses it, word of that. After a rebuild from the start of the log nothing is sent twice: the
/// ids of all commands follow from the message.
public final class TimersProjection implements Projection {

  private final TimerStore store;

  public TimersProjection(TimerStore store) {
    this.store = store;
  }

  @Override
  public String name() {
    return "timers";
  }

  @Override
  public Set<String> topics() {
    return Set.of(Topics.EVENTS, Topics.REJECTIONS);
  }

  @Override
  public Map<LogPartition, Long> positions(Set<LogPartition> partitions) {
    return partitions.isEmpty() ? Map.of() : store.positions(partitions);
  }

  @Override
  public void apply(Batch batch) {
    store.store(
        batch.advances(),
        changes -> {
          changes.look(settled(batch));
          batch.entries().forEach(entry -> apply(changes, entry));
        });
  }

  private static List<UUID> settled(Batch batch) {
    return batch.entries().stream()
        .filter(entry -> entry.partition().topic().equals(Topics.REJECTIONS))
        .map(entry -> entry.outcome().commandId())
        .toList();
  }

  private static void apply(TimerStore.Changes changes, LogEntry entry) {
    switch (entry.partition().topic()) {
      case Topics.EVENTS -> event(changes, entry.event().event());
      case Topics.REJECTIONS -> changes.settle(entry.outcome());
      default -> throw new IllegalArgumentException("Expected no entry of " + entry.partition());
    }
  }

  private static void event(TimerStore.Changes changes, Event event) {
    switch (event.data()) {
      case EventData.MessageScheduled scheduled -> {
        changes.put(
            Timer.release(
                event.conversation(),
                event.actor(),
                scheduled.message(),
                event.seq(),
                scheduled.atMillis()));
        changes.keep(
            Timer.subject(event.conversation(), scheduled.message()),
            scheduled.target(),
            event.actor(),
            scheduled.message(),
            event.seq(),
            scheduled.send());
      }
      case EventData.ScheduleEnded(var message, var end, _) -> {
        var subject = Timer.subject(event.conversation(), message);
        changes.remove(Timer.Kind.RELEASE, subject);
        switch (end) {
          case SENT -> changes.sendKept(subject, message, event.atMillis());
          case CANCELLED, FAILED -> changes.forget(subject);
        }
      }
      case EventData.MessageSent sent -> {
        changes.sent(Timer.subject(Ids.selfConversation(event.actor()), sent.message()));
        if (sent.expiresAtMillis() != 0) {
          changes.put(
              Timer.expire(
                  event.conversation(), event.actor(), sent.message(), sent.expiresAtMillis()));
        }
      }
      case EventData.MessageDeleted(var message, _) ->
          changes.deleted(Timer.subject(event.conversation(), message));
      case EventData.ConversationCreated _,
          EventData.MemberJoined _,
          EventData.MemberLeft _,
          EventData.MemberRemoved _,
          EventData.MemberRoleChanged _,
          EventData.MessageEdited _,
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
          EventData.ChannelRemoved _ -> {}
    }
  }
}
