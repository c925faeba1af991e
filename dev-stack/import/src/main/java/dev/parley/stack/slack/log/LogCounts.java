package dev.parley.stack.slack.log;

import dev.parley.log.KafkaConnection;
import dev.parley.schemas.event.EventCodec;
import dev.parley.schemas.event.EventData;
import dev.parley.schemas.topic.Topics;
import dev.parley.stack.slack.Counts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/// Counts the log itself, from its first event to its end at this moment: the truth that views and
/// index are held against.
public final class LogCounts {

  private static final Duration POLL = Duration.ofMillis(200);

  private long conversations;
  private long messages;
  private long imported;

  private LogCounts() {}

  /// @param progress told how many records were read of how many
  public static Counts read(KafkaConnection kafka, BiConsumer<Long, Long> progress) {
    Map<TopicPartition, Long> ends = ends(kafka);
    long total = ends.values().stream().mapToLong(Long::longValue).sum();
    LogCounts counts = new LogCounts();
    try (KafkaConsumer<String, byte[]> consumer =
        LogReader.open(kafka, true, List.of(Topics.EVENTS))) {
      consumer.seekToBeginning(consumer.assignment());
      while (!reached(consumer, ends)) {
        consumer.poll(POLL).forEach(counts::add);
        progress.accept(read(consumer), total);
      }
    }
    return new Counts(counts.conversations, counts.messages, counts.imported);
  }

  /// With what is not committed yet: it will be in a moment, and is waited for.
  private static Map<TopicPartition, Long> ends(KafkaConnection kafka) {
    try (KafkaConsumer<String, byte[]> consumer =
        LogReader.open(kafka, false, List.of(Topics.EVENTS))) {
      return consumer.endOffsets(consumer.assignment());
    }
  }

  private static boolean reached(
      KafkaConsumer<String, byte[]> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  private static long read(KafkaConsumer<String, byte[]> consumer) {
    return consumer.assignment().stream().mapToLong(consumer::position).sum();
  }

  private void add(ConsumerRecord<String, byte[]> record) {
    switch (EventCodec.decode(record.value()).event().data()) {
      case EventData.ConversationCreated _ -> conversations++;
      case EventData.MessageSent sent -> {
        messages++;
        imported += sent.imported() ? 1 : 0;
      }
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
          EventData.ScheduleEnded _ -> {}
    }
  }
}
