package dev.parley.command.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.command.CommandServiceConfig;
import dev.parley.command.decider.RandomCommands;
import dev.parley.command.decider.Writer;
import dev.parley.schemas.command.CommandCodec;
import dev.parley.schemas.event.Event;
import dev.parley.schemas.event.EventCodec;
import dev.parley.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The topology with its real stores, without a broker.
class TopologyDriverTest {

  private static final long SEED = Long.getLong("parley.seed", System.nanoTime());
  private static final int COMMANDS = 500;

  @TempDir Path state = Path.of("");

  private final StoppedPartitions stopped = new StoppedPartitions();

  @Test
  void sameCommandsGiveTheSameRecordsInAnyBatches() {
    System.out.println("seed " + SEED + " (-Dparley.seed=" + SEED + ")");
    List<Output> oneByOne = run(state.resolve("1"), 1);
    assertThat(oneByOne).hasSizeGreaterThan(COMMANDS / 2);
    assertThat(run(state.resolve("7"), 7)).isEqualTo(oneByOne);
    assertThat(run(state.resolve("all"), COMMANDS)).isEqualTo(oneByOne);
  }

  @Test
  void eventCarriesCloudEventHeadersTheCommandsTimeAndTheOriginThatWaits() {
    try (TopologyTestDriver driver = driver(state)) {
      RandomCommands.Timed timed =
          new RandomCommands(SEED, 4, 3)
              .take(2_000).stream()
                  .filter(one -> one.command().origin().reply())
                  .filter(one ->
                      one.command().command()
                          instanceof dev.parley.schemas.command.Command.CreateConversation)
                  .findFirst()
                  .orElseThrow();
      commands(driver).pipeInput(record(timed));
      TestRecord<String, byte[]> out = events(driver).readRecord();
      Event event = EventCodec.decode(out.value()).event();
      assertThat(out.key()).isEqualTo(timed.command().conversation().toString());
      assertThat(out.timestamp()).isEqualTo(timed.atMillis());
      assertThat(Output.of(out.key(), out.value(), out.timestamp(), out.headers()).headers())
          .contains(
              "ce_type=dev.parley.conversation.created.v1",
              "ce_id=" + event.conversation() + ":1",
              Topics.ORIGIN_HEADER + "=" + timed.command().origin().node());
    }
  }

  @Test
  void commandThatCannotBeReadStopsItsPartitionAtItsOffset() {
    TopologyTestDriver driver = driver(state);
    assertThatThrownBy(() ->
            commands(driver).pipeInput(new TestRecord<>("a key", new byte[] {1, 2, 3}, null, 5L)))
        .hasRootCauseInstanceOf(com.google.protobuf.InvalidProtocolBufferException.class);
    assertThat(stopped.all())
        .containsOnlyKeys(new TopicPartition(Topics.COMMANDS, 0))
        .allSatisfy((_, stop) -> assertThat(stop.offset()).isZero());
    driver.close();
  }

  @Test
  void commandUnderTheKeyOfAnotherConversationStopsItsPartition() {
    RandomCommands.Timed timed = new RandomCommands(SEED, 4, 3).next();
    TopologyTestDriver driver = driver(state);
    assertThatThrownBy(() ->
            commands(driver)
                .pipeInput(
                    new TestRecord<>("another", CommandCodec.encode(timed.command()), null, 5L)))
        .hasStackTraceContaining("as key, but it is another");
    assertThat(stopped.all()).hasSize(1);
    driver.close();
  }

  private List<Output> run(Path folder, int batch) {
    List<Output> out = new ArrayList<>();
    List<RandomCommands.Timed> commands = new RandomCommands(SEED, 6, 5).take(COMMANDS);
    try (TopologyTestDriver driver = driver(folder)) {
      for (int from = 0; from < commands.size(); from += batch) {
        commands(driver)
            .pipeRecordList(
                commands.subList(from, Math.min(commands.size(), from + batch)).stream()
                    .map(TopologyDriverTest::record)
                    .toList());
        drain(events(driver), out);
      }
      drain(outcomes(driver), out);
    }
    return out;
  }

  private static void drain(TestOutputTopic<String, byte[]> topic, List<Output> out) {
    topic
        .readRecordsToList()
        .forEach(record ->
            out.add(Output.of(record.key(), record.value(), record.timestamp(), record.headers())));
  }

  private TopologyTestDriver driver(Path folder) {
    CommandServiceConfig config =
        TestConfig.of(Map.of("parley.decider.state-directory", folder.toString()));
    Properties properties = StreamsProperties.of(config, "test");
    return new TopologyTestDriver(
        DecidingTopology.of(
            new Writer("e1"), stopped, new CommitPace(Duration.ZERO, Duration.ZERO), Logs.PARLEY),
        properties);
  }

  private static TestRecord<String, byte[]> record(RandomCommands.Timed timed) {
    return new TestRecord<>(
        timed.command().conversation().toString(),
        CommandCodec.encode(timed.command()),
        null,
        timed.atMillis());
  }

  private static TestInputTopic<String, byte[]> commands(TopologyTestDriver driver) {
    return driver.createInputTopic(
        Topics.COMMANDS, new StringSerializer(), new ByteArraySerializer());
  }

  private static TestOutputTopic<String, byte[]> events(TopologyTestDriver driver) {
    return driver.createOutputTopic(
        Topics.EVENTS, new StringDeserializer(), new ByteArrayDeserializer());
  }

  private static TestOutputTopic<String, byte[]> outcomes(TopologyTestDriver driver) {
    return driver.createOutputTopic(
        Topics.REJECTIONS, new StringDeserializer(), new ByteArrayDeserializer());
  }
}
