package dev.parley.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TlsSettingsTest {

  @TempDir Path folder;

  /// As the services' own mappings say it.
  @ConfigMapping(prefix = "parley.kafka")
  interface Kafka {
    Map<String, String> properties();
  }

  @Test
  void withoutFilesNothingIsSaid() {
    var config = config(Map.of("quarkus.redis.hosts", "rediss://cache:6380"));

    assertThat(config.getOptionalValue("quarkus.http.insecure-requests", String.class)).isEmpty();
    assertThat(config.getOptionalValue("quarkus.redis.tls.enabled", String.class)).isEmpty();
    assertThat(config.getConfigMapping(Kafka.class).properties()).isEmpty();
  }

  @Test
  void theFilesReachEveryLineThatIsEncrypted() throws Exception {
    var config = config(encrypted());

    assertThat(config.getConfigMapping(Kafka.class).properties())
        .containsOnly(
            Map.entry("security.protocol", "SSL"),
            Map.entry("ssl.truststore.type", "PEM"),
            Map.entry("ssl.truststore.location", "/tls/ca.pem"),
            Map.entry("ssl.keystore.type", "PEM"),
            Map.entry("ssl.keystore.certificate.chain", "the chain"),
            Map.entry("ssl.keystore.key", "the key"));
    assertThat(config.getValue("quarkus.http.insecure-requests", String.class))
        .isEqualTo("disabled");
    assertThat(config.getValue("quarkus.http.ssl-port", String.class)).isEqualTo("8101");
    assertThat(config.getValue("quarkus.redis.tls.trust-certificate-pem.certs", String.class))
        .isEqualTo("/tls/ca.pem");
    assertThat(
            config.getValue(
                "quarkus.datasource.reactive.trust-certificate-pem.certs", String.class))
        .isEqualTo("/tls/ca.pem");
  }

  @Test
  void whatIsSetByItsOwnNameWins() throws Exception {
    var settings = encrypted();
    settings.put("parley.kafka.properties.\"ssl.truststore.location\"", "/other.pem");
    settings.put("quarkus.http.insecure-requests", "enabled");
    var config = config(settings);

    assertThat(config.getConfigMapping(Kafka.class).properties())
        .containsEntry("ssl.truststore.location", "/other.pem");
    assertThat(config.getValue("quarkus.http.insecure-requests", String.class))
        .isEqualTo("enabled");
  }

  @Test
  void linesInTheClearAreLeftAlone() throws Exception {
    var settings = encrypted();
    settings.put("quarkus.redis.hosts", "redis://cache:6379");
    settings.put("quarkus.datasource.reactive.url", "postgresql://db/parley");
    settings.remove("parley.kafka.properties.\"security.protocol\"");
    var config = config(settings);

    assertThat(config.getOptionalValue("quarkus.redis.tls.enabled", String.class)).isEmpty();
    assertThat(
            config.getOptionalValue(
                "quarkus.datasource.reactive.trust-certificate-pem", String.class))
        .isEmpty();
    assertThat(config.getConfigMapping(Kafka.class).properties()).isEmpty();
  }

  @Test
  void aCertificateWithoutItsKeyIsRefused() {
    assertThatThrownBy(
            () -> new TlsFiles(Optional.empty(), Optional.of(Path.of("x")), Optional.empty()))
        .hasMessageContaining("come together");
  }

  /// Variables of the environment have no dots; the settings that they name come from the factory.
  @Test
  void aVariableOfTheEnvironmentThatNamesASettingOfKafkaDisturbsNothing() {
    var config =
        new SmallRyeConfigBuilder()
            .withMapping(Kafka.class)
            .withSources(
                new EnvConfigSource(
                    Map.of("PARLEY_KAFKA_PROPERTIES_SECURITY_PROTOCOL", "SSL"), 300),
                new PropertiesConfigSource(
                    Map.of("parley.kafka.properties.\"security.protocol\"", "SSL"), "x", 240))
            .build();

    assertThat(config.getConfigMapping(Kafka.class).properties())
        .containsEntry("security.protocol", "SSL");
  }

  private Map<String, String> encrypted() throws Exception {
    var chain = Files.writeString(folder.resolve("own.pem"), "the chain");
    var key = Files.writeString(folder.resolve("own.key"), "the key");
    var settings = new HashMap<String, String>();
    settings.put("parley.tls.ca", "/tls/ca.pem");
    settings.put("parley.tls.certificate", chain.toString());
    settings.put("parley.tls.key", key.toString());
    settings.put("parley.kafka.properties.\"security.protocol\"", "SSL");
    settings.put("quarkus.http.port", "8101");
    settings.put("quarkus.redis.hosts", "rediss://cache:6380");
    settings.put("quarkus.datasource.reactive.url", "postgresql://db/parley?sslmode=verify-full");
    return settings;
  }

  private static SmallRyeConfig config(Map<String, String> settings) {
    return new SmallRyeConfigBuilder()
        .addDiscoveredConverters()
        .withMapping(Kafka.class)
        .withSources(new PropertiesConfigSource(settings, "deployment", 300))
        .withSources(new TlsSettings())
        .build();
  }
}
