package dev.parley.stack.test;

import dev.parley.stack.process.GuardedProcess;
import dev.parley.stack.process.Starter;
import dev.parley.stack.process.Unit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// What is running in this JVM. Test frameworks load this class several times, in class loaders of
/// their own, so the addresses are kept where all of them look: in system properties.
final class Shared {

  private static final ConcurrentLinkedQueue<GuardedProcess> RUNNING =
      new ConcurrentLinkedQueue<>();
  private static final ConcurrentLinkedQueue<Path> FOLDERS = new ConcurrentLinkedQueue<>();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(Shared::stopAll, "test-engines-stop"));
  }

  private Shared() {}

  /// The address of an engine, which is started by the first who asks.
  static String address(String engine, Supplier<String> start) {
    String property = "parley.test." + engine;
    // An interned string is one object for all class loaders.
    synchronized (property.intern()) {
      String known = System.getProperty(property);
      if (known != null) {
        return known;
      }
      String address = start.get();
      System.setProperty(property, address);
      return address;
    }
  }

  static Path folder(String engine) {
    try {
      Path folder = Files.createTempDirectory("parley-" + engine + "-");
      FOLDERS.add(folder);
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void start(Unit engine) {
    try {
      RUNNING.add(Starter.startAndWait(engine));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while " + engine.name() + " was starting", e);
    }
  }

  /// Data of a test is worth nothing afterwards, so nobody waits for an orderly end.
  private static void stopAll() {
    RUNNING.forEach(GuardedProcess::kill);
    FOLDERS.forEach(Shared::delete);
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException | UncheckedIOException e) {
      // Left to the system's own cleaning of its temporary folder.
    }
  }
}
