package dev.parley.stack.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// What a stack runs, set apart from what the build writes: a build beside a running stack must not
/// take the jars from under its feet. Jars of others are linked, since nothing ever writes into
/// them; our own are copied.
public final class Staging {

  private Staging() {}

  /// Makes `to` hold what `from` holds, and nothing else.
  public static void stage(Path from, Path to) throws IOException {
    delete(to);
    List<Path> all;
    try (Stream<Path> files = Files.walk(from)) {
      all = files.toList();
    }
    for (Path file : all) {
      Path place = to.resolve(from.relativize(file).toString());
      if (Files.isDirectory(file)) {
        Files.createDirectories(place);
      } else {
        put(file, place);
      }
    }
  }

  private static void put(Path file, Path place) throws IOException {
    boolean theirs =
        file.toString().endsWith(".jar")
            && !file.toString().contains("SNAPSHOT")
            && String.valueOf(file.getParent()).contains("lib");
    if (theirs && linked(file, place)) {
      return;
    }
    // The time stays, since archives of classes are checked against it.
    Files.copy(file, place, StandardCopyOption.COPY_ATTRIBUTES);
  }

  private static boolean linked(Path file, Path place) {
    try {
      Files.createLink(place, file);
      return true;
    } catch (IOException | UnsupportedOperationException e) {
      // Another disk: it is copied then.
      return false;
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.notExists(folder)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> files = Files.walk(folder)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : all) {
      Files.delete(file);
    }
  }
}
