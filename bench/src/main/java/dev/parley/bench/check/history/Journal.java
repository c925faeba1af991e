package dev.parley.bench.check.history;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.schemas.wire.Json;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/// Everything that happened to the clients of a run, a line of JSON each, for whoever wants to know
/// how an anomaly came about.
public final class Journal implements AutoCloseable {

  private static final int BUFFER_CHARS = 1 << 20;

  private final Writer lines;
  private final long startNanos = System.nanoTime();

  private Journal(Writer lines) {
    this.lines = lines;
  }

  public static Journal to(Path file) throws IOException {
    if (file.getParent() != null) {
      Files.createDirectories(file.getParent());
    }
    return new Journal(new BufferedWriter(Files.newBufferedWriter(file), BUFFER_CHARS));
  }

  /// Forgets everything.
  public static Journal none() {
    return new Journal(Writer.nullWriter());
  }

  /// @param what happened
  /// @param content of the line besides the time, in milliseconds of the run, and who and what
  public void note(String client, String what, Consumer<ObjectNode> content) {
    var line = Json.MAPPER.createObjectNode();
    line.put("ms", (System.nanoTime() - startNanos) / 1_000_000);
    line.put("client", client).put("what", what);
    content.accept(line);
    var text = line.toString();
    try {
      synchronized (this) {
        lines.write(text);
        lines.write('\n');
      }
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    lines.close();
  }
}
