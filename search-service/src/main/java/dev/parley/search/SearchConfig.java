package dev.parley.search;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Every setting and limit of the service, with its unit and what happens at the limit.
@ConfigMapping(prefix = "parley")
public interface SearchConfig {

  Kafka kafka();

  Elasticsearch elasticsearch();

  /// Who knows it may ask `/internal`; cursors are signed with a key made of it. Absent: the
  /// service does not start.
  Optional<String> internalSecret();

  Search search();

  interface Kafka {
    @WithDefault("127.0.0.1:19092")
    String bootstrapServers();

    /// Further settings of Kafka's clients by their own names, each key in quotes:
    /// `parley.kafka.properties."security.protocol"`; see docs/deploying.md. Never logged.
    Map<String, String> properties();
  }

  interface Elasticsearch {
    @WithDefault("http://127.0.0.1:19200")
    String url();

    /// A connection that is not made in this time counts as Elasticsearch being down.
    @WithDefault("3s")
    Duration connectTimeout();

    /// An answer that does not come in this time counts as Elasticsearch being down; bulks too.
    @WithDefault("30s")
    Duration responseTimeout();
  }

  interface Search {
    Index index();

    Indexing indexing();

    Query query();

    Replay replay();

    Erasure erasure();
  }

  interface Index {
    /// Indices are named `<prefix>-messages-v1` and so on.
    @WithDefault("parley")
    String namePrefix();

    /// Of indices that this service creates.
    @WithDefault("1")
    int shards();

    /// Copies beside the first one, of indices that this service creates.
    @WithDefault("0")
    int replicas();

    /// How long an indexed message may stay invisible.
    @WithDefault("500ms")
    Duration refreshInterval();

    /// The same while more than a batch of the log is still to be indexed: what is visible is
    /// behind then however often it is refreshed, and every refresh costs a segment that has to be
    /// merged.
    @WithDefault("5s")
    Duration refreshIntervalBacklog();
  }

  interface Indexing {
    /// Whether this node reads the log; a node that does not only answers queries.
    @WithDefault("true")
    boolean enabled();

    /// Entries of one batch; a longer backlog comes in several.
    @WithDefault("4000")
    int batchEntriesMax();

    /// Bytes fetched of one partition at a time.
    @WithDefault("2097152")
    int batchBytesMax();

    /// Least time between two batches, 5 s at most: fewer of them, each of more. The first entry
    /// after a while does not wait.
    @WithDefault("200ms")
    Duration gather();

    /// Documents of one bulk request; more go in several.
    @WithDefault("1000")
    int bulkDocumentsMax();

    /// Bytes of documents in one bulk request; a document beyond it goes alone.
    @WithDefault("4194304")
    int bulkBytesMax();

    /// Bulk requests of one batch on their way at once; further ones wait.
    @WithDefault("2")
    int bulksAtOnce();

    /// How long a batch waits for the content key of an author; then its partition stops.
    @WithDefault("10s")
    Duration keyWait();

    /// How long the start waits for topics and people before it says so and waits again.
    @WithDefault("5s")
    Duration startWait();

    /// First and longest wait before a batch is handed over again while Elasticsearch is down.
    @WithDefault("200ms")
    Duration retryFirst();

    @WithDefault("1s")
    Duration retryMax();

    /// How often a node looks which versions of the index there are to keep up.
    @WithDefault("5s")
    Duration versionsEvery();
  }

  interface Query {
    /// Characters of query text; a longer one is answered with 422.
    @WithDefault("512")
    int textCharsMax();

    /// Words and phrases of a query; more are answered with 422.
    @WithDefault("32")
    int termsMax();

    /// Hits of a page where the request does not say.
    @WithDefault("20")
    int hitsDefault();

    /// Hits of a page; a request for more gets this many.
    @WithDefault("100")
    int hitsMax();

    /// Hits that are counted; beyond it `total` is this number and `total_relation` is `at_least`.
    @WithDefault("10000")
    int totalMax();

    /// Conversations of one caller that are searched; beyond it the answer is marked `incomplete`.
    @WithDefault("10000")
    int conversationsMax();

    /// Conversations of which the caller may see a part only, in one query; beyond it the answer is
    /// marked `incomplete`.
    @WithDefault("500")
    int partialConversationsMax();

    /// Messages that one caller hid and that are left out of what they find; beyond it some are
    /// found again.
    @WithDefault("10000")
    int hiddenMax();

    /// Characters of a highlighted fragment.
    @WithDefault("180")
    int fragmentCharsMax();

    /// Fragments of a hit; further ones are left out.
    @WithDefault("3")
    int fragmentsMax();

    /// How long a cursor lives after the page it came with; later it is answered with 400.
    @WithDefault("2m")
    Duration cursorLife();

    /// Cursors that this node keeps alive; beyond it the oldest expires early.
    @WithDefault("400")
    int cursorsMax();

    /// Cursors that one caller keeps alive on this node; beyond it their oldest expires early.
    @WithDefault("8")
    int cursorsPerCallerMax();

    /// A query that takes longer is cut off and answered with 503.
    @WithDefault("5s")
    Duration timeout();

    /// Age at which a message's bonus for being recent is half of what a new one gets.
    @WithDefault("30d")
    Duration recencyHalfLife();
  }

  interface Replay {
    /// Loops of a node that share the partitions of a version while it is being built: one reads
    /// and opens while another waits for Elasticsearch. A version in service has one.
    @WithDefault("2")
    int buildLoops();

    /// Documents read at a time for a digest.
    @WithDefault("1000")
    int scanDocumentsMax();

    /// Records that the new version may be behind when it is compared with the old one.
    @WithDefault("1000")
    long lagMax();

    /// How long both versions may take to come to the same position; then the replay fails and the
    /// old version stays.
    @WithDefault("60s")
    Duration alignWait();
  }

  /// What is done after somebody was erased, beside emptying what they wrote at once: the engine
  /// keeps emptied and older texts in its files until it merges them.
  interface Erasure {
    /// Wait until the files are looked at, and between two looks while something old is left in
    /// them; the engine itself may keep what was deleted for some minutes.
    @WithDefault("6m")
    Duration settle();

    /// Merges of one hour on this node that drop what was deleted from the files; further ones wait
    /// for the next hour.
    @WithDefault("6")
    int mergesPerHour();

    /// Merges after one erasure; then `parley_search_expunge_given_up_total` counts it, and the
    /// engine's own merges do the rest.
    @WithDefault("10")
    int mergesMax();
  }
}
