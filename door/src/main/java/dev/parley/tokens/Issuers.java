package dev.parley.tokens;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The issuers of a configuration.
final class Issuers {

  /// Revocations are forgotten an hour later.
  private static final Duration LIFE_MAX = Duration.ofHours(24);

  private static final Set<String> ASYMMETRIC =
      Set.of(
          "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA");

  /// RSA for a quicker check, ECDSA for a quicker signature and shorter tokens.
  private static final Set<String> OWN_ALGORITHMS = Set.of("ES256", "RS256");

  private static final Set<String> OWN_TYPES = Set.of("at+jwt");

  /// Neither logout tokens nor any other kind that happens to be signed by the same key.
  private static final Set<String> FOREIGN_TYPES = Set.of("", "jwt", "at+jwt");

  private Issuers() {}

  /// By the claim `iss`.
  ///
  /// @param own keys in memory; null: those at `location`
  /// @throws IllegalArgumentException if an issuer cannot be what the settings say
  static Map<String, Issuer> of(
      TokensConfig.Tokens config,
      String ownId,
      String location,
      @Nullable OwnKeys own,
      PageReader pages) {
    var issuers = new HashMap<String, Issuer>();
    issuers.put(
        ownId,
        own(
            ownId,
            config.audience(),
            own != null
                ? Keys.of(own)
                : new FetchedKeys("parley", KeyPage.of(location), pages, config.keys())));
    config
        .issuers()
        .forEach((name, foreign) -> {
          if (issuers.put(foreign.issuer(), foreign(name, foreign, config, pages)) != null) {
            throw wrong(name, "issuer", "is that of another issuer as well");
          }
        });
    return issuers;
  }

  static Issuer own(String id, String audience, Keys keys) {
    return new Issuer(
        id, audience, OWN_ALGORITHMS, OWN_TYPES, LIFE_MAX.toMillis(), keys, new ClaimReader.Own());
  }

  private static Issuer foreign(
      String name, TokensConfig.Issuer config, TokensConfig.Tokens all, PageReader pages) {
    var algorithms = Set.copyOf(config.algorithms());
    if (algorithms.isEmpty() || !ASYMMETRIC.containsAll(algorithms)) {
      throw wrong(name, "algorithms", "must be of " + ASYMMETRIC.stream().sorted().toList());
    }
    if (!config.lifeMax().isPositive() || config.lifeMax().compareTo(LIFE_MAX) > 0) {
      throw wrong(name, "life-max", "must be at most " + LIFE_MAX);
    }
    if (config.issuer().isBlank() || config.audience().isBlank()) {
      throw wrong(name, "issuer and .audience", "must be set");
    }
    return new Issuer(
        config.issuer(),
        config.audience(),
        algorithms,
        FOREIGN_TYPES,
        config.lifeMax().toMillis(),
        new FetchedKeys(name, page(name, config), pages, all.keys()),
        new ClaimReader.Foreign(config.claims()));
  }

  private static KeyPage page(String name, TokensConfig.Issuer config) {
    if (config.jwksUrl().isPresent() == config.discovery().isPresent()) {
      throw wrong(name, "jwks-url", "or .discovery must be set, and not both");
    }
    return config
        .jwksUrl()
        .map(KeyPage::of)
        .orElseGet(() ->
            new KeyPage.Discovered(URI.create(config.discovery().orElseThrow()), config.issuer()));
  }

  private static IllegalArgumentException wrong(String name, String setting, String what) {
    return new IllegalArgumentException(
        "parley.tokens.issuers.\"" + name + "\"." + setting + " " + what);
  }
}
