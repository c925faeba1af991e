package dev.parley.command;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Every setting and every limit of this service.
@ConfigMapping(prefix = "parley")
public interface CommandServiceConfig {

  /// Identity of the log; written into every event.
  @WithDefault("e1")
  String epoch();

  /// Unique name of this node: it names its Redis channel and its place in the consumer group. Give
  /// a node the same name after a restart and it gets its partitions back without a rebalance.
  /// Default: a random one.
  Optional<String> node();

  Kafka kafka();

  Topics topics();

  Decider decider();

  Projection projection();

  /// What services show each other. The start fails without it.
  Optional<String> internalSecret();

  Door door();

  Limits limits();

  /// The log.
  interface Kafka {
    /// `host:port` of brokers, comma separated.
    String bootstrapServers();

    /// Further settings of Kafka's clients by their own names, each key in quotes:
    /// `parley.kafka.properties."security.protocol"`; see docs/deploying.md. Never logged.
    Map<String, String> properties();
  }

  /// Topics that do not exist are created at the start; those that do keep their partitions.
  interface Topics {
    /// Partitions of each topic; another number than the existing one fails the start.
    @WithDefault("12")
    int partitions();

    /// Copies of each partition, of the decider's changelog too.
    @WithDefault("1")
    short replication();

    /// Longest wait of one attempt for the broker at the start; then health is red and it is tried
    /// again.
    @WithDefault("30s")
    Duration startWait();
  }

  /// The deciding topology.
  interface Decider {
    /// Name of the consumer group, of the transactions and of the changelog. Never changes within
    /// an epoch: under another name all commands still kept would be decided again.
    @WithDefault("parley-decider")
    String applicationId();

    /// Where the stores lie, a folder per node; what is lost there comes back from the changelog.
    /// Default: under the working directory.
    @WithDefault(".parley/decider")
    Path stateDirectory();

    /// Threads, each with its own share of the partitions and its own transaction.
    @WithDefault("2")
    int threads();

    /// Milliseconds between commits: how far committed readers are behind. Where a commit takes
    /// longer than that, as much time lies between it and the next.
    @WithDefault("100")
    int commitIntervalMillis();

    /// The longest time between commits, milliseconds.
    @WithDefault("2000")
    int commitIntervalMaxMillis();

    /// Copies of each store kept ready on other nodes; with one node there are none.
    @WithDefault("1")
    int standbyReplicas();

    /// Longest wait of an output record for company, milliseconds.
    @WithDefault("1")
    int lingerMillis();

    /// Longest sleep of a thread without commands, milliseconds; it delays commits, not commands.
    @WithDefault("20")
    int pollMillis();

    /// A node that is silent for so long loses its partitions to others, milliseconds.
    @WithDefault("2000")
    int sessionTimeoutMillis();

    /// Milliseconds between signs of life; a fifth of the session's timeout.
    @WithDefault("400")
    int heartbeatMillis();

    /// An address of this machine by which other deciders reach it. They hold a line to it, over
    /// which nothing goes but the name of this node, in the clear: when the process is killed the
    /// line ends, and they take over at once. Without it, and when a machine is lost, they wait for
    /// the session's timeout.
    Optional<String> lifelineHost();

    /// Its port; 0 for any free one.
    @WithDefault("0")
    int lifelinePort();

    /// Lines of others at once.
    @WithDefault("64")
    int lifelinesMax();

    /// Between two looks for deciders to which there is no line yet.
    @WithDefault("500ms")
    Duration lifelineLook();

    /// Longest wait for a line, and for each of two answers of the brokers about one who is gone.
    @WithDefault("1s")
    Duration lifelineWait();

    /// Longest open transaction, milliseconds. Whoever takes a partition over ends those that were
    /// left open in it; where nobody does, committed readers wait for so long. Longer than the
    /// brokers are away: what ran out meanwhile has to be decided anew.
    @WithDefault("60000")
    int transactionTimeoutMillis();

    /// Longest wait for each of three answers of the brokers about transactions that were left open
    /// in partitions just taken over; then they run out by themselves. As long as a coordinator may
    /// take to load after its broker came back: without it nothing could be decided meanwhile.
    @WithDefault("10s")
    Duration takeoverWait();

    /// Bytes of RocksDB's block cache and write buffers, for all partitions together; over it
    /// blocks are dropped from memory and buffers are written out.
    @WithDefault("134217728")
    long memoryBytesMax();

    /// Failures of stream threads, other than a record that cannot be decided, within
    /// `failureWindow`; over it the topology stops and liveness is red.
    @WithDefault("10")
    int failuresMax();

    @WithDefault("1m")
    Duration failureWindow();

    /// Longest wait for the topology to finish and commit when the service stops.
    @WithDefault("10s")
    Duration closeWait();
  }

  /// The views: who is a member, and what a forward copies.
  interface Projection {
    /// Address of projection-service.
    @WithDefault("http://127.0.0.1:8121")
    String url();

    /// Longest wait for an answer; then 503 `unavailable`.
    @WithDefault("3s")
    Duration timeout();
  }

  /// The REST door.
  interface Door {
    /// Longest wait for a command's outcome; then the answer is 202.
    @WithDefault("5s")
    Duration answerTimeout();

    /// Commands that wait for their outcome at once; over it 503 `overloaded`.
    @WithDefault("5000")
    int pendingMax();

    /// Commands on their way to the log at once; over it 503 `overloaded`.
    @WithDefault("5000")
    int inFlightMax();

    /// Longest wait for the log to confirm a command; then 503 `unavailable`.
    @WithDefault("4s")
    Duration storeTimeout();

    /// Longest wait for the content key of a person who has just registered; then 503
    /// `unavailable`.
    @WithDefault("2s")
    Duration keyWait();

    /// Seconds that a temporary refusal asks to wait (`Retry-After`).
    @WithDefault("1")
    int retryAfterSeconds();

    /// First and longest wait before the connection to Redis is tried again.
    @WithDefault("100ms")
    Duration reconnectFirst();

    @WithDefault("5s")
    Duration reconnectMax();

    /// How often the channel of outcomes asks Redis for a sign of life; without one for so long it
    /// connects anew.
    @WithDefault("5s")
    Duration signOfLife();
  }

  /// What the door lets through; over a limit the answer is 413 `too_large` and nothing is stored.
  interface Limits {
    /// Bytes of a body.
    @WithDefault("98304")
    int bodyBytesMax();

    /// UTF-16 units of a message's text.
    @WithDefault("20000")
    int textCharsMax();

    /// UTF-16 units of a title or a topic.
    @WithDefault("250")
    int titleCharsMax();

    /// People named in one command.
    @WithDefault("1000")
    int membersMax();

    /// People mentioned in one message.
    @WithDefault("100")
    int mentionsMax();
  }
}
