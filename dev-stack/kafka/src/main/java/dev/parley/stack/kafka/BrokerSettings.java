package dev.parley.stack.kafka;

import java.nio.file.Path;
import java.util.Properties;

/// The settings of the one broker, which is its own controller. Both listeners are on the loopback
/// interface.
///
/// @param guard what makes it ask who clients are; empty: it does not, and speaks in the clear
record BrokerSettings(int port, int controllerPort, Path data, Properties guard) {

  static final int NODE = 1;
  static final String CONTROLLER = "CONTROLLER";

  Properties toProperties() {
    Properties p = new Properties();
    String protocol = guard.isEmpty() ? "PLAINTEXT" : "SSL";
    p.putAll(guard);
    p.put("process.roles", "broker,controller");
    p.put("node.id", Integer.toString(NODE));
    p.put("controller.quorum.voters", NODE + "@127.0.0.1:" + controllerPort);
    p.put(
        "listeners",
        protocol + "://127.0.0.1:" + port + "," + CONTROLLER + "://127.0.0.1:" + controllerPort);
    p.put("advertised.listeners", protocol + "://127.0.0.1:" + port);
    p.put(
        "listener.security.protocol.map",
        protocol + ":" + protocol + "," + CONTROLLER + ":" + protocol);
    p.put("inter.broker.listener.name", protocol);
    p.put("controller.listener.names", CONTROLLER);
    p.put("log.dirs", data.toString());
    // Of 128 MiB by default, half of the heap: a start now and then found no room for it.
    p.put("log.cleaner.dedupe.buffer.size", Integer.toString(16 * 1024 * 1024));
    oneReplica(p);
    quickGroups(p);
    quickRestart(p);
    // The first record of a transaction often meets the end of the one before. The broker asks the
    // coordinator again after 20 ms by default, and answers nothing else of that producer
    // meanwhile.
    p.put("add.partitions.to.txn.retry.backoff.ms", "2");
    return p;
  }

  /// Of the same node without its broker.
  ///
  /// @param sessionMillis how long a broker is taken for alive that gives no sign of life
  Properties controllerAlone(int sessionMillis) {
    Properties p = toProperties();
    p.put("process.roles", "controller");
    p.put("listeners", CONTROLLER + "://127.0.0.1:" + controllerPort);
    p.remove("advertised.listeners");
    p.remove("inter.broker.listener.name");
    p.put("broker.session.timeout.ms", Integer.toString(sessionMillis));
    p.put("broker.heartbeat.interval.ms", Integer.toString(sessionMillis / 2));
    return p;
  }

  private static void oneReplica(Properties p) {
    p.put("default.replication.factor", "1");
    p.put("min.insync.replicas", "1");
    p.put("auto.create.topics.enable", "false");
    p.put("offsets.topic.replication.factor", "1");
    p.put("offsets.topic.num.partitions", "12");
    p.put("transaction.state.log.replication.factor", "1");
    p.put("transaction.state.log.min.isr", "1");
    p.put("transaction.state.log.num.partitions", "12");
    p.put("share.coordinator.state.topic.replication.factor", "1");
    p.put("share.coordinator.state.topic.min.isr", "1");
    p.put("share.coordinator.state.topic.num.partitions", "1");
  }

  /// After a kill the broker reads the newest segment of every partition, batch by batch, before it
  /// serves anybody; its coordinators read all that is not compacted yet, and older segments only
  /// are. By default segments are of 1 GiB, and of 100 MiB.
  private static void quickRestart(Properties p) {
    p.put("log.segment.bytes", Integer.toString(8 * 1024 * 1024));
    p.put("offsets.topic.segment.bytes", Integer.toString(1024 * 1024));
    p.put("transaction.state.log.segment.bytes", Integer.toString(1024 * 1024));
  }

  /// A decider that was killed must be missed within seconds, and its open transaction must not
  /// hold committed readers back for the default minute.
  private static void quickGroups(Properties p) {
    p.put("group.initial.rebalance.delay.ms", "0");
    p.put("group.streams.initial.rebalance.delay.ms", "0");
    p.put("group.min.session.timeout.ms", "1000");
    p.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
  }
}
