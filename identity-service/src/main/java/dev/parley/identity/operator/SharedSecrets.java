package dev.parley.identity.operator;

import dev.parley.identity.IdentityConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who may use the endpoints that have no users: whoever holds the deployment's operator secret,
/// and the other services, which hold the internal one.
@ApplicationScoped
public class SharedSecrets {

  private final Optional<String> operator;
  private final Optional<String> internal;

  SharedSecrets(IdentityConfig config) {
    this.operator = config.operatorSecret().filter(value -> !value.isBlank());
    this.internal = config.internalSecret().filter(value -> !value.isBlank());
  }

  public boolean isOperator(@Nullable String given) {
    return fits(operator, given);
  }

  public boolean isService(@Nullable String given) {
    return fits(internal, given);
  }

  /// Constant in time, whatever part of the secret is right.
  private static boolean fits(Optional<String> secret, @Nullable String given) {
    byte[] expected = secret.orElse("").getBytes(StandardCharsets.UTF_8);
    byte[] actual = Objects.requireNonNullElse(given, "").getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(expected, actual) && secret.isPresent();
  }
}
