package dev.parley.stack.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// With real JVMs, which are the ones that decide whether a cache fits.
class AotCacheTest {

  /// Something to learn.
  static final class Program {

    private Program() {}

    public static void main(String[] args) {
      System.out.println("ran");
    }
  }

  @TempDir Path root;
  private final String rootBefore = System.getProperty("parley.root", "");

  @BeforeEach
  void inACheckoutOfItsOwn() throws IOException {
    System.setProperty("parley.root", root.toString());
    Files.createDirectories(root.resolve(".parley/aot.new"));
    jar();
  }

  @AfterEach
  void asBefore() {
    System.clearProperty("parley.training");
    System.setProperty("parley.root", rootBefore);
  }

  @Test
  void aProgramThatHasNeverLearntStartsAsUsual() {
    assertThat(AotCache.flags("program")).isEmpty();
    assertThat(AotCache.inherited()).isEmpty();
    assertThat(AotCache.graceSeconds(30)).isEqualTo(30);
  }

  @Test
  void whatIsLearntIsUsedByLaterStarts() throws Exception {
    assertThat(loaded()).contains("source: file:");

    learn();

    assertThat(loaded()).contains("source: shared objects file");
  }

  @Test
  void aRunThatLearnsLeavesWhatWasLearntBeforeUntilItIsOver() throws Exception {
    learn();
    System.setProperty("parley.training", "true");

    assertThat(AotCache.flags("program")).singleElement().asString().contains("aot.new");
    assertThat(root.resolve(".parley/aot/program.aot")).exists();
    assertThat(AotCache.inherited()).containsExactly("-Dparley.training=true");
    assertThat(AotCache.graceSeconds(30)).isGreaterThan(30);
  }

  private void learn() throws IOException, InterruptedException {
    System.setProperty("parley.training", "true");
    assertThat(exitCode(AotCache.flags("program"))).isZero();
    System.clearProperty("parley.training");
    Files.move(root.resolve(".parley/aot.new"), root.resolve(".parley/aot"));
  }

  /// How a JVM says that it came by the program.
  private String loaded() throws IOException, InterruptedException {
    var flags = new ArrayList<>(AotCache.flags("program"));
    flags.add("-Xlog:class+load");
    assertThat(exitCode(flags)).isZero();
    return Files.readAllLines(root.resolve("output")).stream()
        .filter(line -> line.contains(Program.class.getName() + " "))
        .findFirst()
        .orElseThrow();
  }

  private int exitCode(List<String> flags) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(JavaCommand.executable(), "-XX:+UseSerialGC"));
    command.addAll(flags);
    command.addAll(List.of("-cp", root.resolve("program.jar").toString(), Program.class.getName()));
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(root.resolve("output").toFile())
            .start();
    return process.waitFor();
  }

  private void jar() throws IOException {
    var name = Program.class.getName().replace('.', '/') + ".class";
    try (var jar = new JarOutputStream(Files.newOutputStream(root.resolve("program.jar")));
        var code = Program.class.getClassLoader().getResourceAsStream(name)) {
      jar.putNextEntry(new JarEntry(name));
      jar.write(code.readAllBytes());
    }
  }
}
