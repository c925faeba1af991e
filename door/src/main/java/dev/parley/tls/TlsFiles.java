package dev.parley.tls;

import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.TCPSSLOptions;
import io.vertx.redis.client.RedisOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/// The files that TLS of this process is made of, for clients that are not Quarkus' own.
///
/// @param ca whom to believe; empty: whom Java believes
/// @param certificate the process' own chain
/// @param key of the certificate
public record TlsFiles(Optional<Path> ca, Optional<Path> certificate, Optional<Path> key) {

  private static final String VERIFY_HOST = "HTTPS";

  public TlsFiles {
    if (certificate.isPresent() != key.isPresent()) {
      throw new IllegalArgumentException(
          "parley.tls.certificate and parley.tls.key come together, but only one is set");
    }
  }

  /// Those that this process was started with.
  public static TlsFiles ofProcess() {
    return of(ConfigProvider.getConfig());
  }

  static TlsFiles of(Config config) {
    return new TlsFiles(
        file(config, "parley.tls.ca"),
        file(config, "parley.tls.certificate"),
        file(config, "parley.tls.key"));
  }

  private static Optional<Path> file(Config config, String name) {
    return config.getOptionalValue(name, String.class).map(Path::of);
  }

  /// A client of Vert.x that believes the authorities and shows the own certificate.
  public <T extends TCPSSLOptions> T on(T options) {
    ca.ifPresent(
        file -> options.setTrustOptions(new PemTrustOptions().addCertPath(file.toString())));
    certificate.ifPresent(file ->
        options.setKeyCertOptions(
            new PemKeyCertOptions()
                .addCertPath(file.toString())
                .addKeyPath(key.orElseThrow().toString())));
    if (options instanceof NetClientOptions client) {
      client.setHostnameVerificationAlgorithm(VERIFY_HOST);
    }
    return options;
  }

  /// @param address `rediss://[:password@]host:port[/database]`, or `redis://` in the clear
  public RedisOptions redis(String address) {
    var options = new RedisOptions().setConnectionString(address);
    return options.setNetClientOptions(on(options.getNetClientOptions()));
  }

  /// For clients of the JDK and Apache: believes the authorities, and whom Java believes; an issuer
  /// of tokens may be anywhere.
  public SSLContext context() {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {trust()}, null);
      return context;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("Cannot set up TLS", impossible);
    }
  }

  private X509TrustManager trust() throws GeneralSecurityException {
    var usual = trust(null);
    if (ca.isEmpty()) {
      return usual;
    }
    var both = KeyStore.getInstance(KeyStore.getDefaultType());
    try {
      both.load(null, null);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    var names = new int[1];
    for (var each : usual.getAcceptedIssuers()) {
      both.setCertificateEntry("java-" + names[0]++, each);
    }
    for (var each : authorities(ca.get())) {
      both.setCertificateEntry("own-" + names[0]++, each);
    }
    return trust(both);
  }

  private static X509TrustManager trust(@Nullable KeyStore store) throws GeneralSecurityException {
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return Arrays.stream(factory.getTrustManagers())
        .filter(X509TrustManager.class::isInstance)
        .map(X509TrustManager.class::cast)
        .findFirst()
        .orElseThrow();
  }

  private static List<X509Certificate> authorities(Path file) throws GeneralSecurityException {
    try (InputStream in = Files.newInputStream(file)) {
      return CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
          .map(X509Certificate.class::cast)
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException("Cannot read parley.tls.ca", unreadable);
    }
  }
}
