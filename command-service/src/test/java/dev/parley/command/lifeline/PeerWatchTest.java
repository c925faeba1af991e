package dev.parley.command.lifeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.command.door.Awaiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.streams.state.HostInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// On real sockets of this machine.
class PeerWatchTest {

  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final String HERE = "127.0.0.1";

  private final List<String> gone = new CopyOnWriteArrayList<>();
  private final AtomicInteger looks = new AtomicInteger();
  private volatile Set<HostInfo> known = Set.of();
  private final PeerWatch watch =
      new PeerWatch(
          () -> {
            looks.incrementAndGet();
            return known;
          },
          gone::add,
          Duration.ofMillis(10),
          Duration.ofSeconds(2));

  @AfterEach
  void stop() {
    watch.close();
  }

  /// One that the system gives to nobody who asks for any: nobody else has it when its owner is
  /// gone.
  private static int freePort() {
    return ThreadLocalRandom.current().nextInt(20_000, 32_000);
  }

  private static Lifeline open(String name) {
    for (int tries = 0; ; tries++) {
      try {
        return Lifeline.open(name, HERE, freePort(), 8);
      } catch (UncheckedIOException taken) {
        if (tries == 20) {
          throw taken;
        }
      }
    }
  }

  private void follow(HostInfo peer, String name) {
    known = Set.of(peer);
    watch.start();
    Awaiting.atMost(BOUND, () -> watch.names().equals(List.of(name)));
  }

  private void awaitLooks(int more) {
    int now = looks.get();
    Awaiting.atMost(BOUND, () -> looks.get() >= now + more);
  }

  @Test
  void oneWhoIsGoneIsNamedOnce() {
    var peer = open("decider-2");
    follow(peer.address(), "decider-2");

    peer.close();

    Awaiting.atMost(BOUND, () -> !gone.isEmpty());
    awaitLooks(5);
    assertThat(gone).containsExactly("decider-2");
    assertThat(watch.names()).isEmpty();
  }

  /// As systems do of a process that is being killed.
  @Test
  void oneWhoTookAnotherLineWhenItWentIsGone() throws IOException {
    var server = new ServerSocket(freePort(), 8, InetAddress.getByName(HERE));
    known = Set.of(new HostInfo(HERE, server.getLocalPort()));
    watch.start();
    try (var line = server.accept()) {
      line.getOutputStream().write("decider-2\n".getBytes(StandardCharsets.UTF_8));
      Awaiting.atMost(BOUND, () -> watch.names().equals(List.of("decider-2")));
    }
    try (var taken = server.accept()) {
      server.close();

      Awaiting.atMost(BOUND, () -> gone.equals(List.of("decider-2")));
      assertThat(taken.isClosed()).isFalse();
    }
  }

  @Test
  void aLineThatEndsWhileItsNodeAnswersMeansNothing() throws IOException {
    try (var server = new ServerSocket(0, 8, InetAddress.getByName(HERE))) {
      var lines = new AtomicInteger();
      Thread.ofVirtual().start(() -> endEveryLine(server, lines));
      known = Set.of(new HostInfo(HERE, server.getLocalPort()));
      watch.start();

      Awaiting.atMost(BOUND, () -> lines.get() >= 6);
      watch.close();
      assertThat(gone).isEmpty();
    }
  }

  /// Says its name and hangs up.
  private static void endEveryLine(ServerSocket server, AtomicInteger lines) {
    while (!server.isClosed()) {
      try (var line = server.accept()) {
        line.getOutputStream().write("decider-2\n".getBytes(StandardCharsets.UTF_8));
        lines.incrementAndGet();
      } catch (IOException closed) {
        return;
      }
    }
  }

  @Test
  void oneToWhomThereNeverWasALineIsNotGone() throws IOException {
    int port;
    try (var unused = new ServerSocket(0, 1, InetAddress.getByName(HERE))) {
      port = unused.getLocalPort();
    }
    known = Set.of(new HostInfo(HERE, port));
    watch.start();

    awaitLooks(10);
    assertThat(gone).isEmpty();
  }

  @Test
  void oneWhoLeftInOrderIsNotGone() {
    var peer = open("decider-2");
    follow(peer.address(), "decider-2");

    known = Set.of();
    Awaiting.atMost(BOUND, () -> watch.names().isEmpty());
    peer.close();

    awaitLooks(10);
    assertThat(gone).isEmpty();
  }

  @Test
  void moreLinesThanAllowedAreClosedAndTakenOnceThereIsRoom() {
    var peer = Lifeline.open("decider-2", HERE, 0, 1);
    follow(peer.address(), "decider-2");
    try (var second =
        new PeerWatch(() -> Set.of(peer.address()), gone::add, Duration.ofMillis(10), BOUND)) {
      second.start();
      awaitLooks(10);
      assertThat(second.names()).isEmpty();

      watch.close();

      Awaiting.atMost(BOUND, () -> second.names().equals(List.of("decider-2")));
    } finally {
      peer.close();
    }
  }
}
