package dev.parley.stack.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthorityTest {

  @TempDir Path folder;

  @Test
  void twoProgramsOfOneAuthorityBelieveEachOther() throws Exception {
    var authority = Authority.ofFolder(folder);

    var seen =
        greet(authority.identity("kafka").context(), authority.identity("ws-edge").context());

    assertThat(seen).isEqualTo("CN=ws-edge");
  }

  @Test
  void whoIsOfAnotherAuthorityIsNotBelieved() throws Exception {
    var kafka = Authority.ofFolder(folder.resolve("a")).identity("kafka");
    var stranger = Authority.ofFolder(folder.resolve("b")).identity("kafka");

    assertThatThrownBy(() -> greet(kafka.context(), stranger.context()))
        .isInstanceOf(SSLException.class);
  }

  @Test
  void certificatesAreKeptAndKeysAreForTheirOwnerOnly() throws Exception {
    var first = Authority.ofFolder(folder).identity("redis");
    var before = Files.readString(first.certificate());

    var again = Authority.ofFolder(folder).identity("redis");

    assertThat(Files.readString(again.certificate())).isEqualTo(before);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(first.key())))
        .isEqualTo("rw-------");
    assertThat(first.toString()).isEqualTo("Identity[redis.pem]");
  }

  @Test
  void aCertificateOfAFormerAuthorityIsIssuedAnew() throws Exception {
    var before = Files.readString(Authority.ofFolder(folder).identity("redis").certificate());
    Files.delete(folder.resolve("ca.pem"));

    var after = Authority.ofFolder(folder).identity("redis");

    assertThat(Files.readString(after.certificate())).isNotEqualTo(before);
    var certificate = (X509Certificate) Identity.certificateOf(after.certificate());
    certificate.verify(Identity.certificateOf(after.ca()).getPublicKey());
  }

  /// The name of the client, as the server sees it.
  private static String greet(SSLContext server, SSLContext client) throws Exception {
    try (var listening =
        (SSLServerSocket)
            server
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      listening.setNeedClientAuth(true);
      var name = CompletableFuture.supplyAsync(() -> nameOfTheNext(listening));
      try (var socket =
          (SSLSocket)
              client.getSocketFactory().createSocket("localhost", listening.getLocalPort())) {
        var parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.getOutputStream().write('x');
        socket.getInputStream().read();
      }
      return name.get();
    }
  }

  private static String nameOfTheNext(SSLServerSocket listening) {
    try (var socket = (SSLSocket) listening.accept()) {
      socket.getInputStream().read();
      return socket.getSession().getPeerPrincipal().getName();
    } catch (IOException refused) {
      return "nobody";
    }
  }
}
