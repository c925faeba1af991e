package dev.parley.command.lifeline;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.streams.state.HostInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where other deciders hold a line to this one. Whoever comes is told the name of this node, on
/// one line of text, and nothing more: the line stays open for as long as the process lives, and
/// its operating system ends it when the process is killed.
public final class Lifeline implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Lifeline.class);

  // Where no file is left for a line, one may be soon.
  private static final Duration AGAIN = Duration.ofMillis(200);

  private final String name;
  private final HostInfo address;
  private final int linesMax;
  private final ServerSocket server;
  private final Set<Socket> lines = ConcurrentHashMap.newKeySet();

  private Lifeline(String name, HostInfo address, int linesMax, ServerSocket server) {
    this.name = name;
    this.address = address;
    this.linesMax = linesMax;
    this.server = server;
  }

  /// @param name of this node
  /// @param host an address of this machine that the others reach
  /// @param port 0 for any free one
  /// @param linesMax lines at once; one more is closed at once
  public static Lifeline open(String name, String host, int port, int linesMax) {
    try {
      var server = new ServerSocket(port, linesMax, InetAddress.getByName(host));
      var lifeline =
          new Lifeline(name, new HostInfo(host, server.getLocalPort()), linesMax, server);
      Thread.ofVirtual().name("lifeline").start(lifeline::accept);
      return lifeline;
    } catch (IOException unusable) {
      throw new UncheckedIOException(
          "Lines of other deciders cannot be taken at %s:%d: set parley.decider.lifeline-host to an address of this machine"
              .formatted(host, port),
          unusable);
    }
  }

  /// Where it is found.
  public HostInfo address() {
    return address;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        take(server.accept());
      } catch (IOException failed) {
        if (!server.isClosed()) {
          LOG.warn("A line was not taken: {}", failed.toString());
          pause();
        }
      }
    }
  }

  private void take(Socket line) throws IOException {
    lines.add(line);
    // One comes after the end, too: it takes a virtual thread's accept() as long to hear of it as
    // to be run once more, and until then the system lets others connect. Told a name, whoever came
    // would believe that this node lives on.
    if (lines.size() > linesMax || server.isClosed()) {
      lines.remove(line);
      line.close();
    } else {
      Thread.ofVirtual().name("lifeline-line").start(() -> hold(line));
    }
  }

  private static void pause() {
    try {
      Thread.sleep(AGAIN);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void hold(Socket line) {
    try (line) {
      line.getOutputStream().write((name + "\n").getBytes(StandardCharsets.UTF_8));
      // Until the other one goes; one who speaks is none of ours.
      int _ = line.getInputStream().read();
    } catch (IOException gone) {
      LOG.debug("A line ended", gone);
    } finally {
      lines.remove(line);
    }
  }

  @Override
  public void close() {
    close(server);
    lines.forEach(Lifeline::close);
  }

  private static void close(Closeable open) {
    try {
      open.close();
    } catch (IOException ignored) {
      LOG.debug("Closing failed", ignored);
    }
  }
}
