package dev.parley.tokens;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.log.RevocationTable;
import dev.parley.log.UserTable;
import dev.parley.tokens.ClaimReader.Told;
import dev.parley.tokens.Verdict.Reason;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.PublicKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Checks tokens with what is in memory.
///
/// A token that was found valid is remembered by its hash, with the key that signed it; from then
/// on its signature is not computed again. Whether it still holds is asked anew each time: its
/// time, its key, revocations, and whether its person is suspended or erased.
public final class JwtVerifier implements TokenVerifier {

  private static final Logger LOG = LoggerFactory.getLogger(JwtVerifier.class);
  private static final CompletionStage<Verdict> UNAVAILABLE =
      CompletableFuture.completedStage(new Verdict.Unavailable());

  private final Map<String, Issuer> issuers;
  private final Standing standing;
  private final @Nullable Provisioning provisioning;
  private final InstantSource clock;
  private final Limits limits;
  private final Outcomes outcomes;
  private final Cache<TokenHash, Checked> checked;
  private final Semaphore waiting;

  /// @param bytesMax longer tokens are not read
  /// @param skew between clocks
  /// @param cacheMax tokens that are remembered
  /// @param waitingMax tokens that wait for something at once
  /// @param startWait longest wait for the log to be read
  record Limits(int bytesMax, Duration skew, int cacheMax, int waitingMax, Duration startWait) {}

  /// A token that was found valid.
  private record Checked(
      Issuer issuer, @Nullable String keyId, String alg, PublicKey key, Told told) {
    boolean isKeyStillThere() {
      return key.equals(issuer.keys().known(keyId, alg));
    }
  }

  /// @param issuers by the claim `iss`
  /// @param provisioning null: nobody is provisioned, since there are no foreign issuers
  JwtVerifier(
      Map<String, Issuer> issuers,
      Standing standing,
      @Nullable Provisioning provisioning,
      InstantSource clock,
      Limits limits,
      MeterRegistry meters) {
    this.issuers = Map.copyOf(issuers);
    this.standing = standing;
    this.provisioning = provisioning;
    this.clock = clock;
    this.limits = limits;
    this.outcomes = new Outcomes(meters);
    this.checked = Caffeine.newBuilder().maximumSize(limits.cacheMax()).build();
    this.waiting = new Semaphore(limits.waitingMax());
  }

  /// A verifier of own tokens alone, with the limits that doors have by default: for programs that
  /// are none of Parley's services.
  ///
  /// @param issuer the claim `iss`
  /// @param audience what `aud` must name
  /// @param users started by the caller, and closed by them
  /// @param revocations likewise
  public static JwtVerifier ofOwn(
      String issuer,
      String audience,
      OwnKeys keys,
      UserTable users,
      RevocationTable revocations,
      MeterRegistry meters) {
    return new JwtVerifier(
        Map.of(issuer, Issuers.own(issuer, audience, Keys.of(keys))),
        new LogStanding(users, revocations),
        null,
        InstantSource.system(),
        new Limits(8_192, Duration.ofSeconds(5), 20_000, 1_000, Duration.ofSeconds(5)),
        meters);
  }

  @Override
  public CompletionStage<Verdict> verify(String token) {
    // Every character is a byte at least.
    if (token.length() > limits.bytesMax()) {
      return refused(Reason.MALFORMED);
    }
    return standing.isKnown()
        ? checkedOrFresh(token)
        : waitFor(
            () -> standing.known().toCompletableFuture().copy(),
            limits.startWait(),
            _ -> checkedOrFresh(token));
  }

  @Override
  public void onEnd(Consumer<Ended> listener) {
    standing.onEnd(listener);
  }

  private CompletionStage<Verdict> checkedOrFresh(String token) {
    var hash = TokenHash.of(token);
    var before = checked.getIfPresent(hash);
    return before != null && before.isKeyStillThere()
        ? answer(before.told().caller())
        : fresh(token, hash);
  }

  private CompletionStage<Verdict> fresh(String token, TokenHash hash) {
    var presented = Presented.read(token);
    if (presented == null) {
      return refused(Reason.MALFORMED);
    }
    var claims = presented.claims();
    var issuer = issuers.get(String.valueOf(claims.path("iss").textValue()));
    if (issuer == null) {
      return refused(Reason.UNKNOWN_ISSUER);
    }
    // What costs nothing comes first: no key is fetched for what could not hold anyway.
    var times = Times.read(claims, issuer.lifeMaxMillis());
    if (times == null || !issuer.types().contains(presented.type())) {
      return refused(Reason.MALFORMED);
    }
    if (!issuer.addresses(claims)) {
      return refused(Reason.AUDIENCE);
    }
    if (!times.holds(clock.millis(), limits.skew().toMillis())) {
      return refused(Reason.EXPIRED);
    }
    var algorithm = presented.algorithm();
    if (!issuer.algorithms().contains(algorithm)) {
      return refused(Reason.SIGNATURE);
    }
    var key = issuer.keys().known(presented.keyId(), algorithm);
    return key != null
        ? signed(presented, issuer, times, key, hash)
        : waitFor(
            () -> issuer.keys().fetch(presented.keyId(), algorithm).toCompletableFuture(),
            Duration.ZERO,
            search ->
                switch (search) {
                  case Keys.Search.Found(var found) ->
                      signed(presented, issuer, times, found, hash);
                  case Keys.Search.Unknown() -> refused(Reason.SIGNATURE);
                  case Keys.Search.Unavailable() -> unavailable();
                });
  }

  private CompletionStage<Verdict> signed(
      Presented presented, Issuer issuer, Times times, PublicKey key, TokenHash hash) {
    if (!presented.isSignedBy(key, issuer.algorithms())) {
      return refused(Reason.SIGNATURE);
    }
    var told = issuer.reader().read(issuer.id(), presented.claims(), times);
    if (told == null) {
      return refused(Reason.MALFORMED);
    }
    var good = new Checked(issuer, presented.keyId(), presented.algorithm(), key, told);
    var newcomer = told.newcomer();
    if (newcomer == null || provisioning == null || standing.knows(newcomer.id())) {
      return remembered(hash, good);
    }
    return waitFor(
        () -> provisioning.provision(newcomer).toCompletableFuture(),
        Duration.ZERO,
        outcome ->
            switch (outcome) {
              case KNOWN -> remembered(hash, good);
              case SUSPENDED -> refused(Reason.SUSPENDED);
              case ERASED -> refused(Reason.ERASED);
              case UNAVAILABLE -> unavailable();
            });
  }

  private CompletionStage<Verdict> remembered(TokenHash hash, Checked good) {
    checked.put(hash, good);
    return answer(good.told().caller());
  }

  /// What is asked of every token, remembered or not.
  private CompletionStage<Verdict> answer(Caller caller) {
    if (clock.millis() >= caller.expiresAtMillis() + limits.skew().toMillis()) {
      return refused(Reason.EXPIRED);
    }
    var ended = standing.ended(caller);
    if (ended != null) {
      return refused(ended);
    }
    outcomes.valid();
    return CompletableFuture.completedStage(new Verdict.Valid(caller));
  }

  /// @param longest zero: what is waited for has a bound of its own
  private <T> CompletionStage<Verdict> waitFor(
      Supplier<CompletableFuture<T>> what,
      Duration longest,
      Function<T, CompletionStage<Verdict>> then) {
    if (!waiting.tryAcquire()) {
      return unavailable();
    }
    var coming = what.get();
    if (longest.isPositive()) {
      coming.orTimeout(longest.toMillis(), TimeUnit.MILLISECONDS);
    }
    // Whose thread completes it is not to be held up by signatures.
    return coming
        .whenComplete((_, _) -> waiting.release())
        .thenComposeAsync(then, Thread::startVirtualThread)
        .exceptionallyCompose(this::failed);
  }

  private CompletionStage<Verdict> failed(Throwable failure) {
    var cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (!(cause instanceof TimeoutException)) {
      LOG.error("A token could not be checked", cause);
    }
    return unavailable();
  }

  private CompletionStage<Verdict> refused(Reason reason) {
    outcomes.refused(reason);
    return CompletableFuture.completedStage(new Verdict.Refused(reason));
  }

  private CompletionStage<Verdict> unavailable() {
    outcomes.unavailable();
    return UNAVAILABLE;
  }
}
