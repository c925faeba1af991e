package dev.parley.tokens;

import dev.parley.log.KafkaConnection;
import dev.parley.log.RevocationTable;
import dev.parley.log.UserTable;
import dev.parley.schemas.content.MasterKey;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/// Makes what a door knows of people and their tokens, starts it before the rest of the service and
/// ends it after. One [UserTable] and one [RevocationTable] a process: services inject them.
@Singleton
public class TokenParts {

  private final UserTable users;
  private final RevocationTable revocations;
  private final PageReader pages;
  private final Map<String, Issuer> issuers;
  private final @Nullable Provisioning provisioning;
  private final JwtVerifier verifier;

  /// @param own a service that has the keys itself says so with a bean
  TokenParts(
      TokensConfig config,
      MeterRegistry meters,
      Instance<OwnKeys> own,
      @ConfigProperty(name = "mp.jwt.verify.issuer", defaultValue = "parley") String issuer,
      @ConfigProperty(
              name = "mp.jwt.verify.publickey.location",
              defaultValue = "http://127.0.0.1:8141/.well-known/jwks.json")
          String location) {
    var tokens = config.tokens();
    var clock = InstantSource.system();
    var kafka = new KafkaConnection(config.kafka().bootstrapServers(), config.kafka().properties());
    this.users = new UserTable(kafka, masterKey(config));
    this.revocations = new RevocationTable(kafka, clock);
    this.pages = new PageReader(tokens.keys().timeout(), tokens.keys().bytesMax());
    this.issuers =
        Issuers.of(tokens, issuer, location, own.isUnsatisfied() ? null : own.get(), pages);
    this.provisioning =
        tokens.issuers().isEmpty()
            ? null
            : new Provisioning(config.identity().url(), secret(config), tokens.provisioning());
    this.verifier =
        new JwtVerifier(
            issuers,
            new LogStanding(users, revocations),
            provisioning,
            clock,
            new JwtVerifier.Limits(
                tokens.bytesMax(),
                tokens.clockSkew(),
                tokens.cacheMax(),
                tokens.waitingMax(),
                tokens.startWait()),
            meters);
  }

  @Produces
  @Singleton
  TokenVerifier verifier() {
    return verifier;
  }

  @Produces
  @Singleton
  UserTable users() {
    return users;
  }

  @Produces
  @Singleton
  RevocationTable revocations() {
    return revocations;
  }

  void start(@Observes @Priority(1) StartupEvent event) {
    users.start();
    revocations.start();
    issuers.values().forEach(issuer -> issuer.keys().start());
  }

  /// After the doors were closed.
  void stop(@Observes @Priority(10_000) ShutdownEvent event) {
    issuers.values().forEach(issuer -> issuer.keys().close());
    if (provisioning != null) {
      provisioning.close();
    }
    pages.close();
    revocations.close();
    users.close();
  }

  private static MasterKey masterKey(TokensConfig config) {
    return MasterKey.ofBase64(
        config
            .masterKey()
            .orElseThrow(() ->
                new IllegalStateException(
                    "Expected parley.master-key (PARLEY_MASTER_KEY), base64 of 32 bytes, but it"
                        + " is not set")),
        config.masterKeyPrevious().orElse(List.of()));
  }

  private static String secret(TokensConfig config) {
    return config
        .internalSecret()
        .orElseThrow(() ->
            new IllegalStateException(
                "Expected parley.internal-secret (PARLEY_INTERNAL_SECRET), since"
                    + " parley.tokens.issuers names some, but it is not set"));
  }
}
