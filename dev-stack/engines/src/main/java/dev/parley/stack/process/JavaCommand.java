package dev.parley.stack.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The command line of a JVM that runs beside many others on one machine: on the parent's JDK, with
/// a small heap; when that is full, the process ends and is started anew.
public final class JavaCommand {

  private final List<String> line = new ArrayList<>();

  private JavaCommand() {}

  public static JavaCommand withHeap(int megabytes) {
    return new JavaCommand()
        .flags(
            executable(),
            "-Xmx" + megabytes + "m",
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");
  }

  /// Before the program is named.
  public JavaCommand flags(String... more) {
    line.addAll(List.of(more));
    return this;
  }

  /// The program uses what was learnt of it, or learns: see [AotCache].
  public JavaCommand learning(String program) {
    line.addAll(AotCache.flags(program));
    return this;
  }

  public JavaCommand main(Path jars, String mainClass) {
    return flags("-cp", classPath(jars), mainClass);
  }

  public JavaCommand jar(Path jar) {
    return flags("-jar", jar.toString());
  }

  public JavaCommand arguments(Object... values) {
    Stream.of(values).map(Object::toString).forEach(line::add);
    return this;
  }

  public JavaCommand arguments(List<String> values) {
    line.addAll(values);
    return this;
  }

  public List<String> line() {
    return List.copyOf(line);
  }

  public static String executable() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /// All jars of a folder, in a fixed order.
  public static String classPath(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".jar"))
          .sorted()
          .map(Path::toString)
          .collect(Collectors.joining(File.pathSeparator));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Expected jars in " + folder + ", but it cannot be read: run the build first", e);
    }
  }
}
