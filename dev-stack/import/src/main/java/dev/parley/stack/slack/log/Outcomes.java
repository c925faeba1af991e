package dev.parley.stack.slack.log;

import dev.parley.log.KafkaConnection;
import dev.parley.schemas.event.Event;
import dev.parley.schemas.event.EventCodec;
import dev.parley.schemas.event.EventData;
import dev.parley.schemas.outcome.Outcome;
import dev.parley.schemas.outcome.OutcomeCodec;
import dev.parley.schemas.outcome.OutcomeEnvelope;
import dev.parley.schemas.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/// Follows events and refusals from the end of the log on and settles what is pending. Reads before
/// the commit: an outcome is determined once its command is in the log. One that comes twice is
/// counted once.
public final class Outcomes implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaConsumer<String, byte[]> consumer;
  private final Pending pending;
  private final Tally tally;
  private final Thread thread;
  private volatile @Nullable RuntimeException failure;
  private volatile boolean closing;

  /// Notes the ends of the topics: what is published from now on is seen.
  public Outcomes(KafkaConnection kafka, Pending pending, Tally tally) {
    this.pending = pending;
    this.tally = tally;
    this.consumer = LogReader.open(kafka, false, List.of(Topics.EVENTS, Topics.REJECTIONS));
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    ends.forEach(consumer::seek);
    this.thread = Thread.ofPlatform().name("outcomes").daemon().start(this::run);
  }

  /// @throws IllegalStateException if following has failed, which nothing would be counted after
  public void check() {
    RuntimeException cause = failure;
    if (cause != null) {
      throw new IllegalStateException("The log cannot be followed any more: " + cause, cause);
    }
  }

  @Override
  public void close() {
    closing = true;
    consumer.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try (consumer) {
      while (!closing) {
        consumer.poll(POLL).forEach(this::settle);
      }
    } catch (WakeupException e) {
      // Closing.
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  private void settle(ConsumerRecord<String, byte[]> record) {
    if (record.topic().equals(Topics.EVENTS)) {
      settle(EventCodec.decode(record.value()).event());
    } else {
      settle(OutcomeCodec.decode(record.value()));
    }
  }

  private void settle(Event event) {
    Pending.Asked what = pending.take(event.commandId());
    if (what == null) {
      return;
    }
    switch (event.data()) {
      case EventData.ConversationCreated _, EventData.MessageSent _ -> tally.added(what);
      // The conversation was there; people were missing in it.
      case EventData.MemberJoined _,
          EventData.MemberLeft _,
          EventData.MemberRemoved _,
          EventData.MemberRoleChanged _,
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
          tally.there(what);
    }
  }

  private void settle(OutcomeEnvelope outcome) {
    Pending.Asked what = pending.take(outcome.commandId());
    if (what == null) {
      return;
    }
    switch (outcome.outcome()) {
      case Outcome.Repeated _ -> tally.there(what);
      case Outcome.Rejected rejected -> tally.refused(what, rejected);
    }
  }
}
