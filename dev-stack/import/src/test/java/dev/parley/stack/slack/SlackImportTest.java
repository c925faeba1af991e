package dev.parley.stack.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.schemas.content.MasterKey;
import dev.parley.stack.slack.archive.Zips;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlackImportTest {

  /// Nothing answers at any of these addresses: what is refused must be refused before they are
  /// asked.
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "PARLEY_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1",
          "PARLEY_IDENTITY_URL", "http://127.0.0.1:1",
          "PARLEY_MASTER_KEY", MasterKey.randomBase64(),
          "PARLEY_OPERATOR_SECRET", "secret",
          "PARLEY_INTERNAL_SECRET", "secret");

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  @TempDir Path folder;

  @Test
  void aBrokenArchiveIsOneSentenceAndNothingIsSent() {
    Path zip = Zips.export().with("general/2021-01-01.json", "[{").write(folder);

    assertThat(run(ENVIRONMENT, zip.toString())).isEqualTo(1);

    assertThat(printed())
        .contains("\"general/2021-01-01.json\" in the archive is no valid JSON")
        .contains("Nothing was imported.")
        .doesNotContain("Exception");
  }

  @Test
  void aServiceThatDoesNotAnswerIsNamed() {
    Path zip = Zips.export().write(folder);

    assertThat(run(ENVIRONMENT, zip.toString())).isEqualTo(2);

    assertThat(printed())
        .contains("identity-service", "does not answer")
        .doesNotContain("Exception");
  }

  @Test
  void aMissingSecretIsNamed() {
    assertThat(run(Map.of("PARLEY_MASTER_KEY", MasterKey.randomBase64()), "x.zip")).isEqualTo(2);

    assertThat(printed()).contains("PARLEY_OPERATOR_SECRET is not set");
  }

  @Test
  void argumentsThatAreNoneShowTheUsage() {
    for (String[] arguments :
        new String[][] {{}, {"--nonsense"}, {"a.zip", "b.zip"}, {"a.zip", "--join"}}) {
      bytes.reset();
      assertThat(run(ENVIRONMENT, arguments)).isEqualTo(1);
      assertThat(printed()).contains("Usage: parley import");
    }
  }

  private int run(Map<String, String> environment, String... arguments) {
    return SlackImport.run(
        environment, new PrintStream(bytes, true, StandardCharsets.UTF_8), false, arguments);
  }

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
