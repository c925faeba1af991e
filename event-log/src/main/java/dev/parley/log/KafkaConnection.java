package dev.parley.log;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.CommonClientConfigs;
import org.jspecify.annotations.Nullable;

/// Where the log is, and how a client proves who it is: every Kafka client of the platform is made
/// from one of these. The values never appear in its text: a password or a key is among them.
///
/// @param bootstrapServers `host:port` of brokers, comma separated
/// @param properties settings of Kafka's clients by their own names (`security.protocol`, `ssl.*`,
///   `sasl.*`); what a client of the platform decides itself wins over them
public record KafkaConnection(String bootstrapServers, Map<String, String> properties) {

  private static final String VARIABLES = "PARLEY_KAFKA_PROPERTIES_";
  private static final Set<String> OVER_TLS = Set.of("SSL", "SASL_SSL");

  public KafkaConnection {
    properties = Map.copyOf(properties);
  }

  /// In the clear and without a name: brokers that ask for nothing.
  public static KafkaConnection plain(String bootstrapServers) {
    return new KafkaConnection(bootstrapServers, Map.of());
  }

  /// As the environment says it: `PARLEY_KAFKA_PROPERTIES_SSL_KEYSTORE_LOCATION` is
  /// `ssl.keystore.location`, and where the lines are encrypted `PARLEY_TLS_CA`,
  /// `PARLEY_TLS_CERTIFICATE` and `PARLEY_TLS_KEY` are files of PEM. For programs that are no
  /// service.
  public static KafkaConnection of(String bootstrapServers, Map<String, String> environment) {
    var named = named(environment);
    var properties = new HashMap<String, String>();
    if (isEncrypted(named.getOrDefault("security.protocol", ""))) {
      properties.putAll(
          encrypted(
              environment.get("PARLEY_TLS_CA"),
              environment.get("PARLEY_TLS_CERTIFICATE"),
              environment.get("PARLEY_TLS_KEY")));
    }
    properties.putAll(named);
    return new KafkaConnection(bootstrapServers, properties);
  }

  /// Whether a `security.protocol` is one over TLS.
  public static boolean isEncrypted(String protocol) {
    return OVER_TLS.contains(protocol);
  }

  /// What files of PEM are in the words of Kafka's clients.
  ///
  /// @param ca whom to believe; null: whom Java believes
  /// @param certificate the own chain; null: nothing is shown
  /// @param key of the certificate
  /// @throws UncheckedIOException if a file cannot be read
  public static Map<String, String> encrypted(
      @Nullable String ca, @Nullable String certificate, @Nullable String key) {
    var settings = new HashMap<String, String>();
    if (ca != null) {
      settings.put("ssl.truststore.type", "PEM");
      settings.put("ssl.truststore.location", ca);
    }
    if (certificate != null && key != null) {
      settings.put("ssl.keystore.type", "PEM");
      settings.put("ssl.keystore.certificate.chain", text(certificate));
      settings.put("ssl.keystore.key", text(key));
    }
    return settings;
  }

  /// The settings that an environment names.
  public static Map<String, String> named(Map<String, String> environment) {
    return environment.entrySet().stream()
        .filter(variable -> variable.getKey().startsWith(VARIABLES))
        .collect(toUnmodifiableMap(variable -> setting(variable.getKey()), Map.Entry::getValue));
  }

  private static String text(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException("Cannot read " + file, unreadable);
    }
  }

  /// Names of these settings have neither capitals nor dashes.
  private static String setting(String variable) {
    return variable.substring(VARIABLES.length()).toLowerCase(Locale.ROOT).replace('_', '.');
  }

  /// What a client begins with; its own settings are put over them. What clients log again and
  /// again while brokers are away is logged once in ten seconds from here on.
  public Properties client() {
    SeldomRepeated.install();
    var client = new Properties();
    client.putAll(properties);
    client.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    return client;
  }

  @Override
  public String toString() {
    return "KafkaConnection[" + bootstrapServers + ", " + new TreeSet<>(properties.keySet()) + "]";
  }
}
