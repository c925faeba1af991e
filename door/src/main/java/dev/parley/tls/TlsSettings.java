package dev.parley.tls;

import dev.parley.log.KafkaConnection;
import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.PropertiesConfigSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/// What the three settings of TLS mean to libraries that have settings of their own. Whatever is
/// set by its own name wins.
public final class TlsSettings implements ConfigSourceFactory {

  /// Below the service's own defaults and everything that a deployment says.
  private static final int ORDINAL = 240;

  private static final String KAFKA = "parley.kafka.properties.\"%s\"";

  @Override
  public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
    var settings = new HashMap<String, String>();
    kafka(settings);
    var ca = value(context, "parley.tls.ca");
    if (ca != null) {
      trusting(context, ca, settings);
    }
    var certificate = value(context, "parley.tls.certificate");
    var key = value(context, "parley.tls.key");
    if (isKafkaOverTls(context, settings)) {
      KafkaConnection.encrypted(ca, certificate, key)
          .forEach((name, value) -> settings.putIfAbsent(KAFKA.formatted(name), value));
    }
    if (certificate != null && key != null) {
      showing(context, certificate, key, settings);
    }
    return List.of(new PropertiesConfigSource(settings, "parley.tls", ORDINAL));
  }

  /// Settings of Kafka's clients have dots in their names, which variables of an environment cannot
  /// have.
  private static void kafka(Map<String, String> settings) {
    KafkaConnection.named(System.getenv())
        .forEach((name, value) -> settings.put(KAFKA.formatted(name), value));
  }

  private static void trusting(
      ConfigSourceContext context, String ca, Map<String, String> settings) {
    settings.put("smallrye.jwt.client.tls.certificate.path", ca);
    var postgres = value(context, "quarkus.datasource.reactive.url");
    if (postgres != null && postgres.contains("sslmode=verify-")) {
      settings.put("quarkus.datasource.reactive.trust-certificate-pem", "true");
      settings.put("quarkus.datasource.reactive.trust-certificate-pem.certs", ca);
      settings.put("quarkus.datasource.reactive.hostname-verification-algorithm", "HTTPS");
      settings.put("quarkus.datasource.jdbc.additional-jdbc-properties.sslrootcert", ca);
    }
    if (isRedisOverTls(context)) {
      settings.put("quarkus.redis.tls.enabled", "true");
      settings.put("quarkus.redis.tls.trust-certificate-pem", "true");
      settings.put("quarkus.redis.tls.trust-certificate-pem.certs", ca);
      settings.put("quarkus.redis.tls.hostname-verification-algorithm", "HTTPS");
    }
  }

  private static void showing(
      ConfigSourceContext context, String certificate, String key, Map<String, String> settings) {
    settings.put("quarkus.http.ssl.certificate.files", certificate);
    settings.put("quarkus.http.ssl.certificate.key-files", key);
    settings.put("quarkus.http.insecure-requests", "disabled");
    var port = value(context, "quarkus.http.port");
    settings.put("quarkus.http.ssl-port", port == null ? "8443" : port);
    if (isRedisOverTls(context)) {
      settings.put("quarkus.redis.tls.key-certificate-pem", "true");
      settings.put("quarkus.redis.tls.key-certificate-pem.certs", certificate);
      settings.put("quarkus.redis.tls.key-certificate-pem.keys", key);
    }
  }

  private static boolean isKafkaOverTls(ConfigSourceContext context, Map<String, String> settings) {
    var name = KAFKA.formatted("security.protocol");
    var said = value(context, name);
    return KafkaConnection.isEncrypted(said == null ? settings.getOrDefault(name, "") : said);
  }

  private static boolean isRedisOverTls(ConfigSourceContext context) {
    var redis = value(context, "quarkus.redis.hosts");
    return redis != null && redis.startsWith("rediss:");
  }

  private static @Nullable String value(ConfigSourceContext context, String name) {
    var found = context.getValue(name);
    var value = found == null ? null : found.getValue();
    return value == null || value.isBlank() ? null : value;
  }
}
