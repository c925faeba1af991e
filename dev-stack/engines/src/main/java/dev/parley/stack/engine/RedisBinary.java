package dev.parley.stack.engine;

import dev.parley.stack.process.Checkout;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds a server to run: `valkey-server` or `redis-server` on the PATH if it is 7 or newer, else
/// the binary that a jar carries.
final class RedisBinary {

  private static final int MAJOR_MIN = 7;
  private static final String CARRIED = "7.0.9";
  private static final Pattern VERSION = Pattern.compile("v=(\\d+)\\.");
  private static volatile @Nullable Path found;

  private RedisBinary() {}

  static Path locate() {
    Path known = found;
    if (known != null && Files.isExecutable(known)) {
      return known;
    }
    Path binary = onPath().orElseGet(RedisBinary::carried);
    found = binary;
    return binary;
  }

  private static Optional<Path> onPath() {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      for (String name : List.of("valkey-server", "redis-server")) {
        Path candidate = Path.of(folder, name);
        if (Files.isExecutable(candidate) && majorOf(candidate) >= MAJOR_MIN) {
          return Optional.of(candidate);
        }
      }
    }
    return Optional.empty();
  }

  private static int majorOf(Path server) {
    try {
      Process process =
          new ProcessBuilder(server.toString(), "--version").redirectErrorStream(true).start();
      String said =
          new String(
              process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      Matcher version = VERSION.matcher(said);
      return version.find() ? Integer.parseInt(version.group(1)) : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  private static Path carried() {
    String resource = "/redis-server-" + CARRIED + "-" + Platform.system() + arch();
    Path target = Checkout.binaries().resolve("redis-" + CARRIED).resolve("redis-server");
    if (Files.isExecutable(target)) {
      return target;
    }
    try (InputStream in = RedisBinary.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(
            "Found no Redis for %s: put redis-server or valkey-server, 7 or newer, on the PATH"
                .formatted(Platform.describe().toLowerCase(Locale.ROOT)));
      }
      Files.createDirectories(target.getParent());
      Path partial = Files.createTempFile(target.getParent(), "redis", ".tmp");
      Files.copy(in, partial, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      if (!partial.toFile().setExecutable(true)) {
        throw new IOException("Cannot make " + partial + " executable");
      }
      Files.move(partial, target, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
      return target;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String arch() {
    return Platform.isArm() ? "-arm64" : "-amd64";
  }
}
