package dev.parley.stack.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// An authority for one machine, kept in a folder: `ca.pem`, `ca.key`, and `<name>.pem`,
/// `<name>.key` for each program. For development and tests; a deployment has its own.
public final class Authority {

  private static final String SIGNING = "1.2.840.10045.4.3.2";
  private static final Duration LIFE = Duration.ofDays(397);
  private static final Duration RENEWED_BEFORE = Duration.ofDays(30);
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String CA = "ca";

  /// Of [#trustStore]: there are formats that cannot be without one.
  public static final String TRUST_PASSWORD = "certificates";

  private final Path folder;

  private Authority(Path folder) {
    this.folder = folder;
  }

  /// Makes it, with another key, where it is missing or about to expire.
  public static Authority ofFolder(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    var authority = new Authority(folder);
    if (authority.isDue(CA)) {
      authority.make();
    }
    return authority;
  }

  /// Whom everybody believes.
  public Path ca() {
    return folder.resolve(CA + ".pem");
  }

  /// The same for a JVM's `javax.net.ssl.trustStore`: PKCS 12, under a password that guards
  /// nothing, [#TRUST_PASSWORD].
  public Path trustStore() throws IOException {
    var content = new ByteArrayOutputStream();
    try {
      var store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setCertificateEntry(CA, Identity.certificateOf(ca()));
      store.store(content, TRUST_PASSWORD.toCharArray());
    } catch (GeneralSecurityException impossible) {
      throw new IOException("Cannot write down whom to believe", impossible);
    }
    return write(CA + ".p12", content.toByteArray());
  }

  /// A certificate for `name` on this machine, for both sides of a connection.
  public Identity identity(String name) throws IOException {
    if (isDue(name)) {
      issue(name);
    }
    return new Identity(ca(), folder.resolve(name + ".pem"), folder.resolve(name + ".key"));
  }

  private boolean isDue(String name) {
    var file = folder.resolve(name + ".pem");
    if (Files.notExists(file) || Files.notExists(folder.resolve(name + ".key"))) {
      return true;
    }
    try {
      var certificate = (X509Certificate) Identity.certificateOf(file);
      if (Instant.now().plus(RENEWED_BEFORE).isAfter(certificate.getNotAfter().toInstant())) {
        return true;
      }
      certificate.verify(Identity.certificateOf(ca()).getPublicKey());
      return false;
    } catch (GeneralSecurityException notOfThisAuthority) {
      return true;
    }
  }

  private void make() throws IOException {
    try {
      var keys = keys();
      write(CA, certificate(CA, keys.getPublic(), keys.getPrivate()), keys.getPrivate());
    } catch (GeneralSecurityException impossible) {
      throw new IOException("Cannot make an authority", impossible);
    }
  }

  private void issue(String name) throws IOException {
    try {
      var keys = keys();
      write(name, certificate(name, keys.getPublic(), ownKey()), keys.getPrivate());
    } catch (GeneralSecurityException impossible) {
      throw new IOException("Cannot issue a certificate for " + name, impossible);
    }
  }

  private static KeyPair keys() throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private PrivateKey ownKey() throws GeneralSecurityException, IOException {
    var text =
        Files.readString(folder.resolve(CA + ".key")).replaceAll("-----[A-Z ]+-----|\\s", "");
    return KeyFactory.getInstance("EC")
        .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(text)));
  }

  private static byte[] certificate(String name, PublicKey key, PrivateKey signer)
      throws GeneralSecurityException {
    var algorithm = Der.sequence(Der.object(SIGNING));
    var now = Instant.now();
    var content =
        Der.sequence(
            Der.tagged(0xa0, Der.integer(BigInteger.TWO)),
            Der.integer(new BigInteger(120, RANDOM).setBit(0)),
            algorithm,
            commonName(CA),
            Der.sequence(Der.time(now.minusSeconds(60)), Der.time(now.plus(LIFE))),
            commonName(name),
            key.getEncoded(),
            Der.tagged(0xa3, Der.sequence(extensions(name))));
    var signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(signer);
    signature.update(content);
    return Der.sequence(content, algorithm, Der.bits(signature.sign()));
  }

  /// The authority's name is its own: `CN=ca`.
  private static byte[] commonName(String name) {
    return Der.sequence(Der.set(Der.sequence(Der.object("2.5.4.3"), Der.text(name))));
  }

  private static byte[][] extensions(String name) {
    List<byte[]> extensions = new ArrayList<>();
    if (name.equals(CA)) {
      extensions.add(
          Der.sequence(Der.object("2.5.29.19"), Der.yes(), Der.octets(Der.sequence(Der.yes()))));
    } else {
      extensions.add(
          Der.sequence(
              Der.object("2.5.29.17"),
              Der.octets(
                  Der.sequence(
                      dns(name), dns("localhost"), Der.tagged(0x87, new byte[] {127, 0, 0, 1})))));
    }
    return extensions.toArray(byte[][]::new);
  }

  private static byte[] dns(String name) {
    return Der.tagged(0x82, name.getBytes(StandardCharsets.US_ASCII));
  }

  private void write(String name, byte[] certificate, PrivateKey key) throws IOException {
    writePem(name + ".key", "PRIVATE KEY", key.getEncoded());
    writePem(name + ".pem", "CERTIFICATE", certificate);
  }

  private void writePem(String file, String kind, byte[] content) throws IOException {
    var text =
        "-----BEGIN %s-----\n%s\n-----END %s-----\n"
            .formatted(
                kind, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content), kind);
    write(file, text.getBytes(StandardCharsets.US_ASCII));
  }

  private Path write(String file, byte[] content) throws IOException {
    var partial = folder.resolve(file + ".new");
    Files.deleteIfExists(partial);
    Files.createFile(
        partial,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(partial, content);
    return Files.move(
        partial,
        folder.resolve(file),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }
}
