package dev.parley.edge.socket;

import dev.parley.edge.Edge;
import dev.parley.edge.EdgeConfig;
import dev.parley.edge.auth.Handshake;
import dev.parley.edge.loop.VertxLoop;
import dev.parley.edge.session.Session;
import dev.parley.origins.Origins;
import dev.parley.rates.SharedRates;
import dev.parley.rates.Taken;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.wire.CloseCode;
import dev.parley.schemas.wire.Problem;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.impl.ContextInternal;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The door: upgrades at `GET /ws`, all sockets of the node, and how they are let go when it goes
/// down.
@ApplicationScoped
public class Sockets {

  private static final Logger LOG = LoggerFactory.getLogger(Sockets.class);
  private static final String FORWARDED_FOR = "X-Forwarded-For";
  private static final long MILLIS_PER_SECOND = 1_000;
  private static final String PROTOCOLS = "Sec-WebSocket-Protocol";
  private static final int UNAVAILABLE = 503;
  private static final int UPGRADE_REQUIRED = 426;
  private static final long LOOK_MILLIS = 20;
  private static final long CLOSE_WAIT_MILLIS = 2_000;

  private final Edge edge;
  private final EdgeConfig.Edge config;
  private final SharedRates rates;
  private final Handshake.Rules rules;
  private final Vertx vertx;
  private final SocketLimits limits;
  private final Map<UUID, Socket> open = new ConcurrentHashMap<>();
  private volatile boolean draining;

  Sockets(Edge edge, EdgeConfig config, SharedRates rates, Origins origins, Vertx vertx) {
    this.edge = edge;
    this.rates = rates;
    this.config = config.edge();
    this.rules =
        new Handshake.Rules(
            this.config.tokenInQuery(),
            request ->
                request.origin() != null && origins.allows(request.origin(), request.host()));
    this.vertx = vertx;
    this.limits =
        new SocketLimits(
            this.config.frameBytesMax(),
            this.config.outboxFramesMax(),
            this.config.outboxBytesMax(),
            this.config.coalesceBytes());
  }

  /// Sockets that are open.
  public int count() {
    return open.size();
  }

  /// Whether the node is going down.
  public boolean isDraining() {
    return draining;
  }

  void register(@Observes Router router) {
    router.get("/ws").handler(this::upgrade);
  }

  private void upgrade(RoutingContext routing) {
    var request = routing.request();
    if (!"websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE))) {
      routing.response().setStatusCode(UPGRADE_REQUIRED).putHeader("Upgrade", "websocket").end();
    } else if (draining || open.size() >= config.connectionsMax()) {
      routing.response().setStatusCode(UNAVAILABLE).putHeader("Retry-After", "1").end();
    } else {
      admit(request);
    }
  }

  /// Each handshake takes a token of its address. A message that comes meanwhile waits.
  private void admit(HttpServerRequest request) {
    var context = ContextInternal.current();
    request.pause();
    rates
        .takeOfAddress(
            Objects.requireNonNullElse(request.connection().remoteAddress().hostAddress(), ""),
            request.headers().getAll(FORWARDED_FOR))
        .thenAccept(taken -> context.runOnContext(_ -> admitted(request, taken)));
  }

  private void admitted(HttpServerRequest request, Taken taken) {
    switch (taken) {
      case Taken.Granted _, Taken.Open _ -> accept(request);
      case Taken.Refused(var retryAfterMillis) -> {
        var seconds = Math.ceilDiv(retryAfterMillis, MILLIS_PER_SECOND);
        request.response().putHeader("Retry-After", Long.toString(seconds));
        refuse(request, ErrorCode.RATE_LIMITED, "Too many handshakes from this address.");
      }
    }
  }

  private void accept(HttpServerRequest request) {
    switch (Handshake.of(asked(request), rules)) {
      case Handshake.Refused(var code, var detail) -> refuse(request, code, detail);
      case Handshake.Taken handshake ->
          request
              .toWebSocket()
              .onSuccess(webSocket -> opened(webSocket, request.connection(), handshake))
              .onFailure(failure -> LOG.debug("No WebSocket: {}", failure.toString()));
    }
  }

  /// Takes the secrets out of the headers: what upgrades the connection logs some of them at its
  /// finest.
  private static Handshake.Request asked(HttpServerRequest request) {
    var headers = request.headers();
    var cookie = request.getCookie(Handshake.COOKIE);
    var asked =
        new Handshake.Request(
            headers.get(HttpHeaders.AUTHORIZATION),
            String.join(",", headers.getAll(PROTOCOLS)),
            request.getParam("ticket"),
            request.getParam("token"),
            cookie == null ? null : cookie.getValue(),
            headers.get(HttpHeaders.ORIGIN),
            headers.get(HttpHeaders.HOST));
    headers.remove(HttpHeaders.AUTHORIZATION);
    headers.remove(HttpHeaders.COOKIE);
    headers.remove(PROTOCOLS);
    var versions = asked.versions();
    if (!versions.isEmpty()) {
      headers.set(PROTOCOLS, String.join(",", versions));
    }
    return asked;
  }

  private static void refuse(HttpServerRequest request, ErrorCode code, String detail) {
    request
        .resume()
        .response()
        .setStatusCode(code.httpStatus())
        .putHeader("Content-Type", Problem.MEDIA_TYPE)
        .end(Problem.of(code, detail).toString());
  }

  private void opened(
      ServerWebSocket webSocket, HttpConnection connection, Handshake.Taken handshake) {
    var context = ContextInternal.current().unwrap();
    var loop = new VertxLoop(vertx, context);
    var socket =
        new Socket(
            webSocket,
            Backpressure.install(connection),
            context,
            limits,
            link -> new Session(link, loop, edge.node()));
    var id = socket.session().id();
    open.put(id, socket);
    socket.open(handshake, () -> open.remove(id));
  }

  /// Tells every client to come back elsewhere, over a spread of time; waits for outcomes that are
  /// on their way, within a limit; then closes.
  ///
  /// This event comes while the HTTP server still runs; at a [ShutdownEvent] it is closed already.
  void drain(@Observes ShutdownDelayInitiatedEvent event) {
    draining = true;
    var sockets = new ArrayList<>(open.values());
    LOG.info("Draining {} sockets", sockets.size());
    var spreadMillis = config.drainSpread().toMillis();
    for (var i = 0; i < sockets.size(); i++) {
      sockets.get(i).session().drain(spreadMillis * i / sockets.size());
    }
    await(config.drainWait().toMillis(), () -> edge.commands().pending() == 0);
    open.values().forEach(socket -> socket.close(CloseCode.DRAIN));
    await(CLOSE_WAIT_MILLIS, open::isEmpty);
    LOG.info("Drained; {} sockets were still open", open.size());
  }

  void stopped(@Observes ShutdownEvent event) {
    edge.close();
  }

  private static void await(long millis, BooleanSupplier done) {
    var deadline = System.nanoTime() + millis * 1_000_000;
    try {
      while (!done.getAsBoolean() && System.nanoTime() < deadline) {
        Thread.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
