package dev.parley.tokens;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A door as [TokenParts] makes it, with a clock that the test sets.
final class Doors implements AutoCloseable {

  static final String AUDIENCE = "parley";
  private static final int CONVERTER_PRIORITY = 200;
  static final Duration BOUND = Duration.ofSeconds(20);

  final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final JwtVerifier verifier;
  private final PageReader pages;
  private final Map<String, Issuer> issuers;
  private final @Nullable Provisioning provisioning;

  /// @param settings below `parley.tokens.`, over short rests
  Doors(
      String ownKeys, Map<String, String> settings, Standing standing, @Nullable String identity) {
    var all = new HashMap<String, String>();
    all.put("parley.tokens.keys.rest-at-least", "50ms");
    all.put("parley.tokens.keys.rest-at-most", "200ms");
    all.put("parley.tokens.keys.unknown-for", "200ms");
    all.put("parley.tokens.keys.timeout", "2s");
    all.put("parley.tokens.start-wait", "200ms");
    settings.forEach((name, value) -> all.put("parley.tokens." + name, value));
    var config =
        new SmallRyeConfigBuilder()
            .withConverter(Duration.class, CONVERTER_PRIORITY, new DurationConverter())
            .withMapping(TokensConfig.class)
            .withDefaultValues(all)
            .build()
            .getConfigMapping(TokensConfig.class)
            .tokens();
    this.pages = new PageReader(config.keys().timeout(), config.keys().bytesMax());
    this.issuers = Issuers.of(config, "parley", ownKeys, null, pages);
    this.provisioning =
        identity == null ? null : new Provisioning(identity, "secret", config.provisioning());
    this.verifier =
        new JwtVerifier(
            issuers,
            standing,
            provisioning,
            now::get,
            new JwtVerifier.Limits(
                config.bytesMax(),
                config.clockSkew(),
                config.cacheMax(),
                config.waitingMax(),
                config.startWait()),
            meters);
    issuers.values().forEach(issuer -> issuer.keys().start());
  }

  Verdict verify(String token) {
    return verifier
        .verify(token)
        .toCompletableFuture()
        .orTimeout(BOUND.toSeconds(), TimeUnit.SECONDS)
        .join();
  }

  /// How many tokens came to that.
  double counted(String result) {
    return meters.get("parley.token.checks").tag("result", result).counter().count();
  }

  /// Claims of an own token of a person.
  Map<String, Object> own(String subject) {
    var claims = new HashMap<String, Object>();
    claims.put("iss", "parley");
    claims.put("aud", AUDIENCE);
    claims.put("sub", subject);
    claims.put("groups", List.of("user"));
    claims.put("iat", now.get().getEpochSecond());
    claims.put("exp", now.get().getEpochSecond() + 900);
    return claims;
  }

  @Override
  public void close() {
    issuers.values().forEach(issuer -> issuer.keys().close());
    if (provisioning != null) {
      provisioning.close();
    }
    pages.close();
  }
}
