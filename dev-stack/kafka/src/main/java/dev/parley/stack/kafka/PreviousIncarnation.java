package dev.parley.stack.kafka;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import kafka.server.StandardFaultHandlerFactory;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.raft.QuorumConfig;
import org.apache.kafka.server.ServerSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// This broker before it was killed: the controller still takes it for alive.
///
/// A broker that starts again waits until the controller has fenced its previous incarnation, which
/// takes the session's timeout of 9 s. Its coordinator of transactions is at work by then, but
/// cannot reach the partitions, since the broker does not listen yet; and when the previous
/// incarnation is fenced, all partitions lose their leader for a moment. The coordinator takes
/// partitions without a leader for deleted ones (`TransactionMarkerChannelManager`, Kafka 4.3.1):
/// it leaves out the markers that they lack and calls the transaction ended. In the partition it is
/// open for ever, committed readers and stores that are brought back wait there for ever.
///
/// So the previous incarnation is fenced first, by a controller alone, while nobody is there who
/// could end a transaction. Nor has anybody to wait for a session's timeout then.
final class PreviousIncarnation {

  private static final Logger LOG = LoggerFactory.getLogger(PreviousIncarnation.class);

  private static final String ENDED_IN_ORDER = ".kafka_cleanshutdown";

  /// Only a dead broker is judged by it.
  private static final int SESSION_MILLIS = 200;

  private static final int LOOK_EVERY_MILLIS = 20;

  /// A broker that was killed before it was registered for the first time is never fenced.
  private static final long LIMIT_SECONDS = 15;

  private PreviousIncarnation() {}

  static boolean wasKilled(Path data) {
    return Files.exists(data.resolve(KafkaRaftServer.MetadataPartition().toString()))
        && Files.notExists(data.resolve(ENDED_IN_ORDER));
  }

  /// Returns when it is fenced, and the controller has ended.
  static void fence(BrokerSettings settings) throws InterruptedException {
    KafkaConfig config = KafkaConfig.fromProps(settings.controllerAlone(SESSION_MILLIS), false);
    ControllerServer controller = controller(config);
    try {
      controller.startup();
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
      while (!controller.metadataCache().isBrokerFenced(BrokerSettings.NODE)) {
        if (System.nanoTime() - end > 0) {
          LOG.warn(
              "The previous incarnation of this broker was not fenced within {} s", LIMIT_SECONDS);
          return;
        }
        TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
      }
    } finally {
      controller.shutdown();
    }
  }

  /// As [KafkaRaftServer] makes it, which does not show it.
  private static ControllerServer controller(KafkaConfig config) {
    var folders = KafkaRaftServer.initializeLogDirs(config, LOG, "");
    var shared =
        new SharedServer(
            config,
            folders._1(),
            Time.SYSTEM,
            Server.initializeMetrics(config, Time.SYSTEM, folders._1().clusterId().orElseThrow()),
            CompletableFuture.completedFuture(
                QuorumConfig.parseVoterConnections(config.quorumConfig().voters())),
            QuorumConfig.parseBootstrapServers(config.quorumConfig().bootstrapServers()),
            new StandardFaultHandlerFactory(),
            ServerSocketFactory.INSTANCE);
    return new ControllerServer(shared, KafkaRaftServer.configSchema(), folders._2());
  }
}
