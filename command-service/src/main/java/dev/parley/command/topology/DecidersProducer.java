package dev.parley.command.topology;

import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// The topology's producer, which tells how long a commit takes: from the flush to the answer of
/// the coordinator.
final class DecidersProducer extends KafkaProducer<byte[], byte[]> {

  private final CommitPace pace;

  DecidersProducer(Map<String, Object> config, CommitPace pace) {
    super(config, new ByteArraySerializer(), new ByteArraySerializer());
    this.pace = pace;
  }

  /// A producer that takes the place of a fenced one, perhaps in the middle of a commit.
  @Override
  public void initTransactions() {
    pace.aborted();
    super.initTransactions();
  }

  @Override
  public void flush() {
    pace.commits();
    super.flush();
  }

  @Override
  public void commitTransaction() {
    super.commitTransaction();
    pace.committed();
  }

  @Override
  public void abortTransaction() {
    super.abortTransaction();
    pace.aborted();
  }
}
