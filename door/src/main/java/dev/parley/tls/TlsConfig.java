package dev.parley.tls;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/// TLS of the service's own door and of its lines to engines and other services. Addresses say
/// which line is encrypted: `https://`, `rediss://`, `?sslmode=verify-full`,
/// `parley.kafka.properties."security.protocol"`.
@ConfigMapping(prefix = "parley.tls")
public interface TlsConfig {

  /// File of PEM: the authorities whose certificates engines and other services may show. Empty:
  /// those that Java knows.
  Optional<Path> ca();

  /// File of PEM: the service's own chain. With it the service speaks https alone, and shows it to
  /// Kafka and Redis. It is read at the start.
  Optional<Path> certificate();

  /// File of PEM: the key of the certificate, PKCS 8 and not encrypted.
  Optional<Path> key();
}
