package dev.parley.stack.test;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;

/// Whether a Docker engine answers. The sockets are tried first, which takes milliseconds and logs
/// nothing; Testcontainers' own search is slow and loud where there is none.
final class Docker {

  private static final boolean ANSWERS =
      mayAnswer() && DockerClientFactory.instance().isDockerAvailable();

  private Docker() {}

  static boolean answers() {
    return ANSWERS;
  }

  private static boolean mayAnswer() {
    String host = System.getenv("DOCKER_HOST");
    if (host != null && !host.startsWith("unix://")) {
      return true;
    }
    String home = System.getProperty("user.home");
    String runtime = System.getenv("XDG_RUNTIME_DIR");
    return Stream.of(
            host != null ? host.substring("unix://".length()) : "/var/run/docker.sock",
            home + "/.docker/run/docker.sock",
            home + "/.docker/desktop/docker.sock",
            runtime == null ? null : runtime + "/docker.sock",
            runtime == null ? null : runtime + "/podman/podman.sock")
        .filter(Objects::nonNull)
        .anyMatch(Docker::connects);
  }

  private static boolean connects(String socket) {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      return channel.connect(UnixDomainSocketAddress.of(socket));
    } catch (IOException e) {
      return false;
    }
  }
}
