package dev.parley.edge;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// All settings of an edge. Every limit says its unit and what happens at it.
@ConfigMapping(prefix = "parley")
public interface EdgeConfig {

  /// Unique name of this node; outcomes are sent to it. Default: random at each start.
  Optional<String> node();

  /// Identity of the log, told in `hello` and kept in cursors.
  @WithDefault("e1")
  String epoch();

  /// What services show each other. The start fails without it.
  Optional<String> internalSecret();

  Kafka kafka();

  Projection projection();

  Edge edge();

  /// The log.
  interface Kafka {
    /// `host:port` of brokers, comma separated.
    @WithDefault("127.0.0.1:19092")
    String bootstrapServers();

    /// Further settings of Kafka's clients by their own names, each key in quotes:
    /// `parley.kafka.properties."security.protocol"`; see docs/deploying.md. Never logged.
    Map<String, String> properties();

    /// Longest wait at the start for the log, its topics and the people in it; then the start
    /// fails.
    @WithDefault("60s")
    Duration startWait();
  }

  /// Inbox snapshots and history.
  interface Projection {
    /// Address of projection-service.
    @WithDefault("http://127.0.0.1:8121")
    String url();

    /// Requests at once; more wait.
    @WithDefault("16")
    int connectionsMax();

    /// Requests that wait; over it one fails, and is tried again later.
    @WithDefault("1000")
    int waitingMax();

    /// People whose inboxes are asked for in one question, 100 at most: all who asked while others
    /// were under way.
    @WithDefault("25")
    int inboxesAtOnce();

    /// Such questions at once; more people wait, in order.
    @WithDefault("4")
    int inboxQuestionsMax();

    /// People who wait for their inboxes; over it: error unavailable.
    @WithDefault("50000")
    int inboxesWaitingMax();

    /// Longest wait for an answer; then it is tried again later. Longer than projection-service
    /// itself waits for a view that is behind (`parley.views.tail-wait`).
    @WithDefault("5s")
    Duration timeout();
  }

  /// The node's own limits.
  interface Edge {

    /// Sockets at once; over it the upgrade is answered with 503.
    @WithDefault("20000")
    int connectionsMax();

    /// Sockets of one person at once; over it: close 4423.
    @WithDefault("50")
    int connectionsPerUserMax();

    /// Bytes of a frame; over it: close 4413. Beyond four times it: close 1009.
    @WithDefault("98304")
    int frameBytesMax();

    /// UTF-16 units of a message's text; over it: error too_large.
    @WithDefault("20000")
    int textCharsMax();

    /// UTF-16 units of a title or a topic; over it: error too_large.
    @WithDefault("250")
    int titleCharsMax();

    /// People named in one command; over it: error too_large.
    @WithDefault("1000")
    int membersMax();

    /// People mentioned in one message; over it: error too_large.
    @WithDefault("100")
    int mentionsMax();

    /// Time to authenticate; then: close 4408.
    @WithDefault("5s")
    Duration authDeadline();

    /// Whether `?token=` at the handshake is a way in. A URL is kept in logs of proxies: off, such
    /// a handshake is answered with 400.
    @WithDefault("false")
    boolean tokenInQuery();

    /// Longest wait for Redis for a ticket; then: error unavailable.
    @WithDefault("2s")
    Duration ticketWait();

    /// Frames before authentication; over it: close 4029.
    @WithDefault("8")
    int framesBeforeAuthMax();

    /// Malformed frames after authentication; over it, or one before it: close 4400.
    @WithDefault("5")
    int malformedMax();

    /// Silence after which the client is asked for a sign of life.
    @WithDefault("25s")
    Duration heartbeat();

    /// Silence after which the socket is closed with 4009.
    @WithDefault("35s")
    Duration dead();

    /// How long before the token's end `auth.expiring` is pushed; at the end: close 4401.
    @WithDefault("60s")
    Duration expiryNotice();

    /// Frames a second and session; over it: error rate_limited.
    @WithDefault("200")
    int ratePerSecond();

    /// Frames of a session in one burst.
    @WithDefault("400")
    int rateBurst();

    /// Frames refused by the rate without a calm in between; over it: close 4029.
    @WithDefault("200")
    int refusalsMax();

    /// What `retry_after_ms` says in errors that are temporary.
    @WithDefault("500ms")
    Duration retryAfter();

    /// Commands of a session that wait for their outcome; over it: error overloaded.
    @WithDefault("256")
    int pendingPerSessionMax();

    /// Longest wait of a command for company on its way to the log, milliseconds: less work for the
    /// broker and the deciders under load.
    @WithDefault("1")
    int lingerMillis();

    /// Commands of the node that wait for their outcome; over it: error overloaded.
    @WithDefault("10000")
    int pendingMax();

    /// Longest wait for an outcome; then: error timeout.
    @WithDefault("10s")
    Duration commandTimeout();

    /// Longest wait for the content key of a person who has just registered; then: error
    /// unavailable.
    @WithDefault("3s")
    Duration keyWait();

    /// Frames that wait to be written to one socket; over it: close 4008.
    @WithDefault("4096")
    int outboxFramesMax();

    /// Bytes that wait to be written to one socket; over it: close 4008. While less than half of it
    /// waits, one frame passes however large it is.
    @WithDefault("2097152")
    long outboxBytesMax();

    /// Bytes up to which small frames travel in one WebSocket message.
    @WithDefault("16384")
    int coalesceBytes();

    /// Conversations in the heads of a `resume`; over it: error too_large.
    @WithDefault("5000")
    int headsMax();

    /// Missed events of a conversation that are sent inline on resume; over it: a `gap`.
    @WithDefault("500")
    int inlineMax();

    /// Conversations that a cursor names; a person with more gets none and resumes by heads.
    @WithDefault("2000")
    int cursorConversationsMax();

    /// Longest wait until a session is ready; then: error unavailable, and it may ask again.
    @WithDefault("10s")
    Duration resumeTimeout();

    /// Backlogs of one session that are read at once; the others wait.
    @WithDefault("4")
    int catchUpsAtOnce();

    /// Events read at once where some are missing; more take several reads.
    @WithDefault("200")
    int chunk();

    /// Events of a conversation kept that came before those in front of them; those over it are
    /// read again.
    @WithDefault("256")
    int aheadMax();

    /// Bytes of encoded events kept for sessions that come next; over it the oldest go.
    @WithDefault("8388608")
    long framesKeptBytesMax();

    /// How often all positions are compared with the tails: how late a lost push without a
    /// successor is noticed.
    @WithDefault("2s")
    Duration sweep();

    /// The same while Redis is away and the views tell the heads instead: all that brings an event
    /// to a socket then.
    @WithDefault("500ms")
    Duration sweepWithoutTails();

    /// Longest wait for a tail; then the views are asked. Redis answers within a millisecond, and
    /// one that stands still must not be waited for at each step.
    @WithDefault("500ms")
    Duration tailWait();

    /// How long Redis is passed over after it let one wait.
    @WithDefault("2s")
    Duration tailRest();

    /// Tails asked in one pipeline.
    @WithDefault("500")
    int sweepChunk();

    /// How often each person's inbox is compared: how late a lost invitation is noticed.
    @WithDefault("30s")
    Duration inboxCheck();

    /// Inboxes compared at once; the others wait.
    @WithDefault("8")
    int inboxChecksAtOnce();

    /// How long a conversation stays subscribed after its last listener left. Longer than
    /// `command-timeout`, since outcomes may still come that way.
    @WithDefault("30s")
    Duration linger();

    /// First wait before missing events are asked for again; it doubles up to `retry-last`.
    @WithDefault("20ms")
    Duration retryFirst();

    @WithDefault("2s")
    Duration retryLast();

    /// How long marks of a session are gathered before the highest goes out.
    @WithDefault("300ms")
    Duration marksFlush();

    /// Marks of a session that are gathered; over it all go out at once.
    @WithDefault("256")
    int marksMax();

    /// Members of a conversation up to which marks are shown to the others; in larger ones they
    /// reach one's own devices only.
    @WithDefault("200")
    long marksMembersMax();

    /// How often a session's typing in a conversation is told; more often is passed over.
    @WithDefault("2s")
    Duration typingEvery();

    /// People whose presence a session may follow; over it: error too_large.
    @WithDefault("500")
    int presenceUsersMax();

    /// Conversations that a session may have on screen; over it: error too_large.
    @WithDefault("20")
    int presenceConversationsMax();

    /// How long a person stays online, or counted, after their node died without a word.
    @WithDefault("15s")
    Duration presenceLease();

    /// How often leases are renewed and what sessions follow is read again; well below
    /// `presence-lease`.
    @WithDefault("5s")
    Duration presenceRenewal();

    /// How long changes of presence and counts are gathered before they are told.
    @WithDefault("250ms")
    Duration presenceCoalesce();

    /// How long it is kept when a person was last online.
    @WithDefault("720h")
    Duration lastSeenKept();

    /// After how long without a sign of life the log and the views are asked for one.
    @WithDefault("5s")
    Duration probe();

    /// How long Redis, the log or the views may be away before readiness turns red; it names them
    /// at once.
    @WithDefault("3s")
    Duration awayGrace();

    /// How long a conversation may wait for events that are missing, before readiness and metrics
    /// tell of it.
    @WithDefault("30s")
    Duration stuckAfter();

    /// Over how long clients are told to spread their return when the node goes down.
    @WithDefault("5s")
    Duration drainSpread();

    /// Longest wait for outcomes when the node goes down.
    @WithDefault("5s")
    Duration drainWait();
  }
}
