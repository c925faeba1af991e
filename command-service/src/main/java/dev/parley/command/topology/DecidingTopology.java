package dev.parley.command.topology;

import dev.parley.command.decider.Writer;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;

/// Commands in, events and outcomes out, one store between.
///
/// The sinks use Kafka's default partitioner on the same key, and the three topics have the same
/// partition count (checked at start), so an event has the partition number of its command.
public final class DecidingTopology {

  static final String STORE = "conversations";
  public static final String EVENTS = "events";
  public static final String REJECTIONS = "rejections";
  private static final String COMMANDS = "commands";
  private static final String DECIDE = "decide";

  private DecidingTopology() {}

  static Topology of(Writer writer, StoppedPartitions stopped, CommitPace pace, Logs logs) {
    Topology topology = new Topology();
    topology.addSource(
        COMMANDS,
        Serdes.String().deserializer(),
        Serdes.ByteArray().deserializer(),
        logs.commands());
    topology.addProcessor(
        DECIDE, () -> new PacedProcessor(new CommandProcessor(writer, stopped), pace), COMMANDS);
    topology.addStateStore(
        Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(STORE), Serdes.Bytes(), Serdes.ByteArray())
            .withCachingDisabled()
            .withLoggingEnabled(Map.of()),
        DECIDE);
    topology.addSink(
        EVENTS,
        logs.events(),
        Serdes.String().serializer(),
        Serdes.ByteArray().serializer(),
        DECIDE);
    topology.addSink(
        REJECTIONS,
        logs.rejections(),
        Serdes.String().serializer(),
        Serdes.ByteArray().serializer(),
        DECIDE);
    return topology;
  }
}
