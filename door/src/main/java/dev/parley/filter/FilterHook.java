package dev.parley.filter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.schemas.wire.Json;
import dev.parley.tls.TlsFiles;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks a service of the deployment about each message: one signed POST, so many at once and no
/// more, one answer of a few bytes, all within the budget of time.
///
/// The call: `{"conversation", "actor", "message", "kind", "text", "attachments": [name], "at"}`.
/// The answer: status 200 with `{"judgement": "pass" | "hold" | "reject", "reason"?}`. Anything
/// else is a failure.
final class FilterHook implements AutoCloseable {

  static final String SIGNATURE_HEADER = "Parley-Signature";

  private static final Logger LOG = LoggerFactory.getLogger(FilterHook.class);
  private static final int ANSWER_BYTES_MAX = 4_096;
  private static final int REASON_CHARS_MAX = 200;
  private static final String ALGORITHM = "HmacSHA256";
  private static final int OK = 200;

  private final HttpClient client;
  private final URI address;
  private final SecretKeySpec key;
  private final Duration budget;
  private final Judgement onFailure;
  private final Semaphore free;
  private final MeterRegistry meters;
  private final Timer calls;
  private final AtomicBoolean failing = new AtomicBoolean();

  /// Why there is no judgement.
  private enum Failure {
    /// Over the bound of calls at once.
    BOUND,
    LATE,
    CONNECTION,
    STATUS,
    ANSWER
  }

  /// What came of a call.
  private sealed interface Outcome {
    record Judged(Judgement judgement) implements Outcome {}

    record Failed(Failure failure) implements Outcome {}
  }

  FilterHook(String url, String secret, FilterConfig.Filter config, MeterRegistry meters) {
    this.address = URI.create(url);
    this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    this.budget = config.budget();
    this.onFailure =
        switch (config.onFailure()) {
          case OPEN -> new Judgement.Pass();
          case CLOSED -> new Judgement.Unjudged();
        };
    this.free = new Semaphore(config.atOnceMax());
    this.meters = meters;
    this.calls = Timer.builder("parley.filter.hook").register(meters);
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(TlsFiles.ofProcess().context())
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(config.budget())
            .sslContext(TlsFiles.ofProcess().context())
            .build();
  }

  /// Never fails, and is done within the budget; on which thread is open.
  CompletableFuture<Judgement> judge(Submission submission) {
    if (!free.tryAcquire()) {
      return CompletableFuture.completedFuture(judgement(new Outcome.Failed(Failure.BOUND)));
    }
    var since = System.nanoTime();
    var call =
        client.sendAsync(
            request(submission),
            HttpResponse.BodyHandlers.limiting(
                HttpResponse.BodyHandlers.ofByteArray(), ANSWER_BYTES_MAX));
    return call.copy()
        .orTimeout(budget.toMillis(), TimeUnit.MILLISECONDS)
        .handle((response, failure) -> {
          // Does nothing to a call that has ended.
          call.cancel(true);
          free.release();
          calls.record(System.nanoTime() - since, TimeUnit.NANOSECONDS);
          return judgement(outcome(response, failure));
        });
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  private HttpRequest request(Submission submission) {
    var body = body(submission);
    return HttpRequest.newBuilder(address)
        .timeout(budget)
        .header("Content-Type", "application/json")
        .header(SIGNATURE_HEADER, "sha256=" + HexFormat.of().formatHex(hmac(body)))
        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
        .build();
  }

  private static byte[] body(Submission submission) {
    var json = Json.MAPPER.createObjectNode();
    json.put("conversation", submission.conversation().toString());
    json.put("actor", submission.actor().toString());
    json.put("message", submission.message().toString());
    json.put("kind", submission.kind().wireName());
    json.put("text", submission.text());
    var names = json.putArray("attachments");
    submission.attachments().forEach(names::add);
    json.put("at", Instant.now().toString());
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  private byte[] hmac(byte[] body) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(body);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("Every Java has HMAC-SHA-256", missing);
    }
  }

  private static Outcome outcome(
      @Nullable HttpResponse<byte[]> response, @Nullable Throwable failure) {
    if (response == null) {
      return new Outcome.Failed(isLate(failure) ? Failure.LATE : Failure.CONNECTION);
    }
    return response.statusCode() == OK ? read(response.body()) : new Outcome.Failed(Failure.STATUS);
  }

  private static boolean isLate(@Nullable Throwable failure) {
    var cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
    return cause instanceof TimeoutException || cause instanceof HttpTimeoutException;
  }

  private static Outcome read(byte[] answer) {
    JsonNode json;
    try {
      json = Json.MAPPER.readTree(answer);
    } catch (IOException none) {
      return new Outcome.Failed(Failure.ANSWER);
    }
    var reason = reason(json.path("reason").asText(""));
    return switch (json.path("judgement").asText("")) {
      case "pass" -> new Outcome.Judged(new Judgement.Pass());
      case "hold" -> new Outcome.Judged(new Judgement.Hold(reason));
      case "reject" -> new Outcome.Judged(new Judgement.Reject(reason));
      default -> new Outcome.Failed(Failure.ANSWER);
    };
  }

  private static String reason(String given) {
    var line = given.replaceAll("\\p{Cntrl}+", " ").strip();
    if (line.length() <= REASON_CHARS_MAX) {
      return line;
    }
    var end = Character.isHighSurrogate(line.charAt(REASON_CHARS_MAX - 1)) ? 1 : 0;
    return line.substring(0, REASON_CHARS_MAX - end);
  }

  private Judgement judgement(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Judged(var judgement) -> {
        if (failing.compareAndSet(true, false)) {
          LOG.info("The content filter's hook judges again");
        }
        yield judgement;
      }
      case Outcome.Failed(var failure) -> {
        var cause = failure.name().toLowerCase(Locale.ROOT);
        Counter.builder("parley.filter.failed").tag("cause", cause).register(meters).increment();
        // One line when it begins, not one for each message.
        if (failing.compareAndSet(false, true)) {
          LOG.warn("The content filter's hook does not judge: {}", cause);
        }
        yield onFailure;
      }
    };
  }
}
