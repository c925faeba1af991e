package dev.parley.command.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.command.CommandServiceConfig;
import dev.parley.command.decider.RandomCommands;
import dev.parley.schemas.event.Event;
import dev.parley.schemas.event.EventCodec;
import dev.parley.stack.process.GuardedProcess;
import dev.parley.stack.test.TestEngines;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The keystone: answers run ahead of the commit, so the same commands must give the same records,
/// byte for byte, however they are batched and wherever the decider dies.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeterminismTest {

  private static final long SEED = Long.getLong("parley.seed", System.nanoTime());
  private static final int COMMANDS = 8_000;
  private static final int PARTITIONS = 3;
  private static final int KILLS = 3;
  private static final int PART = 2_000;
  private static final Duration BOUND = Duration.ofSeconds(120);

  private final List<RandomCommands.Timed> commands =
      new RandomCommands(SEED, 8, 12).take(COMMANDS);
  private Path folder = Path.of("");
  private final String name = "determinism-" + UUID.randomUUID();
  private final TestTopics topics =
      new TestTopics(TestEngines.kafka().bootstrapServers(), PARTITIONS);
  private SortedMap<Integer, List<Output>> referenceEvents = new TreeMap<>();
  private SortedMap<Integer, List<Output>> referenceOutcomes = new TreeMap<>();

  /// One decider over the same commands, with topics and settings of its own.
  private final class Run {
    private final String id;
    private final Logs logs;
    private final Map<String, String> settings;

    Run(String run, Map<String, String> more) {
      this(run, name, more);
    }

    Run(String run, String commands, Map<String, String> more) {
      id = name + "-" + run;
      logs = new Logs(commands, id + "-events", id + "-rejections");
      settings = new HashMap<>(more);
      settings.put("parley.kafka.bootstrap-servers", topics.bootstrap());
      settings.put("parley.decider.application-id", id);
      settings.put("parley.decider.state-directory", folder.resolve(id).toString());
      settings.put("parley.decider.transaction-timeout-millis", "2000");
    }

    void createTopics() {
      topics.create(logs.events(), logs.rejections());
    }

    void inThisJvm() {
      CommandServiceConfig config = TestConfig.of(settings);
      try (DecidingNode node =
          new DecidingNode(config, DecidingProcess.properties(config, settings), logs)) {
        node.start();
        topics.awaitDecided(id, logs.commands());
      }
    }

    SortedMap<Integer, List<Output>> events() {
      return topics.committed(logs.events());
    }

    SortedMap<Integer, List<Output>> outcomes() {
      return topics.committed(logs.rejections());
    }
  }

  @BeforeAll
  void decideOnce(@TempDir Path temporary) {
    folder = temporary;
    System.out.println("seed " + SEED + " (-Dparley.seed=" + SEED + ")");
    topics.create(name);
    topics.publish(name, commands);
    Run reference = new Run("reference", Map.of());
    reference.createTopics();
    reference.inThisJvm();
    referenceEvents = reference.events();
    referenceOutcomes = reference.outcomes();
    assertThat(referenceEvents.values().stream().mapToInt(List::size).sum())
        .isGreaterThan(COMMANDS / 5);
  }

  @Test
  void smallPollsAndQuickCommitsGiveTheSameRecords() {
    Run run =
        new Run(
            "small",
            Map.of(
                "parley.decider.commit-interval-millis", "20",
                "parley.decider.linger-millis", "0",
                "parley.decider.threads", "3",
                "streams:main.consumer.max.poll.records", "40"));
    run.createTopics();
    run.inThisJvm();
    assertSame(run);
  }

  @Test
  void largePollsAndSlowCommitsGiveTheSameRecords() {
    Run run =
        new Run(
            "large",
            Map.of(
                "parley.decider.commit-interval-millis", "1500",
                "parley.decider.linger-millis", "50",
                "streams:main.consumer.max.poll.records", "10000"));
    run.createTopics();
    run.inThisJvm();
    assertSame(run);
  }

  @Test
  void killsInTheMiddleGiveTheSameRecordsAndNothingElseWasEverShown() throws IOException {
    Run run =
        new Run(
            "killed",
            name + "-again",
            Map.of(
                "parley.decider.commit-interval-millis", "100",
                "streams:main.consumer.max.poll.records", "20"));
    run.createTopics();
    topics.create(run.logs.commands());
    Random random = new Random(SEED);
    try (KafkaConsumer<String, byte[]> live =
        topics.consumer(run.logs.events(), "read_uncommitted")) {
      for (int kill = 1; kill <= KILLS; kill++) {
        // Part by part, so that there is something left to kill in the middle of.
        topics.publish(run.logs.commands(), commands.subList((kill - 1) * PART, kill * PART));
        GuardedProcess process =
            DecidingProcess.start(run.settings, run.logs, folder.resolve("kill-" + kill + ".log"));
        int shown = 50 + random.nextInt(300);
        awaitShown(live, shown);
        process.kill();
        System.out.println("killed with -9 after " + shown + " more events were shown");
      }
    }
    topics.publish(run.logs.commands(), commands.subList(KILLS * PART, COMMANDS));
    run.inThisJvm();
    assertSame(run);
    assertNothingElseWasShown(run);
  }

  private void assertSame(Run run) {
    assertThat(run.events()).isEqualTo(referenceEvents);
    assertThat(run.outcomes()).isEqualTo(referenceOutcomes);
  }

  /// Every event that was readable before its commit, also where the commit never came, is the one
  /// that was committed under its seq in the end.
  private void assertNothingElseWasShown(Run run) {
    Map<String, String> committed = new HashMap<>();
    run.events()
        .values()
        .forEach(all -> all.forEach(one -> committed.put(place(one.value()), one.value())));
    List<ConsumerRecord<String, byte[]>> shown = topics.everShown(run.logs.events());
    for (ConsumerRecord<String, byte[]> record : shown) {
      String value = HexFormat.of().formatHex(record.value());
      assertThat(value).as(place(value)).isEqualTo(committed.get(place(value)));
    }
    System.out.println(
        "%d events committed, %d shown: %d were shown, aborted, and shown again"
            .formatted(committed.size(), shown.size(), shown.size() - committed.size()));
    assertThat(shown.size()).as("some transaction was aborted").isGreaterThan(committed.size());
  }

  private static String place(String hex) {
    Event event = EventCodec.decode(HexFormat.of().parseHex(hex)).event();
    return event.conversation() + ":" + event.seq();
  }

  private static void awaitShown(KafkaConsumer<String, byte[]> live, int events) {
    long deadline = System.nanoTime() + BOUND.toNanos();
    for (int seen = 0; seen < events; ) {
      seen += live.poll(Duration.ofMillis(10)).count();
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("Expected " + events + " events, but only " + seen + " came");
      }
    }
  }
}
