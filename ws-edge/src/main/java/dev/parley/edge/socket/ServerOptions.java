package dev.parley.edge.socket;

import dev.parley.edge.EdgeConfig;
import dev.parley.edge.auth.Handshake;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/// The WebSocket part of the HTTP server. No compression: it costs memory per socket and lets a
/// small message become a large one.
@ApplicationScoped
final class ServerOptions implements HttpServerOptionsCustomizer {

  /// A frame up to so many times the limit is still read, to be answered with 4413; one beyond ends
  /// the connection (1009) at its header.
  private static final int READ_TO_REFUSE = 4;

  private static final int CLOSING_SECONDS = 3;

  private final EdgeConfig config;

  ServerOptions(EdgeConfig config) {
    this.config = config;
  }

  @Override
  public void customizeHttpServer(HttpServerOptions options) {
    var readable = config.edge().frameBytesMax() * READ_TO_REFUSE;
    options
        .setWebSocketSubProtocols(List.of(Handshake.PROTOCOL))
        .setMaxWebSocketFrameSize(readable)
        .setMaxWebSocketMessageSize(readable)
        .setWebSocketClosingTimeout(CLOSING_SECONDS)
        .setRegisterWebSocketWriteHandlers(false)
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false);
  }
}
