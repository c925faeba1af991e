package dev.parley.bench.fault;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A network between clients and an edge that can be cut, stalled, slow and closed.
public final class CuttableProxy implements AutoCloseable {

  private static final int WAITING_MAX = 1_000;
  private static final int CHUNK_BYTES = 4_096;

  /// @param delay of each chunk of 4 KiB or less
  /// @param bytesPerSecond of one direction of one connection
  private record Pace(Duration delay, int bytesPerSecond) {
    static final Pace FREE = new Pace(Duration.ZERO, Integer.MAX_VALUE);

    void keep(int bytes) throws InterruptedException {
      if (this != FREE) {
        Thread.sleep(delay.plusMillis(1_000L * bytes / bytesPerSecond));
      }
    }
  }

  private final URI edge;
  private final ServerSocket server;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final Object gate = new Object();
  private boolean stalled;
  private volatile boolean refusing;
  private volatile Pace pace = Pace.FREE;

  public CuttableProxy(URI edge) throws IOException {
    this.edge = edge;
    this.server = new ServerSocket(0, WAITING_MAX, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  /// Where clients connect.
  public URI uri() {
    return URI.create("ws://127.0.0.1:" + server.getLocalPort() + edge.getPath());
  }

  /// Ends all connections in the middle of whatever they carry.
  public void cut() {
    sockets.forEach(CuttableProxy::end);
  }

  /// Nothing goes through, and nobody is told.
  public void stall() {
    synchronized (gate) {
      stalled = true;
    }
  }

  /// Everything goes through so late and so slowly.
  public void slow(Duration delay, int bytesPerSecond) {
    pace = new Pace(delay, bytesPerSecond);
  }

  /// As fast as can be again.
  public void flow() {
    pace = Pace.FREE;
    synchronized (gate) {
      stalled = false;
      gate.notifyAll();
    }
  }

  /// New connections are cut at once.
  public void refuse() {
    refusing = true;
  }

  public void admit() {
    refusing = false;
  }

  @Override
  public void close() throws IOException {
    server.close();
    flow();
    cut();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        var client = server.accept();
        if (refusing) {
          end(client);
          continue;
        }
        connect(client);
      } catch (IOException closed) {
        // The loop looks whether that was us.
        continue;
      }
    }
  }

  private void connect(Socket client) {
    try {
      var target = new Socket(edge.getHost(), edge.getPort());
      client.setTcpNoDelay(true);
      target.setTcpNoDelay(true);
      sockets.add(client);
      sockets.add(target);
      Thread.ofVirtual().start(() -> pump(client, target));
      Thread.ofVirtual().start(() -> pump(target, client));
    } catch (IOException refused) {
      // The edge is not there: the client is to hear of it, and come back.
      end(client);
    }
  }

  private void pump(Socket from, Socket to) {
    var buffer = new byte[CHUNK_BYTES];
    try (from;
        to) {
      var in = from.getInputStream();
      var out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        awaitFlow();
        pace.keep(read);
        out.write(buffer, 0, read);
      }
    } catch (IOException cut) {
      // As wanted.
      end(to);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  private void awaitFlow() throws InterruptedException {
    synchronized (gate) {
      while (stalled) {
        gate.wait();
      }
    }
  }

  private static void end(Socket socket) {
    try {
      // Without a goodbye: what is buffered is lost.
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException ended) {
      return;
    }
  }
}
