package dev.parley.edge.socket;

import dev.parley.edge.auth.Handshake;
import dev.parley.edge.outbox.Frame;
import dev.parley.edge.outbox.Outbox;
import dev.parley.edge.session.Link;
import dev.parley.edge.session.Session;
import dev.parley.schemas.wire.CloseCode;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.http.WebSocketFrameType;
import io.vertx.core.http.impl.ws.WebSocketFrameImpl;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One WebSocket: the only class that touches it.
///
/// Reads on demand: the next message is asked for once the session has taken the last one, there is
/// room in the outbox, and the peer reads what is written. So neither a flood nor a peer that does
/// not read makes the node hold more than one message in and a bounded outbox out. Writes on the
/// connection's event loop, as the peer takes them, small frames together.
final class Socket implements Link {

  private static final Logger LOG = LoggerFactory.getLogger(Socket.class);
  private static final int FRAGMENT_BYTES = 65_536;

  private final ServerWebSocket webSocket;
  private final Backpressure backpressure;
  private final Context context;
  private final SocketLimits limits;
  private final Outbox outbox;
  private final Session session;
  private final AtomicBoolean closing = new AtomicBoolean();
  private final Handler<Void> flush = _ -> flush();

  private @Nullable Buffer partial;
  private boolean demanded;
  private boolean writing;

  Socket(
      ServerWebSocket webSocket,
      Backpressure backpressure,
      Context context,
      SocketLimits limits,
      Function<Link, Session> session) {
    this.webSocket = webSocket;
    this.backpressure = backpressure;
    this.context = context;
    this.limits = limits;
    this.outbox =
        new Outbox(
            limits.outboxFramesMax(), limits.outboxBytesMax(), () -> context.runOnContext(flush));
    this.session = session.apply(this);
  }

  Session session() {
    return session;
  }

  /// Begins; on the connection's event loop, before anything was read.
  void open(Handshake.Taken handshake, Runnable gone) {
    webSocket.pause();
    webSocket.frameHandler(this::received);
    webSocket.pongHandler(_ -> session.heard());
    webSocket.drainHandler(flush);
    webSocket.exceptionHandler(
        broken -> LOG.debug("Session {}: {}", session.id(), broken.toString()));
    webSocket.closeHandler(_ -> {
      closing.set(true);
      outbox.close();
      session.closed();
      gone.run();
    });
    session.opened(handshake);
    readMore();
  }

  @Override
  public boolean offer(Frame frame) {
    return outbox.offer(frame);
  }

  @Override
  public boolean hasRoom() {
    return outbox.hasRoom();
  }

  @Override
  public void whenRoom(Runnable task) {
    outbox.whenRoom(task);
  }

  @Override
  public void close(CloseCode code) {
    if (closing.compareAndSet(false, true)) {
      context.runOnContext(_ -> closeNow(code));
    }
  }

  @Override
  public void ping() {
    context.runOnContext(_ -> {
      if (!closing.get()) {
        webSocket.writePing(Buffer.buffer());
      }
    });
  }

  @Override
  public void readOn() {
    context.runOnContext(_ -> readMore());
  }

  private void received(WebSocketFrame frame) {
    switch (frame.type()) {
      case TEXT, CONTINUATION, BINARY -> {
        demanded = false;
        if (!closing.get()) {
          take(frame);
        }
        readMore();
      }
      case PING -> session.receivedPing();
      case PONG, CLOSE -> {}
    }
  }

  private void take(WebSocketFrame frame) {
    if (frame.type() == WebSocketFrameType.BINARY) {
      session.receivedBinary();
      return;
    }
    var data = frame.binaryData();
    var length = data.length() + (partial == null ? 0 : partial.length());
    if (length > limits.messageBytesMax()) {
      partial = null;
      session.receivedTooMuch();
    } else if (!frame.isFinal()) {
      partial = partial == null ? data.copy() : partial.appendBuffer(data);
    } else {
      var message = partial == null ? data : partial.appendBuffer(data);
      partial = null;
      session.received(message.getBytes());
    }
  }

  /// What comes after a close was decided is read and dropped, until the peer agrees to it.
  private void readMore() {
    if (demanded || !backpressure.isWritable()) {
      return;
    }
    if (!closing.get()) {
      if (!session.wantsMore()) {
        return;
      }
      if (!outbox.hasRoom()) {
        outbox.whenRoom(this::readOn);
        return;
      }
    }
    demanded = true;
    webSocket.fetch(1);
  }

  /// A write may find the peer ready for more and call back here at once: in the middle of a
  /// message, between two of its fragments.
  private void flush() {
    if (!writing) {
      writing = true;
      try {
        writeWhatFits();
      } finally {
        writing = false;
      }
      readMore();
    }
  }

  private void writeWhatFits() {
    while (!closing.get() && !webSocket.writeQueueFull()) {
      var message = outbox.take(limits.coalesceBytes());
      if (message == null) {
        break;
      }
      write(message);
    }
  }

  private void write(byte[] message) {
    if (message.length <= FRAGMENT_BYTES) {
      webSocket.writeFrame(new WebSocketFrameImpl(WebSocketFrameType.TEXT, message, true));
      return;
    }
    for (var from = 0; from < message.length; from += FRAGMENT_BYTES) {
      var to = Math.min(message.length, from + FRAGMENT_BYTES);
      webSocket.writeFrame(
          new WebSocketFrameImpl(
              from == 0 ? WebSocketFrameType.TEXT : WebSocketFrameType.CONTINUATION,
              Arrays.copyOfRange(message, from, to),
              to == message.length));
    }
  }

  private void closeNow(CloseCode code) {
    if (webSocket.isClosed()) {
      return;
    }
    while (!webSocket.writeQueueFull()) {
      var message = outbox.take(limits.coalesceBytes());
      if (message == null) {
        break;
      }
      write(message);
    }
    outbox.close();
    webSocket.close((short) code.code(), code.reason());
    session.closed();
    readMore();
  }
}
