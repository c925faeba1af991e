package dev.parley.bench.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Collectors;

/// All of one run: printed as a table, written as JSON and as a picture.
///
/// @param at ISO-8601, UTC
/// @param command how to run it again
public record Report(String at, String command, Machine machine, List<Row> rows) {

  private static final int NAME_WIDTH = 44;

  /// As JSON, and as a picture beside it. A file that is there is replaced at once: whoever ends
  /// the process finds the one or the other, and no half.
  public void write(Path json) throws IOException {
    replace(
        json,
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(this));
    replace(plot(json), Plot.of(this));
  }

  /// Where the picture to this file is.
  public static Path plot(Path json) {
    return Path.of(json.toString().replaceFirst("\\.json$", "") + ".svg");
  }

  private static void replace(Path file, String text) throws IOException {
    if (file.getParent() != null) {
      Files.createDirectories(file.getParent());
    }
    var part = file.resolveSibling(file.getFileName() + ".part");
    Files.writeString(part, text);
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  public String table() {
    return "%s%nmachine: %s%ncommand: %s%n%n%s"
        .formatted(
            at,
            machine,
            command,
            rows.stream().map(Report::table).collect(Collectors.joining("\n")));
  }

  private static String table(Row row) {
    var text = new StringBuilder();
    text.append(row.name()).append('\n');
    text.append("  ")
        .append(
            row.settings().entrySet().stream()
                .map(setting -> setting.getKey() + " " + setting.getValue())
                .collect(Collectors.joining(", ")))
        .append('\n');
    if (!row.series().isEmpty()) {
      text.append("  ").append(padded("")).append(Latency.heading()).append('\n');
    }
    for (var series : row.series()) {
      text.append("  ").append(padded(series.name())).append(series.latency()).append('\n');
    }
    text.append("  ")
        .append(
            row.counts().entrySet().stream()
                .map(count -> count.getKey() + " " + count.getValue())
                .collect(Collectors.joining(", ")))
        .append('\n');
    for (var figure : row.figures()) {
      text.append("  ").append(padded(figure.name())).append(figure).append('\n');
    }
    row.faults().forEach(fault -> text.append("  FAULT ").append(fault).append('\n'));
    return text.toString();
  }

  private static String padded(String name) {
    return ("%-" + NAME_WIDTH + "s").formatted(name);
  }
}
