package dev.parley.projection.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.projection.testing.TestDatabase;
import dev.parley.schemas.id.Ids;
import dev.parley.stack.process.GuardedProcess;
import dev.parley.stack.process.Launch;
import dev.parley.stack.test.TestEngines;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an export holds in memory does not depend on how much there is.
class ExportHeapTest {

  private static final int MESSAGES = 100_000;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path directory;

  @Test
  void aHundredThousandMessagesAreExportedWithAHeapOf24Megabytes() throws Exception {
    var person = Ids.uuid7();
    try (var database = new TestDatabase()) {
      database.create();
      // Some 100 MB of text, half of it in one conversation.
      database.run(
          """
          insert into views_1.message
            (conversation, seq, ordinal, id, author, at, text, mentions, revision, deleted, erased, imported)
          select case when n %% 2 = 0 then '%1$s'::uuid else gen_random_uuid() end, n, n, gen_random_uuid(), '%1$s',
            1700000000000 + n, repeat(md5(n::text), 32), '{}', 1, false, false, false
          from generate_series(1, %2$d) n\
          """
              .formatted(person, MESSAGES));
      database.run(
          """
          insert into views_1.message_revision
            (conversation, message, revision, seq, at, author, text, mentions, erased)
          select conversation, id, v, seq, at, author, repeat(md5(v::text), 32), '{}', false
          from views_1.message, generate_series(0, 1) v where seq % 10 = 0\
          """);
      var zip = directory.resolve("export.zip");

      var process =
          GuardedProcess.start(
              Launch.of(
                  List.of(
                      Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                      "-Xmx24m",
                      "-cp",
                      System.getProperty("java.class.path"),
                      SmallHeapExport.class.getName(),
                      TestEngines.postgres().reactiveUrl(),
                      TestEngines.postgres().user(),
                      TestEngines.postgres().password(),
                      database.name(),
                      person.toString(),
                      zip.toString()),
                  directory,
                  directory.resolve("export.log")));

      assertThat(process.onExit().get(2, TimeUnit.MINUTES))
          .as(Files.readString(directory.resolve("export.log")))
          .isZero();
      assertThat(lines(zip)).isEqualTo(MESSAGES);
    }
  }

  private static long lines(Path zip) throws Exception {
    try (var file = new ZipFile(zip.toFile());
        var in = file.getInputStream(file.getEntry(ExportFile.MESSAGES));
        var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return reader.lines().filter(line -> line.startsWith("{") && line.endsWith("}")).count();
    }
  }
}
