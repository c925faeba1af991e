package dev.parley.tokens;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.schemas.wire.Json;
import dev.parley.tls.TlsFiles;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has identity-service make people of those whom foreign issuers name: one call a person, however
/// many of their tokens come at once, and a bounded number of calls at the same time. The token is
/// not sent.
final class Provisioning implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Provisioning.class);
  private static final int OK = 200;
  private static final int FORBIDDEN = 403;
  private static final int GONE = 410;
  private static final int ANSWER_BYTES_MAX = 16_384;
  private static final int KNOWN_MAX = 20_000;

  /// By then the log has told of the person.
  private static final Duration KNOWN_FOR = Duration.ofMinutes(10);

  /// What came of it.
  enum Outcome {
    KNOWN,
    SUSPENDED,
    ERASED,
    UNAVAILABLE
  }

  private final HttpClient client;
  private final URI address;
  private final String secret;
  private final Duration timeout;
  private final Semaphore free;
  private final Map<UUID, CompletableFuture<Outcome>> running = new ConcurrentHashMap<>();
  private final Cache<UUID, Boolean> known =
      Caffeine.newBuilder().maximumSize(KNOWN_MAX).expireAfterWrite(KNOWN_FOR).build();

  Provisioning(String identityUrl, String secret, TokensConfig.Provisioning limits) {
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(limits.timeout())
            .sslContext(TlsFiles.ofProcess().context())
            .build();
    this.address = URI.create(identityUrl + "/internal/people:provision");
    this.secret = secret;
    this.timeout = limits.timeout();
    this.free = new Semaphore(limits.atOnceMax());
  }

  /// Never blocks, and never completes exceptionally.
  CompletionStage<Outcome> provision(Newcomer newcomer) {
    if (known.getIfPresent(newcomer.id()) != null) {
      return CompletableFuture.completedStage(Outcome.KNOWN);
    }
    var mine = new CompletableFuture<Outcome>();
    var theirs = running.putIfAbsent(newcomer.id(), mine);
    if (theirs != null) {
      return theirs;
    }
    if (known.getIfPresent(newcomer.id()) != null) {
      // Another call ended between the two looks.
      end(newcomer, mine, Outcome.KNOWN);
      return mine;
    }
    if (!free.tryAcquire()) {
      end(newcomer, mine, Outcome.UNAVAILABLE);
      return mine;
    }
    ask(newcomer)
        .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionally(failure -> {
          LOG.warn("A person cannot be provisioned: {}", failure.toString());
          return Outcome.UNAVAILABLE;
        })
        .thenAccept(outcome -> {
          free.release();
          end(newcomer, mine, outcome);
        });
    return mine;
  }

  private void end(Newcomer newcomer, CompletableFuture<Outcome> mine, Outcome outcome) {
    if (outcome == Outcome.KNOWN) {
      known.put(newcomer.id(), true);
    }
    running.remove(newcomer.id(), mine);
    mine.complete(outcome);
  }

  private CompletableFuture<Outcome> ask(Newcomer newcomer) {
    var body =
        Json.MAPPER
            .createObjectNode()
            .put("id", newcomer.id().toString())
            .put("name", newcomer.name())
            .put("display_name", newcomer.displayName())
            .put("issuer", newcomer.issuer())
            .put("subject", newcomer.subject());
    var request =
        HttpRequest.newBuilder(address)
            .timeout(timeout)
            .header("Content-Type", "application/json")
            .header("Parley-Internal", secret)
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
            .build();
    return client
        .sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), ANSWER_BYTES_MAX))
        .thenApply(answer -> outcome(answer.statusCode(), answer.body(), newcomer.id()));
  }

  private static Outcome outcome(int status, byte[] body, UUID id) {
    return switch (status) {
      case OK -> {
        if (!names(body, id)) {
          LOG.warn("identity-service provisioned another person than was asked for");
          yield Outcome.UNAVAILABLE;
        }
        yield Outcome.KNOWN;
      }
      case FORBIDDEN -> Outcome.SUSPENDED;
      case GONE -> Outcome.ERASED;
      default -> {
        LOG.warn("A person cannot be provisioned: identity-service answered {}", status);
        yield Outcome.UNAVAILABLE;
      }
    };
  }

  private static boolean names(byte[] body, UUID id) {
    try {
      return id.toString().equals(Json.MAPPER.readTree(body).path("id").textValue());
    } catch (IOException unreadable) {
      return false;
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
