package dev.parley.command.topology;

import dev.parley.command.CommandServiceConfig;
import dev.parley.command.decider.Writer;
import dev.parley.command.lifeline.Lifeline;
import dev.parley.command.lifeline.PeerWatch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.state.HostInfo;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The running topology of this node: starts, stops, says how it is.
///
/// A stream thread that dies is replaced. Over a record that cannot be decided that costs one
/// restart of the thread, since the partition is stopped; over anything else it is done so often
/// and no more, then the topology stops as a whole and says so.
public final class DecidingNode implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DecidingNode.class);

  private final CommandServiceConfig.Decider config;
  private final StoppedPartitions stopped = new StoppedPartitions();
  private final Deque<Instant> failures = new ArrayDeque<>();
  private final @Nullable Lifeline lifeline;
  private final @Nullable PeerWatch peers;
  private final KafkaStreams streams;

  public DecidingNode(CommandServiceConfig config, String node) {
    this(config, StreamsProperties.of(config, node), Logs.PARLEY);
  }

  /// @param properties as [StreamsProperties] makes them
  public DecidingNode(CommandServiceConfig config, Properties properties, Logs logs) {
    this.config = config.decider();
    this.lifeline = lifeline(this.config, StreamsProperties.node(properties));
    if (lifeline != null) {
      HostInfo at = lifeline.address();
      properties.put(StreamsConfig.APPLICATION_SERVER_CONFIG, at.host() + ":" + at.port());
    }
    CommitPace pace =
        new CommitPace(
            Duration.ofMillis(this.config.commitIntervalMillis()),
            Duration.ofMillis(this.config.commitIntervalMaxMillis()));
    Clients clients =
        new Clients(
            stopped,
            pace,
            admin ->
                new Takeover(admin, this.config.applicationId(), logs, this.config.takeoverWait()));
    this.streams =
        new KafkaStreams(
            DecidingTopology.of(new Writer(config.epoch()), stopped, pace, logs),
            new StreamsConfig(properties),
            clients);
    this.peers = lifeline == null ? null : peers(lifeline, clients.admin());
    streams.setUncaughtExceptionHandler(this::afterFailure);
    streams.setStateListener((now, before) -> LOG.info("Decider {} (was {})", now, before));
  }

  private static @Nullable Lifeline lifeline(CommandServiceConfig.Decider config, String node) {
    return config
        .lifelineHost()
        .map(host -> Lifeline.open(node, host, config.lifelinePort(), config.lifelinesMax()))
        .orElse(null);
  }

  private PeerWatch peers(Lifeline own, Admin admin) {
    Departure departure = new Departure(admin, config.applicationId(), config.lifelineWait());
    return new PeerWatch(
        () -> others(own.address()), departure::of, config.lifelineLook(), config.lifelineWait());
  }

  /// All deciders that have partitions, or copies of them, but this one.
  private Set<HostInfo> others(HostInfo own) {
    try {
      return streams.metadataForAllStreamsClients().stream()
          .map(StreamsMetadata::hostInfo)
          .filter(host -> !host.equals(own) && !host.equals(HostInfo.unavailable()))
          .collect(Collectors.toSet());
    } catch (IllegalStateException notRunning) {
      return Set.of();
    }
  }

  public void start() {
    streams.start();
    if (peers != null) {
      peers.start();
    }
  }

  public KafkaStreams.State state() {
    return streams.state();
  }

  /// Partitions that this node stopped, and where.
  public Map<TopicPartition, StoppedPartitions.Stop> stopped() {
    return stopped.all();
  }

  /// The deciders that are missed at once when they are killed; the others after their session.
  public List<String> peers() {
    return peers == null ? List.of() : peers.names();
  }

  /// Finishes the commands at hand, commits, and leaves the group, so that other nodes take over at
  /// once instead of after the session's timeout.
  @Override
  public void close() {
    if (peers != null) {
      peers.close();
    }
    closeStreams();
    // Last, or the others would take this node for killed while it commits.
    if (lifeline != null) {
      lifeline.close();
    }
  }

  private void closeStreams() {
    KafkaStreams.CloseOptions options = new KafkaStreams.CloseOptions();
    if (!streams.close(options.leaveGroup(true).timeout(config.closeWait()))) {
      LOG.warn(
          "The decider did not stop within {}; its transaction will be aborted",
          config.closeWait());
    }
  }

  private StreamThreadExceptionResponse afterFailure(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof PartitionStoppedException) {
        LOG.error("{}; the other partitions go on", cause.getMessage(), cause.getCause());
        return StreamThreadExceptionResponse.REPLACE_THREAD;
      }
    }
    if (tooMany(Instant.now())) {
      LOG.error(
          "A stream thread failed more than {} times in {}; the decider stops",
          config.failuresMax(),
          config.failureWindow(),
          failure);
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
    LOG.error("A stream thread failed and is replaced", failure);
    return StreamThreadExceptionResponse.REPLACE_THREAD;
  }

  private synchronized boolean tooMany(Instant now) {
    failures.addLast(now);
    Instant oldest = now.minus(config.failureWindow());
    failures.removeIf(at -> at.isBefore(oldest));
    return failures.size() > config.failuresMax();
  }
}
