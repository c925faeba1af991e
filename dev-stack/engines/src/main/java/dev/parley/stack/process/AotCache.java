package dev.parley.stack.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What the JVM of a program learnt in a training run: its classes, loaded and linked, and which of
/// its methods are worth compiling (JEP 483, 515). `./parley train` makes the files, one for each
/// program, and every later start uses them. The JVM itself compares a cache with the class path,
/// and starts without it, saying so in the log, when the program was built anew since.
public final class AotCache {

  /// Set while the stack learns: every JVM writes its cache when it ends in order.
  private static final String TRAINING = "parley.training";

  // A second JVM makes the cache of what the first recorded, eight of them beside each other.
  private static final int WRITING_SECONDS = 600;

  private AotCache() {}

  /// Of this JVM and those that it starts.
  public static boolean isTraining() {
    return Boolean.getBoolean(TRAINING);
  }

  /// What passes that on to a JVM; nothing when the stack does not learn.
  public static List<String> inherited() {
    return isTraining() ? List.of("-D" + TRAINING + "=true") : List.of();
  }

  /// Flags for the JVM of `program`; none when nothing was learnt yet.
  public static List<String> flags(String program) {
    if (isTraining()) {
      return List.of("-XX:AOTCacheOutput=" + file("aot.new", program));
    }
    Path file = file("aot", program);
    return Files.isRegularFile(file) ? List.of("-XX:AOTCache=" + file) : List.of();
  }

  /// How long a process may take to end that takes `usualSeconds` when it learns nothing.
  public static int graceSeconds(int usualSeconds) {
    return isTraining() ? WRITING_SECONDS : usualSeconds;
  }

  /// What is being written lies in a folder of its own: nobody starts with half a cache, and a
  /// failed run leaves those before.
  private static Path file(String folder, String program) {
    return Checkout.root().resolve(".parley").resolve(folder).resolve(program + ".aot");
  }
}
