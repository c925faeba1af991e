package dev.parley.stack.gateway;

import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.TCPSSLOptions;

/// Files of PEM: whom to believe behind the gateway, and what it shows itself.
record ServerTls(String ca, String certificate, String key) {

  static final String ARGUMENT = "tls=";

  static ServerTls of(String argument) {
    String[] files = argument.substring(ARGUMENT.length()).split(",", -1);
    return new ServerTls(files[0], files[1], files[2]);
  }

  <T extends TCPSSLOptions> T on(T server) {
    server
        .setSsl(true)
        .setKeyCertOptions(new PemKeyCertOptions().addCertPath(certificate).addKeyPath(key));
    return server;
  }

  HttpClientOptions on(HttpClientOptions client) {
    return client.setSsl(true).setTrustOptions(new PemTrustOptions().addCertPath(ca));
  }

  static HttpServerOptions server(
      HttpServerOptions options, @org.jspecify.annotations.Nullable ServerTls tls) {
    return tls == null ? options : tls.<HttpServerOptions>on(options);
  }
}
