package dev.parley.bench.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// `./parley COMMAND`, without the script's part of it, which is to build.
final class CommandLine {

  private CommandLine() {}

  /// @param home the checkout
  /// @return the exit code, within ten minutes
  static int run(Path home, List<String> words) throws Exception {
    var line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dparley.root=" + home.toAbsolutePath(),
                "-cp",
                home.resolve("dev-stack/stack/target/stack") + File.separator + "*",
                "dev.parley.stack.command.Parley"));
    line.addAll(words);
    var builder = new ProcessBuilder(line).inheritIO();
    // Of the stack of the other tests, which a person's terminal does not have.
    builder.environment().keySet().removeIf(name -> name.matches("(PARLEY|QUARKUS|MP_JWT)_.*"));
    // As for the stack of the other tests: it lives too shortly for the optimising compiler.
    builder.environment().put("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");
    var process = builder.start();
    assertThat(process.waitFor(10, TimeUnit.MINUTES)).as("%s", words).isTrue();
    return process.exitValue();
  }
}
