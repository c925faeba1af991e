package dev.parley.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KafkaConnectionTest {

  private static final String CANARY = "canary-7c41-must-not-appear";

  @Test
  void anEnvironmentNamesTheSettingsOfKafkasClients() {
    var kafka =
        KafkaConnection.of(
            "broker:9093",
            Map.of(
                "PARLEY_KAFKA_PROPERTIES_SECURITY_PROTOCOL", "SSL",
                "PARLEY_KAFKA_PROPERTIES_SSL_KEYSTORE_LOCATION", "/own.pem",
                "PARLEY_KAFKA_BOOTSTRAP_SERVERS", "other:1",
                "PATH", "/bin"));

    assertThat(kafka.properties())
        .isEqualTo(Map.of("security.protocol", "SSL", "ssl.keystore.location", "/own.pem"));
    assertThat(kafka.client())
        .containsEntry("security.protocol", "SSL")
        .containsEntry("bootstrap.servers", "broker:9093");
  }

  @Test
  void filesOfPemAreForKafkaWhereItsLinesAreEncrypted(@TempDir Path folder) throws IOException {
    var certificate = Files.writeString(folder.resolve("own.pem"), "the chain");
    var key = Files.writeString(folder.resolve("own.key"), "the key");
    var environment = new HashMap<String, String>();
    environment.put("PARLEY_TLS_CA", "/ca.pem");
    environment.put("PARLEY_TLS_CERTIFICATE", certificate.toString());
    environment.put("PARLEY_TLS_KEY", key.toString());

    assertThat(KafkaConnection.of("broker:9093", environment).properties()).isEmpty();

    environment.put("PARLEY_KAFKA_PROPERTIES_SECURITY_PROTOCOL", "SSL");
    environment.put("PARLEY_KAFKA_PROPERTIES_SSL_TRUSTSTORE_LOCATION", "/other.pem");
    assertThat(KafkaConnection.of("broker:9093", environment).properties())
        .containsOnly(
            Map.entry("security.protocol", "SSL"),
            Map.entry("ssl.truststore.type", "PEM"),
            Map.entry("ssl.truststore.location", "/other.pem"),
            Map.entry("ssl.keystore.type", "PEM"),
            Map.entry("ssl.keystore.certificate.chain", "the chain"),
            Map.entry("ssl.keystore.key", "the key"));
  }

  @Test
  void noValueAppearsInItsText() {
    var kafka = new KafkaConnection("broker:9093", Map.of("sasl.jaas.config", CANARY));

    assertThat(kafka.toString()).isEqualTo("KafkaConnection[broker:9093, [sasl.jaas.config]]");
    assertThat(PublisherConfig.of(kafka, "x").toString()).doesNotContain(CANARY);
    assertThat(LoopConfig.committed(kafka, "x").toString()).doesNotContain(CANARY);
  }

  @Test
  void whatAClientDecidesItselfWinsOverTheSettings() {
    var kafka = new KafkaConnection("127.0.0.1:1", Map.of(ProducerConfig.ACKS_CONFIG, "0"));

    assertThat(RecordPublisher.properties(PublisherConfig.of(kafka, "x")))
        .containsEntry(ProducerConfig.ACKS_CONFIG, "all");
  }

  /// Kafka's clients log what they were given at INFO, in this form.
  @Test
  void noSecretIsInWhatAClientLogsAtItsStart() {
    var secrets =
        Map.of(
            "sasl.jaas.config", CANARY,
            "ssl.key.password", CANARY,
            "ssl.keystore.password", CANARY,
            "ssl.keystore.key", CANARY,
            "ssl.truststore.password", CANARY);
    var kafka = new KafkaConnection("127.0.0.1:1", secrets);

    var settings = RecordPublisher.properties(PublisherConfig.of(kafka, "x"));
    settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
    settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
    var logged = new ProducerConfig(settings).values();

    secrets.keySet().forEach(name -> assertThat(logged.get(name)).hasToString("[hidden]"));
    assertThat(logged.toString()).doesNotContain(CANARY);
  }
}
