package dev.parley.stack.plan;

import dev.parley.stack.engine.Probes;
import dev.parley.stack.tls.Authority;
import dev.parley.stack.tls.Identity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How the lines of a stack are encrypted: not at all, or all of them with certificates of the
/// stack's own authority.
///
/// @param folders where certificates lie; null: everything is in the clear
public record Encryption(@Nullable Folders folders) {

  private static final Encryption NONE = new Encryption(null);

  public static Encryption of(Options options, Folders folders) {
    return switch (options.lines()) {
      case PLAIN -> NONE;
      case TLS -> new Encryption(folders);
    };
  }

  /// What addresses begin with.
  public String http() {
    return folders == null ? "http" : "https";
  }

  String webSocket() {
    return folders == null ? "ws" : "wss";
  }

  String redis() {
    return folders == null ? "redis" : "rediss";
  }

  /// What is put behind the address of Postgres.
  String postgres() {
    return folders == null ? "" : "?sslmode=verify-full";
  }

  boolean isOn() {
    return folders != null;
  }

  /// Null where nothing is encrypted.
  @Nullable Identity identity(String name) {
    if (folders == null) {
      return null;
    }
    try {
      return Authority.ofFolder(folders.tls()).identity(name);
    } catch (IOException failed) {
      throw new UncheckedIOException("Cannot make certificates in " + folders.tls(), failed);
    }
  }

  /// What a service of this name is told.
  Map<String, String> environment(String name) {
    var identity = identity(name);
    var environment = new HashMap<String, String>();
    if (identity != null) {
      environment.put("PARLEY_TLS_CA", identity.ca().toString());
      environment.put("PARLEY_TLS_CERTIFICATE", identity.certificate().toString());
      environment.put("PARLEY_TLS_KEY", identity.key().toString());
      environment.put("PARLEY_KAFKA_PROPERTIES_SECURITY_PROTOCOL", "SSL");
    }
    return environment;
  }

  /// What a JVM is told whose clients are to believe the authority.
  List<String> trusting() {
    if (folders == null) {
      return List.of();
    }
    try {
      return List.of(
          "-Djavax.net.ssl.trustStore=" + Authority.ofFolder(folders.tls()).trustStore(),
          "-Djavax.net.ssl.trustStoreType=PKCS12",
          "-Djavax.net.ssl.trustStorePassword=" + Authority.TRUST_PASSWORD);
    } catch (IOException failed) {
      throw new UncheckedIOException("Cannot write to " + folders.tls(), failed);
    }
  }

  /// What the gateway and the proxy are told before their own arguments.
  List<String> arguments(String name) {
    var identity = identity(name);
    return identity == null
        ? List.of()
        : List.of("tls=%s,%s,%s".formatted(identity.ca(), identity.certificate(), identity.key()));
  }

  /// Of this machine's tools.
  public HttpClient client(Duration connectLimit) {
    var builder = HttpClient.newBuilder().connectTimeout(connectLimit);
    return folders == null
        ? builder.build()
        : builder.sslContext(Identity.believing(folders.tls().resolve("ca.pem"))).build();
  }

  /// Any 2xx answer.
  public boolean isAnswered(String url) {
    return folders == null ? Probes.http(url) : Probes.https(url, folders.tls().resolve("ca.pem"));
  }
}
