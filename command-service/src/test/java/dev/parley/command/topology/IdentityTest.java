package dev.parley.command.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.command.CommandServiceConfig;
import dev.parley.command.decider.RandomCommands.Timed;
import dev.parley.schemas.command.Command;
import dev.parley.schemas.command.CommandEnvelope;
import dev.parley.schemas.command.Origin;
import dev.parley.schemas.content.Body;
import dev.parley.schemas.content.Content;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.HistoryVisibility;
import dev.parley.schemas.event.EventCodec;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.outcome.Outcome;
import dev.parley.schemas.outcome.OutcomeCodec;
import dev.parley.schemas.outcome.OutcomeEnvelope;
import dev.parley.stack.test.TestEngines;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The same message id again, from any node, a second or a month later: the first place again, and
/// nothing new in the log. Time is that of the records, so a month takes no time.
class IdentityTest {

  private static final long NOW = 1_700_000_000_000L;
  private static final UUID ALICE = Ids.imported("test/user", "alice", 1);
  private static final UUID GROUP = Ids.imported("test/conversation", "group", 2);
  private static final UUID MESSAGE = Ids.imported("test/message", "message", NOW);

  @TempDir Path folder = Path.of("");

  private final String name = "identity-" + UUID.randomUUID();
  private final TestTopics topics = new TestTopics(TestEngines.kafka().bootstrapServers(), 1);
  private final Logs logs = new Logs(name, name + "-events", name + "-rejections");

  @Test
  void aSendIsRepeatedAtAnyAgeFromAnyNodeByAnyDecider() {
    topics.create(logs.commands(), logs.events(), logs.rejections());

    publish(0, "edge-1", create());
    publish(1_000, "edge-1", send("hello"));
    publish(2_000, "edge-2", send("hello"));
    decideBy("first");
    // Another decider, with nothing on its disk: all that it knows is in the log.
    publish(Duration.ofDays(1).toMillis(), "edge-1", send("hello"));
    decideBy("second");
    // The first one again, whose disk is a month behind.
    publish(Duration.ofDays(31).toMillis(), "edge-3", send("hello"));
    publish(Duration.ofDays(400).toMillis(), "door", send("another text"));
    decideBy("first");

    assertThat(events()).containsExactly("conversation.created", "member.joined", "message.sent");
    var first = new Outcome.Repeated(3, 1, NOW + 1_000);
    assertThat(outcomes()).extracting(OutcomeEnvelope::outcome).containsOnly(first);
    assertThat(outcomes())
        .extracting(OutcomeEnvelope::origin)
        .containsExactly("edge-2", "edge-1", "edge-3", "door");
    assertThat(outcomes()).extracting(OutcomeEnvelope::commandId).containsOnly(MESSAGE);
  }

  private static Command create() {
    return new Command.CreateConversation(
        ConversationKind.GROUP, "Group", "", HistoryVisibility.FROM_START, List.of());
  }

  private static Command send(String text) {
    return new Command.SendMessage(new Body.Plain(new Content(text, List.of())), null, null);
  }

  private void publish(long afterMillis, String node, Command command) {
    var id = command instanceof Command.SendMessage ? MESSAGE : GROUP;
    var envelope = new CommandEnvelope(id, GROUP, ALICE, new Origin(node, true, 0), "", command);
    topics.publish(logs.commands(), List.of(new Timed(envelope, NOW + afterMillis)));
  }

  /// @param disk where this decider keeps its state
  private void decideBy(String disk) {
    var settings =
        Map.of(
            "parley.kafka.bootstrap-servers",
            topics.bootstrap(),
            "parley.decider.application-id",
            name,
            "parley.decider.state-directory",
            folder.resolve(disk).toString(),
            "parley.decider.transaction-timeout-millis",
            "2000");
    CommandServiceConfig config = TestConfig.of(settings);
    try (DecidingNode node =
        new DecidingNode(config, DecidingProcess.properties(config, settings), logs)) {
      node.start();
      topics.awaitDecided(name, logs.commands());
    }
  }

  private List<String> events() {
    return committed(logs.events()).stream()
        .map(bytes -> EventCodec.decode(bytes).event().data().type())
        .toList();
  }

  private List<OutcomeEnvelope> outcomes() {
    return committed(logs.rejections()).stream().map(OutcomeCodec::decode).toList();
  }

  private List<byte[]> committed(String topic) {
    return topics.committed(topic).values().stream()
        .flatMap(Collection::stream)
        .map(one -> HexFormat.of().parseHex(one.value()))
        .toList();
  }
}
