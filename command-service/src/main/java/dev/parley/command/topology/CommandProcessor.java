package dev.parley.command.topology;

import dev.parley.command.decider.Writer;
import dev.parley.command.decider.Written;
import dev.parley.schemas.command.CommandCodec;
import dev.parley.schemas.command.CommandEnvelope;
import dev.parley.schemas.command.Origin;
import dev.parley.schemas.event.ChainedEvent;
import dev.parley.schemas.event.CloudEventHeaders;
import dev.parley.schemas.outcome.Outcome;
import dev.parley.schemas.outcome.OutcomeCodec;
import dev.parley.schemas.outcome.OutcomeEnvelope;
import dev.parley.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// Decides the commands of one partition. Everything in an output record (key, value, headers,
/// timestamp) follows from the commands up to it, so that an output that was seen before a crash is
/// the output after it.
public final class CommandProcessor implements Processor<String, byte[], String, byte[]> {

  private final Writer writer;
  private final StoppedPartitions stopped;
  private @Nullable ProcessorContext<String, byte[]> context;
  private @Nullable KeyValueStore<Bytes, byte[]> store;

  public CommandProcessor(Writer writer, StoppedPartitions stopped) {
    this.writer = writer;
    this.stopped = stopped;
  }

  @Override
  public void init(ProcessorContext<String, byte[]> processorContext) {
    context = processorContext;
    store = processorContext.getStateStore(DecidingTopology.STORE);
  }

  @Override
  public void process(Record<String, byte[]> record) {
    CommandEnvelope command;
    Written written;
    try {
      command = command(record);
      written =
          writer.write(
              new StoredConversation(started(store), command.conversation()),
              command,
              record.timestamp());
    } catch (KafkaException ofTheStore) {
      // The store or its broker failed, not the command.
      throw ofTheStore;
    } catch (RuntimeException undecidable) {
      throw stop(undecidable);
    }
    switch (written) {
      case Written.Appended(var events) ->
          events.forEach(event -> forward(record, command.origin(), event));
      case Written.Answered(var outcome) -> forward(record, command, outcome);
    }
  }

  private static CommandEnvelope command(Record<String, byte[]> record) {
    CommandEnvelope command = CommandCodec.decode(record.value());
    if (!command.conversation().toString().equals(record.key())) {
      throw new IllegalArgumentException(
          "Expected the conversation %s as key, but it is %s"
              .formatted(command.conversation(), record.key()));
    }
    return command;
  }

  private void forward(Record<String, byte[]> command, Origin origin, ChainedEvent event) {
    Headers headers = new RecordHeaders();
    CloudEventHeaders.of(event.event()).forEach((name, value) -> headers.add(name, utf8(value)));
    if (origin.reply() && !origin.node().isEmpty()) {
      headers.add(Topics.ORIGIN_HEADER, utf8(origin.node()));
    }
    started(context)
        .forward(
            new Record<>(command.key(), event.record(), command.timestamp(), headers),
            DecidingTopology.EVENTS);
  }

  private void forward(Record<String, byte[]> record, CommandEnvelope command, Outcome outcome) {
    OutcomeEnvelope envelope =
        new OutcomeEnvelope(
            command.commandId(),
            command.conversation(),
            command.actor(),
            command.origin().node(),
            command.origin().copy(),
            outcome);
    started(context)
        .forward(
            new Record<>(
                record.key(),
                OutcomeCodec.encode(envelope),
                record.timestamp(),
                new RecordHeaders()),
            DecidingTopology.REJECTIONS);
  }

  private PartitionStoppedException stop(RuntimeException undecidable) {
    RecordMetadata at = started(context).recordMetadata().orElseThrow();
    String reason = undecidable.getClass().getSimpleName() + ": " + undecidable.getMessage();
    stopped.stop(
        new TopicPartition(at.topic(), at.partition()),
        new StoppedPartitions.Stop(at.offset(), reason));
    return new PartitionStoppedException(
        "%s-%d stopped at offset %d: %s".formatted(at.topic(), at.partition(), at.offset(), reason),
        undecidable);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static <T> T started(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("Expected init to be called first, but it was not");
    }
    return part;
  }
}
