package dev.parley.command.decider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// The page of permissions holds the table that the decider reads.
class PermissionsDocsTest {

  private static final Path PAGE =
      Path.of(System.getProperty("parley.root", "..")).resolve("docs/permissions.md");

  @Test
  void thePageHoldsTheTableOfTheCode() throws IOException {
    assertThat(Files.readString(PAGE)).contains(Permissions.table());
  }
}
