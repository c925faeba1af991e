package dev.parley.bench.conformance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;

/// A client in any language: a program that reads instructions from its standard input and reports
/// on its standard output.
final class ProcessClient implements ClientUnderTest {

  private final Process process;
  private final Writer instructions;

  ProcessClient(List<String> command, Reports reports) {
    try {
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    } catch (IOException notStarted) {
      throw new UncheckedIOException("Could not start " + command, notStarted);
    }
    instructions = process.outputWriter();
    var output = process.inputReader();
    Thread.ofPlatform().daemon().name("reports").start(() -> read(output, reports));
  }

  private static void read(BufferedReader output, Reports reports) {
    try (output) {
      for (var line = output.readLine(); line != null; line = output.readLine()) {
        reports.report(line);
      }
    } catch (IOException ended) {
      reports.report("{\"error\":\"the client's output ended\"}");
    }
  }

  @Override
  public void tell(ObjectNode instruction) {
    try {
      instructions.write(instruction + "\n");
      instructions.flush();
    } catch (IOException ended) {
      throw new UncheckedIOException("The client has ended", ended);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
