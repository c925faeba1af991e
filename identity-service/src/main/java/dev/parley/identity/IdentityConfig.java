package dev.parley.identity;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Every setting and limit of the service, with its unit and what happens at the limit.
@ConfigMapping(prefix = "parley")
public interface IdentityConfig {

  Kafka kafka();

  Topics topics();

  /// Base64 of 32 bytes; wraps content keys and signing keys. Absent: the service does not start.
  Optional<String> masterKey();

  /// Master keys of before, which still unwrap, comma separated; see
  /// docs/runbooks/rotate-the-master-key.md.
  Optional<List<String>> masterKeyPrevious();

  /// Who knows it may import people. Absent: operator endpoints answer 404.
  Optional<String> operatorSecret();

  /// What services prove themselves with to each other. Absent: internal endpoints answer 404.
  Optional<String> internalSecret();

  ForeignTokens tokens();

  Identity identity();

  interface ForeignTokens {
    /// Issuers whose people are provisioned, as the doors have them configured.
    Map<String, Issuer> issuers();
  }

  interface Issuer {
    /// The claim `iss`, to the letter. People of other issuers are not provisioned.
    String issuer();

    Claims claims();

    interface Claims {
      /// A claim that is the id of a Parley user; then any id is taken from this issuer. Absent:
      /// the id must follow from issuer and subject.
      Optional<String> userId();
    }
  }

  interface Kafka {
    @WithDefault("127.0.0.1:19092")
    String bootstrapServers();

    /// Further settings of Kafka's clients by their own names, each key in quotes:
    /// `parley.kafka.properties."security.protocol"`; see docs/deploying.md. Never logged.
    Map<String, String> properties();
  }

  interface Topics {
    /// Of topics that this service is the first to create.
    @WithDefault("12")
    int partitions();

    @WithDefault("1")
    short replication();
  }

  interface Identity {
    /// Body of a request under /api, bytes; a longer one is answered with 413.
    @WithDefault("16384")
    int apiBodyBytesMax();

    /// People in one call of the operator's import; more are answered with 400.
    @WithDefault("1000")
    int importPeopleMax();

    /// People in one look-up, by ids or by prefix; more ids are answered with 400, a higher limit
    /// is lowered.
    @WithDefault("100")
    int lookupPeopleMax();

    /// Whom one person may block; one more is answered with limit_reached.
    @WithDefault("1000")
    int blocksMax();

    Rewrap rewrap();

    Admin admin();

    Erasure erasure();

    Accounts accounts();

    Registration registration();

    Hashing hashing();

    Logins logins();

    Cookies cookies();

    Signing signing();

    Tickets tickets();

    Guests guests();

    Tokens tokens();

    Outbox outbox();
  }

  interface Rewrap {
    /// People whose keys are rewrapped in one transaction.
    @WithDefault("500")
    int batchMax();

    /// When one call has worked so long, it answers where the next one goes on.
    @WithDefault("PT20S")
    Duration callMax();
  }

  interface Admin {
    /// Entries of a page of the admin API where no limit is asked for.
    @WithDefault("50")
    int pageSize();

    /// Entries of a page; a higher limit is lowered.
    @WithDefault("200")
    int pageMax();
  }

  interface Erasure {
    /// How long a token of somebody without a password is young enough to erase its person; an
    /// older one is answered with forbidden.
    @WithDefault("PT5M")
    Duration tokenAgeMax();

    /// First look through parley.users after an erasure; each further one waits twice as long, up
    /// to 16 times this.
    @WithDefault("PT30S")
    Duration checkInterval();

    /// Longest time for reading the partitions of parley.users; a look that takes longer is given
    /// up and tried again.
    @WithDefault("PT5M")
    Duration readMax();

    /// Erased people looked for in one reading; the others wait for the next one.
    @WithDefault("500")
    int batchMax();
  }

  interface Accounts {
    /// Whether this deployment has accounts with passwords of its own; without them registering,
    /// logging in and changing a password are answered with 404.
    @WithDefault("true")
    boolean enabled();
  }

  interface Registration {
    /// Whether anybody may register; if not, registering is answered with forbidden, and admins add
    /// people.
    @WithDefault("true")
    boolean enabled();
  }

  /// How often one may try a password. Each attempt takes of three buckets, and one that was right
  /// gives back. Over a limit: status 429 with Retry-After, whoever the name belongs to.
  interface Logins {
    /// Attempts at one name from one address at once.
    @WithDefault("10")
    int pairBurst();

    /// One more attempt at one name from one address in this time.
    @WithDefault("PT30S")
    Duration pairEvery();

    /// Attempts at one name from everywhere at once.
    @WithDefault("100")
    int accountBurst();

    /// One more attempt at one name from everywhere in this time.
    @WithDefault("PT36S")
    Duration accountEvery();

    /// Attempts at any name, and registrations, from one address at once.
    @WithDefault("100")
    int addressBurst();

    /// One more attempt at any name, or registration, from one address in this time.
    @WithDefault("PT5S")
    Duration addressEvery();

    /// Buckets that this instance remembers while Redis is away; over it, the one that was asked
    /// longest ago is forgotten.
    @WithDefault("20000")
    int localBucketsMax();
  }

  interface Cookies {
    /// Whether browsers send them over https alone. Off only for plain http on another host than
    /// localhost.
    @WithDefault("true")
    boolean secure();
  }

  interface Signing {
    /// Age at which the signing key is followed by a new one; 0: only by command.
    @WithDefault("P30D")
    Duration rotateEvery();

    /// A new key is published this long before it signs, so that every verifier has it by then.
    @WithDefault("PT10M")
    Duration publishAhead();

    /// How often an instance looks for keys that another one made, and for those that are over.
    @WithDefault("PT2S")
    Duration reloadInterval();
  }

  interface Tickets {
    /// Life of a ticket for a WebSocket; after it, the page asks for a new one.
    @WithDefault("PT30S")
    Duration life();

    /// Longest wait for Redis; then asking for a ticket is answered with unavailable.
    @WithDefault("PT1S")
    Duration redisWait();
  }

  interface Hashing {
    /// Passwords hashed at the same time; 0: half of the processors, at least one. Each holds
    /// `memoryKib`.
    @WithDefault("0")
    int threads();

    /// Passwords waiting for a thread; one more is answered with 503 and Retry-After.
    @WithDefault("32")
    int waitingMax();

    /// What Retry-After says, seconds.
    @WithDefault("2")
    int retryAfterSeconds();

    /// Memory of one hash, KiB; the default with `passes` and `lanes` is OWASP's recommendation for
    /// Argon2id.
    @WithDefault("19456")
    int memoryKib();

    @WithDefault("2")
    int passes();

    @WithDefault("1")
    int lanes();
  }

  interface Guests {
    /// Whether people may look at public channels without an account; if not, asking for a guest's
    /// token is answered with sign_in_required.
    @WithDefault("true")
    boolean enabled();

    /// Life of a guest's token; after it, the page asks for a new one.
    @WithDefault("PT24H")
    Duration life();
  }

  interface Tokens {
    /// Life of an access token; after it, the holder refreshes.
    @WithDefault("PT15M")
    Duration accessLife();

    /// Life of a refresh token that is not used; after it, the person logs in again.
    @WithDefault("P30D")
    Duration refreshLife();

    /// Life of a session however often it is refreshed; after it, the person logs in again.
    @WithDefault("P180D")
    Duration sessionLife();

    /// Time in which a refresh token that was used may be used again, for an answer that was lost:
    /// it gives the same successor, as long as nobody used that. 0: never.
    @WithDefault("PT10S")
    Duration refreshGrace();

    /// Sessions of one person; one more ends the one that was used longest ago.
    @WithDefault("100")
    int sessionsMax();

    /// How often expired sessions are removed.
    @WithDefault("PT1H")
    Duration cleaningInterval();
  }

  interface Outbox {
    /// Looks for records this often, besides being woken after each commit.
    @WithDefault("PT1S")
    Duration pollInterval();

    /// Records published in one transaction; the rest follows in the next one.
    @WithDefault("500")
    int batchMax();

    /// A batch that is not published by then is given up and tried again; the lock is freed for
    /// another instance.
    @WithDefault("PT10S")
    Duration batchDeadline();

    /// Wait after a failure.
    @WithDefault("PT1S")
    Duration retryDelay();

    /// When the oldest record has waited this long, the readiness check is red.
    @WithDefault("PT15S")
    Duration lateAfter();
  }
}
