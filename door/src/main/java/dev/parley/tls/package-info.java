/// TLS of a service, from one set of settings: `parley.tls.ca`, `parley.tls.certificate` and
/// `parley.tls.key`, files of PEM. [TlsSettings] makes of them what Quarkus, Postgres' drivers and
/// Kafka's clients want to be told; [TlsFiles] is for clients that this project makes itself.
@NullMarked
package dev.parley.tls;

import org.jspecify.annotations.NullMarked;
