package dev.parley.projection.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Every setting and limit of projection-service.
@ConfigMapping(prefix = "parley")
public interface ProjectionConfig {

  Kafka kafka();

  /// What internal callers present in the header `Parley-Internal`. Absent: internal endpoints
  /// answer 404.
  Optional<String> internalSecret();

  Views views();

  Timers timers();

  Delivery delivery();

  Query query();

  Identity identity();

  Export export();

  interface Identity {
    /// Where identity-service is; an export asks it for the account.
    @WithDefault("http://127.0.0.1:8141")
    String url();
  }

  /// What people take away of their own data. One export a person at a time: the next one is
  /// answered 429.
  interface Export {
    /// Exports that this instance writes at once; one more is answered 503. Each holds a connection
    /// to Postgres.
    @WithDefault("4")
    int atOnceMax();

    /// After which an export that is not received yet is cut off.
    @WithDefault("15m")
    Duration longest();

    /// Rows that an export holds in memory.
    @WithDefault("200")
    int rowsAtATime();

    /// Longest wait for identity-service; then 503.
    @WithDefault("5s")
    Duration accountWait();

    /// Bytes of an account; a larger answer is none, and the export is answered 503.
    @WithDefault("4194304")
    int accountBytesMax();
  }

  interface Kafka {
    /// `host:port` of brokers, comma separated.
    @WithDefault("127.0.0.1:19092")
    String bootstrapServers();

    /// Further settings of Kafka's clients by their own names, each key in quotes:
    /// `parley.kafka.properties."security.protocol"`; see docs/deploying.md. Never logged.
    Map<String, String> properties();

    /// Longest wait for the topics at the start, before it is logged and tried again.
    @WithDefault("30s")
    Duration topicsWait();
  }

  /// The views projection: from the log to Postgres.
  interface Views {
    /// Entries of one transaction at most; a longer backlog takes several.
    @WithDefault("2000")
    int batchEntriesMax();

    /// Bytes fetched of one partition at a time at most; an entry that is larger comes alone.
    @WithDefault("1048576")
    int batchBytesMax();

    /// Least time between two transactions, 5 s at most: fewer of them, each of more. The first
    /// event after a while does not wait.
    @WithDefault("50ms")
    Duration gather();

    /// Longest wait for one transaction; then it is given up and tried again.
    @WithDefault("30s")
    Duration writeTimeout();

    /// Longest wait for the content key of an author; then the partition stops and health says so.
    @WithDefault("10s")
    Duration keyWait();

    /// Longest wait at a gate while two versions are compared; then the batch is read again.
    @WithDefault("10s")
    Duration gateWait();

    /// First and longest wait between two attempts while Postgres is away; it never gives up.
    @WithDefault("50ms")
    Duration retryFirst();

    @WithDefault("1s")
    Duration retryMax();

    /// How often an instance looks which versions of the views exist.
    @WithDefault("500ms")
    Duration keepEvery();

    /// Loops of an instance that share the partitions of a version while it is being built: one
    /// reads and opens while another waits for Postgres. A version in service has one.
    @WithDefault("2")
    int buildLoops();

    /// How long two versions may take to get to one place; then the comparison is tried again.
    @WithDefault("15s")
    Duration alignWait();

    /// How often a comparison is tried before the rebuild fails.
    @WithDefault("5")
    int compareAttemptsMax();

    /// Entries that a rebuild may be behind when the comparison begins.
    @WithDefault("2000")
    long compareLagMax();

    /// Longest wait of a read for `at_least`; then 503, saying how far the view is.
    @WithDefault("2s")
    Duration atLeastWait();

    /// Longest wait of a read for another service until the view has what its conversation's tail
    /// holds; then 503.
    @WithDefault("2s")
    Duration tailWait();

    /// How often a read that waits looks again.
    @WithDefault("20ms")
    Duration atLeastEvery();

    /// Reads that wait at once; one more is answered 503 at once.
    @WithDefault("500")
    int atLeastWaitersMax();
  }

  /// The delivery projection: from the log to Redis.
  interface Delivery {

    /// Conversations of a person that are told of a new profile; the others learn of it when they
    /// look the person up.
    @WithDefault("2000")
    int profileConversationsMax();

    /// Entries of one poll at most.
    @WithDefault("500")
    int batchEntriesMax();

    /// Bytes fetched of one partition at a time at most.
    @WithDefault("1048576")
    int batchBytesMax();

    /// Calls to Redis on their way at once; the next ones wait.
    @WithDefault("256")
    int windowCalls();

    /// Longest wait for Redis to answer a window of calls; then it is sent again.
    @WithDefault("2s")
    Duration answerWait();

    /// Events that a conversation's tail keeps, about; older ones are read from the views.
    @WithDefault("1000")
    int tailEvents();

    /// How long a tail outlives its last event.
    @WithDefault("24h")
    Duration tailTtl();

    /// First and longest wait between two attempts while Redis is away; it never gives up.
    @WithDefault("20ms")
    Duration retryFirst();

    @WithDefault("1s")
    Duration retryMax();
  }

  /// Scheduled and expiring messages.
  interface Timers {

    /// How often is looked for what is due, and in the log for what is to be due: how late a
    /// message may be, besides the log's own time.
    @WithDefault("250ms")
    Duration interval();

    /// When a command is given again of which nothing was heard, and how long is waited while
    /// Postgres is away.
    @WithDefault("10s")
    Duration again();

    /// Commands given at once; more follow at once.
    @WithDefault("500")
    int batchMax();
  }

  /// The query API. A `limit` above its maximum is refused.
  interface Query {
    /// Messages of a page.
    @WithDefault("50")
    int messagesDefault();

    @WithDefault("200")
    int messagesMax();

    /// Events of a page.
    @WithDefault("500")
    int eventsDefault();

    @WithDefault("1000")
    int eventsMax();

    /// Members of a page.
    @WithDefault("200")
    int membersDefault();

    @WithDefault("1000")
    int membersMax();

    /// Conversations of a page of the inbox and of the directory.
    @WithDefault("100")
    int conversationsDefault();

    @WithDefault("500")
    int conversationsMax();

    /// Conversations of an inbox that an edge asks for; beyond it the longest silent are left out,
    /// and the answer says so.
    @WithDefault("5000")
    int edgeInboxMax();

    /// Longest work on one question of an edge for several inboxes, milliseconds: those that are
    /// left then it asks for again. Well below its `parley.projection.timeout`.
    @WithDefault("1000")
    int edgeInboxMillis();

    /// Members up to whom the marks of each are told; above, how many have read the latest
    /// messages.
    @WithDefault("200")
    int marksDetailedMembersMax();

    /// The latest messages of which is told how many have read them.
    @WithDefault("20")
    int marksSummarisedMessages();

    /// Revisions of a message that are told; the latest ones.
    @WithDefault("200")
    int revisionsMax();

    /// Reports of one message that moderators are told, the first ones; above, how many there are.
    @WithDefault("100")
    int reportsMax();

    /// Characters of the latest message that an inbox shows; longer texts are cut.
    @WithDefault("280")
    int previewChars();

    /// Characters of a directory query; longer ones are refused.
    @WithDefault("100")
    int directoryQueryChars();
  }
}
