package dev.parley.stack.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/// Makes the cluster of a new Postgres. It is built beside its place and moved there when it is
/// whole, so that a start killed in the middle leaves nothing half done.
final class PostgresCluster {

  private PostgresCluster() {}

  static void create(Path data, String database, String user, String password) throws IOException {
    Files.createDirectories(data.toAbsolutePath().getParent());
    Path building = data.resolveSibling(data.getFileName() + ".new");
    delete(building);
    Path passwordFile = Files.createTempFile("parley", ".pw");
    try {
      Files.writeString(passwordFile, password);
      run(
          "",
          "initdb",
          List.of(
              "-D",
              building.toString(),
              "-U",
              user,
              "--pwfile=" + passwordFile,
              "--auth=scram-sha-256",
              "--encoding=UTF8",
              "--locale-provider=builtin",
              "--builtin-locale=C.UTF-8",
              "--locale=C",
              "--no-sync"));
    } finally {
      Files.delete(passwordFile);
    }
    run(
        "CREATE DATABASE \"%s\"\n".formatted(database),
        "postgres",
        List.of("--single", "-D", building.toString(), "postgres"));
    Files.deleteIfExists(data);
    Files.move(building, data, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void run(String input, String program, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(PostgresBinaries.command(program));
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (OutputStream in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException(program + " failed: " + said.strip());
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while " + program + " was running", e);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.notExists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(
              Path visited, @org.jspecify.annotations.Nullable IOException failure)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
