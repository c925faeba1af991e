package dev.parley.tokens;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Whose tokens the doors take, and what checking them may cost; the same at every service.
@ConfigMapping(prefix = "parley")
public interface TokensConfig {

  Tokens tokens();

  Kafka kafka();

  Identity identity();

  /// Base64 of 32 bytes, the deployment's. No default: without it no door starts.
  Optional<String> masterKey();

  /// Master keys of before, which still unwrap, comma separated.
  Optional<List<String>> masterKeyPrevious();

  /// What services present to each other in the header `Parley-Internal`. Without it people of
  /// foreign issuers cannot be provisioned, and a door with such issuers does not start.
  Optional<String> internalSecret();

  /// Where the log is.
  interface Kafka {

    /// `host:port` of brokers, comma separated.
    @WithDefault("127.0.0.1:19092")
    String bootstrapServers();

    /// Further settings of Kafka's clients by their own names, each key in quotes. Never logged.
    Map<String, String> properties();
  }

  /// Who provisions people.
  interface Identity {

    /// Where identity-service is, without a slash at the end: doors have people of foreign issuers
    /// provisioned there at first sight.
    @WithDefault("http://127.0.0.1:8141")
    String url();
  }

  interface Tokens {

    /// Foreign issuers whose tokens are taken, by a name of one's own choice.
    Map<String, Issuer> issuers();

    /// Whom the own tokens must be made for.
    @WithDefault("parley")
    String audience();

    /// A token with more bytes is refused before anything is read of it.
    @WithDefault("8192")
    int bytesMax();

    /// How far the clocks of an issuer and of a door may be apart.
    @WithDefault("5s")
    Duration clockSkew();

    /// Tokens that were found valid and are remembered, so that their signature is not computed
    /// again; over it the least used one is forgotten. Some 500 bytes each.
    @WithDefault("20000")
    int cacheMax();

    /// Tokens that wait for keys, a provisioning or the log at the same time; over it a token is
    /// answered with `unavailable`.
    @WithDefault("1000")
    int waitingMax();

    /// Longest wait of a token for the log at the start; then it is answered with `unavailable`.
    @WithDefault("5s")
    Duration startWait();

    Keys keys();

    Provisioning provisioning();
  }

  /// How keys are fetched.
  interface Keys {

    /// How often keys are fetched anew: by then a door takes no key that was withdrawn.
    @WithDefault("1m")
    Duration refreshEvery();

    /// Least time between two fetches from one issuer: tokens with unknown keys wait so long.
    @WithDefault("2s")
    Duration restAtLeast();

    /// Longest rest after failures, which doubles with each. Tokens with unknown keys are answered
    /// with `unavailable` meanwhile; those with known ones are taken as before.
    @WithDefault("5s")
    Duration restAtMost();

    /// How long the id of a key that the issuer does not have is remembered as unknown.
    @WithDefault("5s")
    Duration unknownFor();

    /// Longest wait for an issuer's answer; then the fetch has failed.
    @WithDefault("3s")
    Duration timeout();

    /// Largest answer of an issuer in bytes; over it the fetch has failed.
    @WithDefault("262144")
    int bytesMax();
  }

  /// How people of foreign issuers become people here.
  interface Provisioning {

    /// At the same time; over it a token is answered with `unavailable`.
    @WithDefault("32")
    int atOnceMax();

    /// Longest wait for identity-service; then the token is answered with `unavailable`.
    @WithDefault("3s")
    Duration timeout();
  }

  /// Somebody else who says who people are.
  interface Issuer {

    /// The claim `iss`, to the letter.
    String issuer();

    /// What the claim `aud` must name.
    String audience();

    /// Where the issuer's keys are (JWKS, RFC 7517). This or `discovery`.
    Optional<String> jwksUrl();

    /// The OpenID configuration (`https://.../.well-known/openid-configuration`), which names the
    /// keys; its issuer must be this one.
    Optional<String> discovery();

    /// Algorithms that the issuer may sign with. Symmetric ones and `none` are not taken from
    /// anybody: a door that is told of one does not start.
    @WithDefault("RS256,RS384,RS512,PS256,PS384,PS512,ES256,ES384,ES512,EdDSA")
    List<String> algorithms();

    /// Longest life of a token from its issue on, at most 24 hours: a revocation is not remembered
    /// for longer. A longer life is cut.
    @WithDefault("24h")
    Duration lifeMax();

    Claims claims();
  }

  /// Which claims tell what. A dot leads into an object, where no claim has the whole name.
  interface Claims {

    /// Who it is, for ever.
    @WithDefault("sub")
    String subject();

    /// The name to be known by; one that is taken gets a number.
    @WithDefault("preferred_username")
    String name();

    /// The name to be shown.
    @WithDefault("name")
    String displayName();

    /// A claim that is the id of a Parley user. Only for issuers that may speak for anybody here,
    /// since one who writes it decides who that is. Absent: the id is made of issuer and subject.
    Optional<String> userId();

    /// A claim that makes an admin of the deployment if it is, or holds, `admin-value`.
    Optional<String> admin();

    @WithDefault("true")
    String adminValue();

    /// A claim with scopes of Parley, separated by spaces. Absent: tokens of this issuer are not
    /// narrowed, whatever they carry in `scope`.
    Optional<String> scope();
  }
}
