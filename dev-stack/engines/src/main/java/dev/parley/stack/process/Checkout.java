package dev.parley.stack.process;

import java.nio.file.Files;
import java.nio.file.Path;

/// Where the project lies: the build puts the class paths of the engines into its `target` folders.
public final class Checkout {

  private Checkout() {}

  /// The system property `parley.root`, or the nearest folder above the working directory that has
  /// `dev-stack`.
  public static Path root() {
    String given = System.getProperty("parley.root");
    if (given != null) {
      return Path.of(given);
    }
    Path here = Path.of("").toAbsolutePath();
    for (Path folder = here; folder != null; folder = folder.getParent()) {
      if (Files.isRegularFile(folder.resolve("dev-stack/pom.xml"))) {
        return folder;
      }
    }
    throw new IllegalStateException(
        "Expected to run inside a checkout of Parley, but found no dev-stack folder above "
            + here
            + "; set -Dparley.root");
  }

  /// Binaries unpacked from carrier artifacts; shared by the stack and by tests, safe to delete.
  public static Path binaries() {
    return root().resolve(".parley").resolve("binaries");
  }
}
