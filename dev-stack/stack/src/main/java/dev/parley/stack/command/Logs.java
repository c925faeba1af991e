package dev.parley.stack.command;

import dev.parley.stack.plan.Folders;
import dev.parley.stack.process.Starter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Shows the end of a log, and with `-f` what is added to it.
final class Logs {

  private static final int LINES = 200;

  private final Folders folders;

  Logs(Path data) {
    this.folders = new Folders(data);
  }

  int run(Arguments arguments) throws IOException, InterruptedException {
    if (arguments.words().size() != 1) {
      throw new CommandFailed("Say whose log: ./parley logs NAME, where NAME is one of " + names());
    }
    Path log = log(arguments.words().getFirst());
    Follower lines = Follower.fromEnd(log);
    Starter.tail(log, LINES).forEach(System.out::println);
    while (arguments.flags().contains("-f") || arguments.flags().contains("--follow")) {
      lines.more().forEach(System.out::println);
      Thread.sleep(200);
    }
    return 0;
  }

  /// A node's number may be left out: `ws-edge` is `ws-edge-1`.
  private Path log(String name) throws IOException {
    for (String candidate : List.of(name, name + "-1", name + "-service", name + "-service-1")) {
      if (names().contains(candidate)) {
        return folders.log(candidate);
      }
    }
    throw new CommandFailed("There is no log of " + name + "; there are logs of " + names());
  }

  private List<String> names() throws IOException {
    if (Files.notExists(folders.logs())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folders.logs())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(".log"))
          .map(file -> file.substring(0, file.length() - ".log".length()))
          .sorted()
          .toList();
    }
  }
}
