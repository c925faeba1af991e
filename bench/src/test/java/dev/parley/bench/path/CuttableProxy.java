package dev.parley.bench.path;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A network between a client and an edge that can be cut, stalled and closed.
final class CuttableProxy implements AutoCloseable {

  private final URI edge;
  private final ServerSocket server;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final Object gate = new Object();
  private boolean stalled;
  private volatile boolean refusing;

  CuttableProxy(URI edge) throws IOException {
    this.edge = edge;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  /// Where clients connect.
  URI uri() {
    return URI.create("ws://127.0.0.1:" + server.getLocalPort() + edge.getPath());
  }

  /// Ends all connections in the middle of whatever they carry.
  void cut() {
    sockets.forEach(CuttableProxy::end);
  }

  /// Nothing goes through, and nobody is told.
  void stall() {
    synchronized (gate) {
      stalled = true;
    }
  }

  void flow() {
    synchronized (gate) {
      stalled = false;
      gate.notifyAll();
    }
  }

  /// New connections are cut at once.
  void refuse() {
    refusing = true;
  }

  void admit() {
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
        var target = new Socket(edge.getHost(), edge.getPort());
        client.setTcpNoDelay(true);
        target.setTcpNoDelay(true);
        sockets.add(client);
        sockets.add(target);
        Thread.ofVirtual().start(() -> pump(client, target));
        Thread.ofVirtual().start(() -> pump(target, client));
      } catch (IOException refused) {
        // Closed, or the edge is not there: the client sees an end and comes back.
        continue;
      }
    }
  }

  private void pump(Socket from, Socket to) {
    var buffer = new byte[4_096];
    try (from;
        to) {
      var in = from.getInputStream();
      var out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        awaitFlow();
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
