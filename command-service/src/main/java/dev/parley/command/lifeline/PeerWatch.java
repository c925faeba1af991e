package dev.parley.command.lifeline;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.streams.state.HostInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Holds a line to the [Lifeline] of each other decider, and tells when one is gone.
///
/// Gone is one whose line was there, ended, and whose address then refuses the next: its machine is
/// there to say that nobody listens any more. A line that ends for another reason, an address that
/// does not answer, or one that never had a line say nothing: then the session's timeout decides.
public final class PeerWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PeerWatch.class);
  private static final int NAME_BYTES_MAX = 256;
  private static final int AGAIN_MILLIS = 20;
  private static final int TRIES = 8;

  private final Supplier<Set<HostInfo>> peers;
  private final Consumer<String> gone;
  private final Duration lookEvery;
  private final Duration answerWait;
  private final Map<HostInfo, Socket> lines = new ConcurrentHashMap<>();
  private final Map<HostInfo, String> names = new ConcurrentHashMap<>();
  private final CountDownLatch closing = new CountDownLatch(1);

  /// @param peers the lifelines of all others that are known now
  /// @param gone is told the name of a node that is gone, on a thread of its own; may block
  /// @param lookEvery between two looks at who is known; then lines that are missing are tried
  /// @param answerWait for a connection and for the name, at most; and for one whose line ended to
  ///   answer or refuse another, of which several are tried
  public PeerWatch(
      Supplier<Set<HostInfo>> peers,
      Consumer<String> gone,
      Duration lookEvery,
      Duration answerWait) {
    this.peers = peers;
    this.gone = gone;
    this.lookEvery = lookEvery;
    this.answerWait = answerWait;
  }

  public void start() {
    Thread.ofVirtual().name("peers").start(this::look);
  }

  /// The nodes to which there is a line.
  public List<String> names() {
    return names.values().stream().sorted().toList();
  }

  private void look() {
    while (!closed()) {
      var known = peers.get();
      lines.keySet().stream().filter(peer -> !known.contains(peer)).forEach(this::drop);
      for (var peer : known) {
        var line = new Socket();
        if (lines.putIfAbsent(peer, line) == null) {
          Thread.ofVirtual().name("peer-" + peer).start(() -> follow(peer, line));
        }
      }
    }
  }

  private boolean closed() {
    try {
      return closing.await(lookEvery.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private void follow(HostInfo peer, Socket line) {
    try (line) {
      int wait = Math.toIntExact(answerWait.toMillis());
      connect(line, peer, wait);
      var name = name(line, wait);
      names.put(peer, name);
      LOG.info("Holds a line to {} at {}", name, peer);
      awaitEnd(line);
      // Closed by us it is no longer ours.
      if (lines.get(peer) == line && closing.getCount() > 0 && refuses(peer)) {
        gone.accept(name);
      }
    } catch (IOException unreachable) {
      LOG.debug("There is no line to {}", peer, unreachable);
    } finally {
      names.remove(peer);
      lines.remove(peer, line);
    }
  }

  private static void connect(Socket line, HostInfo peer, int waitMillis) throws IOException {
    line.connect(new InetSocketAddress(peer.host(), peer.port()), waitMillis);
  }

  private static String name(Socket line, int waitMillis) throws IOException {
    line.setSoTimeout(waitMillis);
    var name = new ByteArrayOutputStream();
    InputStream in = line.getInputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0 || name.size() >= NAME_BYTES_MAX) {
        throw new IOException("Expected the name of a node, but found " + name.size() + " bytes");
      }
      name.write(next);
    }
    line.setSoTimeout(0);
    return name.toString(StandardCharsets.UTF_8);
  }

  private static void awaitEnd(Socket line) {
    try {
      int _ = line.getInputStream().read();
    } catch (IOException ended) {
      LOG.debug("A line ended", ended);
    }
  }

  /// One that is being killed may take a line that it never answers, and whose end its system does
  /// not tell: so none of them is waited for as long as there is time.
  private boolean refuses(HostInfo peer) {
    long deadline = System.nanoTime() + answerWait.toNanos();
    int wait = Math.toIntExact(answerWait.dividedBy(TRIES).toMillis() + 1);
    while (closing.getCount() > 0 && System.nanoTime() - deadline < 0) {
      try (var again = new Socket()) {
        connect(again, peer, wait);
        name(again, wait);
        return false;
      } catch (ConnectException refused) {
        return true;
      } catch (IOException unclear) {
        LOG.debug("{} does not answer", peer, unclear);
        pause();
      }
    }
    return false;
  }

  private void pause() {
    try {
      boolean _ = closing.await(AGAIN_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void drop(HostInfo peer) {
    var line = lines.remove(peer);
    if (line != null) {
      try {
        line.close();
      } catch (IOException ignored) {
        LOG.debug("Closing failed", ignored);
      }
    }
  }

  @Override
  public void close() {
    closing.countDown();
    lines.keySet().forEach(this::drop);
  }
}
