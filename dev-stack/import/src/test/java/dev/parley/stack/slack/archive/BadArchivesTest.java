package dev.parley.stack.slack.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BadArchivesTest {

  private static final ArchiveLimits SMALL = new ArchiveLimits(10, 4 << 20, 16 << 20, 100);

  @TempDir Path folder;

  @Test
  void aMissingFileIsToldApart() {
    assertRefused(folder.resolve("none.zip"), "There is no file");
    assertRefused(folder, "is not a file");
  }

  @Test
  void whatIsNoZipIsToldApart() {
    assertRefused(Zips.write(folder, "hello".getBytes(StandardCharsets.UTF_8)), "is no zip file");
    assertRefused(Zips.write(folder, new byte[0]), "is no zip file");
  }

  @Test
  void aTruncatedZipIsToldApart() {
    byte[] whole = export("[]").bytes();

    for (int length : new int[] {whole.length / 4, whole.length / 2, whole.length - 5}) {
      assertRefused(Zips.write(folder, Arrays.copyOf(whole, length)), "cut off or damaged");
    }
  }

  @Test
  void aZipWithoutWhatAnExportHasIsNoExport() {
    assertRefused(Zips.empty().with("photo.txt", "x").write(folder), "no Slack export");
    assertRefused(Zips.empty().with("users.json", "[]").write(folder), "no Slack export");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[{]", "[{\"type\":\"message\"", "nonsense", "[{}] x"})
  void wrongJsonIsRefusedWithTheNameOfTheFile(String day) {
    assertRefused(export(day).write(folder), "general/2021-01-01.json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "\"text\"", "[1,2]", "[[]]", "null"})
  void jsonOfAnotherShapeIsRefused(String day) {
    assertRefused(export(day).write(folder), "general/2021-01-01.json");
  }

  @Test
  void somebodyWithoutAnIdIsRefused() {
    assertRefused(
        Zips.export().with("users.json", "[{\"name\":\"ada\"}]").write(folder), "has no id");
    assertRefused(Zips.export().with("channels.json", "[{}]").write(folder), "has no id");
  }

  @Test
  void aZipBombIsRefusedBeforeItGrows() {
    byte[] spaces = new byte[3 << 20];
    Arrays.fill(spaces, (byte) ' ');

    assertRefused(
        Zips.export().with("general/2021-01-01.json", spaces).write(folder), "like a zip bomb");
  }

  @Test
  void aFileBeyondTheLimitIsRefused() {
    byte[] noise = new byte[5 << 20];
    new java.util.Random(7).nextBytes(noise);
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (byte) ('a' + (noise[i] & 15));
    }
    String text = new String(noise, StandardCharsets.US_ASCII);

    assertRefused(export("[{\"text\":\"" + text + "\"}]").write(folder), "is larger than 4 MiB");
  }

  @Test
  void tooManyFilesAreRefused() {
    Zips zip = Zips.export();
    for (int day = 1; day < 20; day++) {
      zip.with("general/2021-01-%02d.json".formatted(day), "[]");
    }

    assertRefused(zip.write(folder), "more than 10 files");
  }

  @Test
  void aDamagedFileIsNoticedByItsChecksum() {
    byte[] bytes = export("[{\"type\":\"message\",\"ts\":\"1609459200.000100\"}]").bytes();
    // A byte of the checksum in the directory at the end, of the last file.
    int directory = lastIndexOf(bytes, new byte[] {'P', 'K', 1, 2});
    bytes[directory + 16] ^= 1;

    assertRefused(Zips.write(folder, bytes), "is damaged");
  }

  @Test
  void aPathThatLeadsElsewhereIsOnlyAName() {
    Path zip =
        Zips.export()
            .with("../../evil.json", "nonsense")
            .with("/etc/2021-01-01.json", "nonsense")
            .with("general/../2021-01-01.json", "nonsense")
            .with("general/2021-01-01.json", "[]")
            .write(folder);

    Survey survey = survey(zip);

    assertThat(survey.messagesTotal()).isZero();
    assertThat(folder.toFile().list()).containsExactly("export.zip");
  }

  @Test
  void aNameIsNotPrintedAsItIs() {
    assertThat(Names.quoted("a\u001b[31mb\u202Ec" + "x".repeat(200)))
        .startsWith("\"a?[31mb?cxxx")
        .hasSizeLessThan(90);
  }

  private static Zips export(String day) {
    return Zips.export().with("general/2021-01-01.json", day);
  }

  private static void assertRefused(Path zip, String why) {
    assertThatThrownBy(() -> survey(zip))
        .isInstanceOf(ArchiveRefusedException.class)
        .hasMessageContaining(why)
        .hasMessageEndingWith(".");
  }

  private static Survey survey(Path zip) {
    try (SlackArchive archive = SlackArchive.open(zip, SMALL)) {
      return Survey.of(archive, lines -> {});
    }
  }

  private static int lastIndexOf(byte[] bytes, byte[] wanted) {
    for (int i = bytes.length - wanted.length; i >= 0; i--) {
      if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
        return i;
      }
    }
    throw new AssertionError("Expected a directory in the zip");
  }
}
