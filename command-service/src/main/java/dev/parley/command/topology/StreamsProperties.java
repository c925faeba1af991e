package dev.parley.command.topology;

import dev.parley.command.CommandServiceConfig;
import dev.parley.log.KafkaConnection;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/// The settings of Kafka Streams, and why.
public final class StreamsProperties {

  /// Nodes that come back look for their partitions after so long, milliseconds; the least allowed.
  private static final int PROBING_MILLIS = 60_000;

  /// The first record after a commit may find the broker still closing the transaction; the default
  /// of 100 ms would be felt by everybody who writes then.
  private static final int RETRY_MILLIS = 5;

  private static final int RETRY_MILLIS_MAX = 500;

  private StreamsProperties() {}

  public static Properties of(CommandServiceConfig config, String node) {
    CommandServiceConfig.Decider decider = config.decider();
    // Kafka Streams hands these to each of its clients: consumers, producers, the admin.
    Properties p = kafka(config).client();
    p.put(StreamsConfig.APPLICATION_ID_CONFIG, decider.applicationId());
    // One lock per directory: nodes on one machine need one each.
    p.put(StreamsConfig.STATE_DIR_CONFIG, decider.stateDirectory().resolve(node).toString());
    p.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    p.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, decider.threads());
    // The longest; see CommitPace.
    p.put(
        StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
        Math.max(decider.commitIntervalMillis(), decider.commitIntervalMaxMillis()));
    // With a cache the store would hold changes back until the commit.
    p.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
    p.put(StreamsConfig.POLL_MS_CONFIG, decider.pollMillis());
    p.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, decider.standbyReplicas());
    p.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, (int) config.topics().replication());
    p.put(StreamsConfig.PROBING_REBALANCE_INTERVAL_MS_CONFIG, PROBING_MILLIS);
    p.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, SharedRocksMemory.class);
    p.put(SharedRocksMemory.BYTES_MAX, decider.memoryBytesMax());
    consumer(p, decider, node);
    producer(p, decider);
    return p;
  }

  /// The node of these properties.
  static String node(Properties properties) {
    return properties.getProperty(main(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG));
  }

  /// The log, as every client of this service finds it.
  public static KafkaConnection kafka(CommandServiceConfig config) {
    return new KafkaConnection(config.kafka().bootstrapServers(), config.kafka().properties());
  }

  private static void consumer(Properties p, CommandServiceConfig.Decider decider, String node) {
    p.put(main(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    p.put(main(ConsumerConfig.FETCH_MIN_BYTES_CONFIG), 1);
    p.put(main(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), decider.sessionTimeoutMillis());
    p.put(main(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), decider.heartbeatMillis());
    // Static membership: a node that comes back within the session's timeout moves no partition.
    p.put(main(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), node);
  }

  private static void producer(Properties p, CommandServiceConfig.Decider decider) {
    p.put(producer(ProducerConfig.LINGER_MS_CONFIG), decider.lingerMillis());
    p.put(producer(ProducerConfig.RETRY_BACKOFF_MS_CONFIG), RETRY_MILLIS);
    p.put(producer(ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG), RETRY_MILLIS_MAX);
    p.put(producer(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), decider.transactionTimeoutMillis());
  }

  private static String main(String setting) {
    return StreamsConfig.mainConsumerPrefix(setting);
  }

  private static String producer(String setting) {
    return StreamsConfig.producerPrefix(setting);
  }
}
