package dev.parley.stack.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.log.TopicAdmin;
import dev.parley.schemas.content.MasterKey;
import dev.parley.stack.slack.archive.Zips;
import dev.parley.stack.test.TestEngines;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The importer on a real log, with the least of the other services.
class WholeImportTest {

  private static final int MESSAGES = 3_000;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  @TempDir Path folder;

  @Test
  void aStoppedImportIsCompletedByTheNextAndRepeatedByTheOneAfter() throws Exception {
    String bootstrap = TestEngines.kafka().bootstrapServers();
    TopicAdmin.ensure(bootstrap, 12, (short) 1, Duration.ofSeconds(20));
    String masterKey = MasterKey.randomBase64();
    Path zip = manyMessages().write(folder);
    try (SmallServices services = new SmallServices(bootstrap, MasterKey.ofBase64(masterKey));
        SmallDecider decider = new SmallDecider(bootstrap, 1_000)) {
      services.imported.set(MESSAGES);
      Map<String, String> environment = environment(bootstrap, services, masterKey);

      Thread stopped = Thread.ofPlatform().start(() -> run(environment, zip));
      await(() -> printed().contains("People"));
      stopped.interrupt();
      stopped.join();
      assertThat(printed()).doesNotContain("Messages");
      decider.goOn();

      assertThat(run(environment, zip)).isZero();
      assertThat(printed()).containsPattern("Messages .* 0 refused");
      assertThat(printed()).contains("Log, views and index hold the same");

      assertThat(run(environment, zip)).isZero();
      assertThat(printed()).containsPattern("Messages +0 new, +3,000 already there, +0 refused");
      assertThat(printed()).containsPattern("log +1 +3,000 +3,000");

      services.imported.set(MESSAGES + 1);
      assertThat(run(environment, zip)).isEqualTo(3);
      assertThat(printed()).contains("DIFFER");
    }
  }

  private static Zips manyMessages() {
    Zips zip = Zips.export();
    for (int day = 1; day <= 10; day++) {
      StringBuilder said = new StringBuilder("[");
      for (int i = 0; i < MESSAGES / 10; i++) {
        long second = 1_609_459_200L + day * 86_400L + i;
        long root = second - i % 10;
        said.append(i == 0 ? "" : ",")
            .append(
                """
                {"type":"message","user":"U%d","ts":"%d.000100","thread_ts":"%d.000100","text":"<@U1> number %d"}\
                """
                    .formatted(1 + i % 2, second, root, i));
      }
      zip.with("general/2021-01-%02d.json".formatted(day), said.append("]").toString());
    }
    return zip;
  }

  private static Map<String, String> environment(
      String bootstrap, SmallServices services, String masterKey) {
    return Map.of(
        "PARLEY_KAFKA_BOOTSTRAP_SERVERS",
        bootstrap,
        "PARLEY_IDENTITY_URL",
        services.address(),
        "PARLEY_PROJECTION_URL",
        services.address(),
        "PARLEY_SEARCH_URL",
        services.address(),
        "PARLEY_MASTER_KEY",
        masterKey,
        "PARLEY_OPERATOR_SECRET",
        "secret",
        "PARLEY_INTERNAL_SECRET",
        "secret");
  }

  private int run(Map<String, String> environment, Path zip) {
    bytes.reset();
    return SlackImport.run(
        environment, new PrintStream(bytes, true, StandardCharsets.UTF_8), false, zip.toString());
  }

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static void await(java.util.function.BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("within 30 s").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }
}
