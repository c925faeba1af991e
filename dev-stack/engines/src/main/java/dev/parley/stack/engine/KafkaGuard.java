package dev.parley.stack.engine;

import dev.parley.stack.tls.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/// A broker that asks each client for its certificate and lets it do what a file of rules says; the
/// certificate's common name is the principal. The broker's own certificate, and that of `admin`,
/// may do everything.
///
/// @param acls arguments of `kafka-acls.sh`, a rule on each line
public record KafkaGuard(Identity identity, Path acls) {

  void write(Path file) throws IOException {
    var p = new Properties();
    p.put("ssl.keystore.type", "PEM");
    p.put("ssl.keystore.certificate.chain", Files.readString(identity.certificate()));
    p.put("ssl.keystore.key", Files.readString(identity.key()));
    p.put("ssl.truststore.type", "PEM");
    p.put("ssl.truststore.location", identity.ca().toString());
    p.put("ssl.client.auth", "required");
    p.put("ssl.principal.mapping.rules", "RULE:^CN=([^,]+).*$/$1/,DEFAULT");
    p.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    p.put("allow.everyone.if.no.acl.found", "false");
    p.put("super.users", "User:kafka;User:admin");
    Files.deleteIfExists(file);
    Files.createFile(
        file,
        java.nio.file.attribute.PosixFilePermissions.asFileAttribute(
            java.nio.file.attribute.PosixFilePermissions.fromString("rw-------")));
    try (var out = Files.newOutputStream(file)) {
      p.store(out, null);
    }
  }
}
