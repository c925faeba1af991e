package dev.parley.stack.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// Who a program is: files of PEM.
///
/// @param ca whom it believes
/// @param certificate what it shows
/// @param key of the certificate, PKCS 8
public record Identity(Path ca, Path certificate, Path key) {

  private static final char[] NO_PASSWORD = new char[0];

  /// For clients of the JDK: believes the authority alone, and shows the certificate.
  public SSLContext context() {
    try {
      var own = KeyStore.getInstance("PKCS12");
      own.load(null, null);
      own.setKeyEntry(
          "own", privateKey(), NO_PASSWORD, new Certificate[] {certificateOf(certificate)});
      var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(own, NO_PASSWORD);
      var context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust(ca).getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException unusable) {
      throw new IllegalStateException("Cannot use " + certificate, unusable);
    }
  }

  /// For clients that show nothing.
  public static SSLContext believing(Path ca) {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(null, trust(ca).getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException unusable) {
      throw new IllegalStateException("Cannot use " + ca, unusable);
    }
  }

  private static TrustManagerFactory trust(Path ca) throws GeneralSecurityException, IOException {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("ca", certificateOf(ca));
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    return trust;
  }

  static Certificate certificateOf(Path file) throws GeneralSecurityException {
    try (InputStream in = Files.newInputStream(file)) {
      return CertificateFactory.getInstance("X.509").generateCertificate(in);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private PrivateKey privateKey() throws GeneralSecurityException, IOException {
    var text = Files.readString(key).replaceAll("-----[A-Z ]+-----|\\s", "");
    return KeyFactory.getInstance("EC")
        .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(text)));
  }

  /// Never printed by accident: paths only.
  @Override
  public String toString() {
    return "Identity[" + certificate.getFileName() + "]";
  }
}
