package dev.parley.stack.plan;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/// Generated at the first start and kept with the data: without the master key the messages in the
/// log cannot be read any more.
public record Secrets(String masterKey, String internal, String operator) {

  private static final int BYTES = 32;

  public static Secrets ofFolder(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    return new Secrets(
        secret(folder.resolve("master-key")),
        secret(folder.resolve("internal-secret")),
        secret(folder.resolve("operator-secret")));
  }

  private static String secret(Path file) throws IOException {
    if (Files.notExists(file)) {
      byte[] random = new byte[BYTES];
      new SecureRandom().nextBytes(random);
      write(file, Base64.getEncoder().encodeToString(random));
    }
    return Files.readString(file).strip();
  }

  private static void write(Path file, String secret) throws IOException {
    Path partial = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(partial);
    Files.createFile(
        partial,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(partial, secret + "\n");
    try {
      Files.move(partial, file);
    } catch (FileAlreadyExistsException e) {
      Files.delete(partial);
    }
  }

  /// Never printed by accident.
  @Override
  public String toString() {
    return "Secrets[...]";
  }
}
