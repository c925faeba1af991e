package dev.parley.stack.supervise;

import dev.parley.stack.plan.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the supervisor writes down for `status` and `down`: itself, its options, its units.
public record StackState(
    long supervisor, Instant since, Options options, String url, List<UnitState> units) {

  public StackState {
    units = List.copyOf(units);
  }

  void write(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%d\t%s\t%d\t%d\t%d\t%s\t%s\t%s"
            .formatted(
                supervisor,
                since,
                options.offset(),
                options.edges(),
                options.deciders(),
                String.join(",", options.only()),
                url,
                options.lines()));
    units.forEach(unit -> lines.add(unit.toLine()));
    Path partial = file.resolveSibling(file.getFileName() + ".tmp");
    Files.write(partial, lines);
    Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /// Empty: no stack was ever started on this data.
  public static Optional<StackState> read(Path file, Path data) throws IOException {
    if (Files.notExists(file)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(file);
    String[] head = lines.getFirst().split("\t", -1);
    Options options =
        new Options(
            data,
            Integer.parseInt(head[2]),
            Integer.parseInt(head[3]),
            Integer.parseInt(head[4]),
            Options.names(head[5]),
            // Written by an older version: there was no other.
            head.length > 7 ? Options.Lines.valueOf(head[7]) : Options.Lines.PLAIN);
    return Optional.of(
        new StackState(
            Long.parseLong(head[0]),
            Instant.parse(head[1]),
            options,
            head[6],
            lines.subList(1, lines.size()).stream().map(UnitState::ofLine).toList()));
  }
}
