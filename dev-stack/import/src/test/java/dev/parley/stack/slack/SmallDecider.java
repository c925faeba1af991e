package dev.parley.stack.slack;

import com.google.protobuf.ByteString;
import dev.parley.log.PublisherConfig;
import dev.parley.log.RecordPublisher;
import dev.parley.schemas.command.Command;
import dev.parley.schemas.command.CommandCodec;
import dev.parley.schemas.command.CommandEnvelope;
import dev.parley.schemas.event.Event;
import dev.parley.schemas.event.EventCodec;
import dev.parley.schemas.event.EventData;
import dev.parley.schemas.outcome.Outcome;
import dev.parley.schemas.outcome.OutcomeCodec;
import dev.parley.schemas.outcome.OutcomeEnvelope;
import dev.parley.schemas.topic.Topics;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/// What an import needs of the decider: new, already there, refused; on a real log.
final class SmallDecider implements AutoCloseable {

  private final String bootstrap;
  private final Set<UUID> known = new HashSet<>();
  private final AtomicInteger left;
  private final Thread thread;
  private volatile boolean closing;

  /// @param decisionsMax stops to decide after so many, as one that was killed
  SmallDecider(String bootstrap, int decisionsMax) {
    this.bootstrap = bootstrap;
    this.left = new AtomicInteger(decisionsMax);
    this.thread = Thread.ofPlatform().name("small-decider").daemon().start(this::run);
  }

  void goOn() {
    left.set(Integer.MAX_VALUE);
  }

  @Override
  public void close() throws InterruptedException {
    closing = true;
    thread.join();
  }

  private void run() {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", bootstrap);
    properties.put("max.poll.records", 50);
    try (RecordPublisher publisher =
            new RecordPublisher(PublisherConfig.of(bootstrap, "small-decider"));
        KafkaConsumer<String, byte[]> consumer =
            new KafkaConsumer<>(
                properties, new StringDeserializer(), new ByteArrayDeserializer())) {
      publisher.prepare(Topics.EVENTS, Duration.ofSeconds(10));
      publisher.prepare(Topics.REJECTIONS, Duration.ofSeconds(10));
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.COMMANDS).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (!closing) {
        consumer.poll(Duration.ofMillis(50)).forEach(record -> decide(record, publisher));
      }
    }
  }

  private void decide(ConsumerRecord<String, byte[]> record, RecordPublisher publisher) {
    while (left.getAndDecrement() <= 0 && !closing) {
      Thread.onSpinWait();
    }
    CommandEnvelope command = CommandCodec.decode(record.value());
    switch (command.command()) {
      case Command.ImportConversation create when known.add(command.conversation()) ->
          event(
              command,
              new EventData.ConversationCreated(
                  create.kind(), create.title(), create.topic(), create.history(), true),
              publisher);
      case Command.ImportMessage message
          when message.thread() != null && !known.contains(message.thread()) ->
          throw new IllegalStateException("Expected the thread's first message to come first");
      case Command.ImportMessage message when known.add(command.commandId()) ->
          event(
              command,
              new EventData.MessageSent(
                  command.commandId(), message.body(), null, message.thread(), true),
              publisher);
      default -> outcome(command, new Outcome.Repeated(1, 1, 1), publisher);
    }
  }

  private static void event(CommandEnvelope command, EventData data, RecordPublisher publisher) {
    Event event =
        new Event(
            command.conversation(),
            1,
            1,
            1,
            command.actor(),
            command.commandId(),
            "e1",
            ByteString.EMPTY,
            "",
            data);
    publisher.publish(
        Topics.EVENTS, command.conversation().toString(), EventCodec.chain(event).record());
  }

  private static void outcome(CommandEnvelope command, Outcome outcome, RecordPublisher publisher) {
    publisher.publish(
        Topics.REJECTIONS,
        command.conversation().toString(),
        OutcomeCodec.encode(
            new OutcomeEnvelope(
                command.commandId(), command.conversation(), command.actor(), "", 0, outcome)));
  }
}
