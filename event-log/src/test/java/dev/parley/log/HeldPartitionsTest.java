package dev.parley.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HeldPartitionsTest {

  private static final TopicPartition PARTITION = new TopicPartition("events", 3);

  private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
  private final HeldPartitions held =
      new HeldPartitions(consumer, LoopConfig.Start.GROUP, new Recorder("events"));

  @BeforeEach
  void assign() {
    consumer.assign(List.of(PARTITION));
    consumer.updateBeginningOffsets(Map.of(PARTITION, 5L));
    consumer.seek(PARTITION, 5);
  }

  @AfterEach
  void close() {
    consumer.close();
  }

  @Test
  void whatIsReadAgainComesOnceMoreAndIsNotPassedOver() {
    publish(5, 6);
    var dropped = poll();
    assertThat(offsets(dropped)).containsExactly(5L, 6L);

    held.readAgain(dropped);

    publish(5, 6, 7);
    var again = poll();
    assertThat(offsets(again)).containsExactly(5L, 6L, 7L);
    assertThat(held.batch(again).advances())
        .containsValue(new Batch.Advance(5, 8))
        .containsOnlyKeys(new LogPartition("events", 3));
  }

  private void publish(long... offsets) {
    for (long offset : offsets) {
      consumer.addRecord(new ConsumerRecord<>("events", 3, offset, "key", new byte[] {1}));
    }
  }

  private ConsumerRecords<String, byte[]> poll() {
    return consumer.poll(Duration.ZERO);
  }

  private static List<Long> offsets(ConsumerRecords<String, byte[]> records) {
    return records.records(PARTITION).stream().map(ConsumerRecord::offset).toList();
  }
}
