package dev.parley.stack.slack;

import dev.parley.log.KafkaConnection;
import dev.parley.schemas.content.MasterKey;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/// Where the deployment is and what opens it, from the environment, and the import's limits.
///
/// @param windowMax commands sent whose outcome is not known yet; at the limit the import waits
/// @param lanesMax conversations brought in side by side
/// @param patience without any progress for so long, the import gives up and says what it waited
///   for
record Settings(
    KafkaConnection kafka,
    URI identity,
    URI projection,
    URI search,
    MasterKey masterKey,
    String operatorSecret,
    String internalSecret,
    int windowMax,
    int lanesMax,
    int textCharsMax,
    Duration patience) {

  static Settings of(Map<String, String> environment) {
    return new Settings(
        KafkaConnection.of(
            environment.getOrDefault("PARLEY_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:19092"),
            environment),
        address(environment, "PARLEY_IDENTITY_URL", "http://127.0.0.1:8141"),
        address(environment, "PARLEY_PROJECTION_URL", "http://127.0.0.1:8121"),
        address(environment, "PARLEY_SEARCH_URL", "http://127.0.0.1:8131"),
        masterKey(environment),
        required(environment, "PARLEY_OPERATOR_SECRET"),
        required(environment, "PARLEY_INTERNAL_SECRET"),
        4_000,
        16,
        20_000,
        Duration.ofSeconds(60));
  }

  private static MasterKey masterKey(Map<String, String> environment) {
    String key = required(environment, "PARLEY_MASTER_KEY");
    try {
      return MasterKey.ofBase64(key);
    } catch (IllegalArgumentException e) {
      throw new ImportFailedException(String.valueOf(e.getMessage()));
    }
  }

  private static URI address(Map<String, String> environment, String name, String otherwise) {
    String value = environment.getOrDefault(name, otherwise);
    try {
      return URI.create(value.endsWith("/") ? value.substring(0, value.length() - 1) : value);
    } catch (IllegalArgumentException e) {
      throw new ImportFailedException(name + " is no address.");
    }
  }

  private static String required(Map<String, String> environment, String name) {
    String value = environment.get(name);
    if (value == null || value.isBlank()) {
      throw new ImportFailedException(
          name + " is not set; start the import with `./parley import`, which sets it.");
    }
    return value;
  }

  @Override
  public String toString() {
    return "Settings[" + kafka + "]";
  }
}
