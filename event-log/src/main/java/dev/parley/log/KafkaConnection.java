package dev.parley.log;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import org.apache.kafka.clients.CommonClientConfigs;

/// Where the log is, and how a client proves who it is: every Kafka client of the platform is made
/// from one of these. The values never appear in its text: a password or a key is among them.
///
/// @param bootstrapServers `host:port` of brokers, comma separated
/// @param properties settings of Kafka's clients by their own names (`security.protocol`, `ssl.*`,
///   `sasl.*`); what a client of the platform decides itself wins over them
public record KafkaConnection(String bootstrapServers, Map<String, String> properties) {

  private static final String VARIABLES = "PARLEY_KAFKA_PROPERTIES_";

  public KafkaConnection {
    properties = Map.copyOf(properties);
  }

  /// In the clear and without a name: brokers that ask for nothing.
  public static KafkaConnection plain(String bootstrapServers) {
    return new KafkaConnection(bootstrapServers, Map.of());
  }

  /// As the environment says it: `PARLEY_KAFKA_PROPERTIES_SSL_KEYSTORE_LOCATION` is
  /// `ssl.keystore.location`. For programs that are no service.
  public static KafkaConnection of(String bootstrapServers, Map<String, String> environment) {
    return new KafkaConnection(bootstrapServers, named(environment));
  }

  /// The settings that an environment names.
  public static Map<String, String> named(Map<String, String> environment) {
    return environment.entrySet().stream()
        .filter(variable -> variable.getKey().startsWith(VARIABLES))
        .collect(toUnmodifiableMap(variable -> setting(variable.getKey()), Map.Entry::getValue));
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
