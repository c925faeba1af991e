package dev.parley.stack.engine;

import dev.parley.stack.process.Checkout;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// The server's programs, unpacked once from the artifact that carries them.
final class PostgresBinaries {

  private static final String VERSION = "18.6";

  private PostgresBinaries() {}

  /// How to call a program. Postgres refuses to run as root; there it runs in a user namespace of
  /// its own, where it is nobody, and so is everything of root's.
  static List<String> command(String program) {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(List.of("unshare", "-U"));
    }
    command.add(home().resolve("bin").resolve(program).toString());
    return command;
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static synchronized Path home() {
    Path home = Checkout.binaries().resolve("postgres-" + VERSION);
    if (Files.isExecutable(home.resolve("bin").resolve("postgres"))) {
      return home;
    }
    try {
      Files.createDirectories(home.getParent());
      Path partial = Files.createTempDirectory(home.getParent(), "postgres");
      // Made for its owner only, but in its user namespace the server is somebody else.
      Files.setPosixFilePermissions(
          partial, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
      unpack(partial);
      moveInto(partial, home);
      return home;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot unpack Postgres", e);
    }
  }

  private static void moveInto(Path partial, Path home) throws IOException {
    try {
      Files.move(partial, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      // Another test JVM was quicker; what it unpacked is the same.
      if (!Files.isExecutable(home.resolve("bin").resolve("postgres"))) {
        throw e;
      }
    }
  }

  private static void unpack(Path target) throws IOException {
    try (InputStream carried = PostgresBinaries.class.getResourceAsStream(resource())) {
      if (carried == null) {
        throw new IOException("no binaries for " + Platform.describe() + " are on the class path");
      }
      try (TarArchiveInputStream tar =
          new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(carried)))) {
        for (TarArchiveEntry entry = tar.getNextEntry();
            entry != null;
            entry = tar.getNextEntry()) {
          unpack(entry, tar, target);
        }
      }
    }
  }

  private static void unpack(TarArchiveEntry entry, InputStream content, Path target)
      throws IOException {
    Path place = target.resolve(entry.getName()).normalize();
    if (!place.startsWith(target)) {
      throw new IOException("Expected entries inside the archive, but got " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(place);
      return;
    }
    Files.createDirectories(place.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(place, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(content, place);
    if ((entry.getMode() & 0100) != 0 && !place.toFile().setExecutable(true, false)) {
      throw new IOException("Cannot make " + place + " executable");
    }
  }

  private static String resource() {
    String arch = Platform.isArm() ? "arm_64" : "x86_64";
    return "/postgres-" + Platform.system() + "-" + arch + ".txz";
  }
}
