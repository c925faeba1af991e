package dev.parley.stack.slack.convert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.schemas.command.Command;
import dev.parley.schemas.command.CommandEnvelope;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.id.Ids;
import dev.parley.stack.slack.archive.SlackConversation;
import dev.parley.stack.slack.archive.SlackConversation.Kind;
import dev.parley.stack.slack.archive.SlackLine;
import dev.parley.stack.slack.archive.SlackPerson;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CommandsTest {

  private static final SlackIds IDS = new SlackIds("T1");
  private static final UUID ADA = new UUID(1, 1);
  private static final UUID BOB = new UUID(2, 2);
  private static final UUID ME = new UUID(3, 3);

  @Test
  void theSameArchiveAlwaysGivesTheSameIds() {
    SlackConversation general = conversation(Kind.CHANNEL, List.of("U1", "U2"));
    SlackLine.Said said = said("1609459200.123400", null, "hello");

    CommandEnvelope once = commands(general, null).saying(said).getFirst();
    CommandEnvelope again = commands(general, ME).saying(said).getFirst();

    assertThat(again.commandId()).isEqualTo(once.commandId());
    assertThat(once.commandId())
        .isEqualTo(Ids.imported("T1/message", "C1/1609459200.123400", 1609459200123L));
    assertThat(Ids.isVersion7(once.commandId())).isTrue();
    assertThat(once.conversation()).isEqualTo(Ids.imported("T1/channel", "C1", 1_600_000_000_000L));
    assertThat(once.actor()).isEqualTo(ADA);
  }

  @Test
  void anAnswerNamesTheFirstMessageOfItsThread() {
    Commands commands = commands(conversation(Kind.CHANNEL, List.of()), null);
    UUID root = commands.saying(said("1609459200.000100", null, "root")).getFirst().commandId();

    CommandEnvelope answer =
        commands.saying(said("1609459201.000100", "1609459200.000100", "answer")).getFirst();

    assertThat(answer.command())
        .isInstanceOfSatisfying(
            Command.ImportMessage.class,
            message -> {
              assertThat(message.thread()).isEqualTo(root);
              assertThat(message.atMillis()).isEqualTo(1609459201000L);
            });
  }

  @Test
  void whoJoinsIsAMemberOfChannelsButNotOfOthersConversations() {
    assertThat(members(conversation(Kind.CHANNEL, List.of("U1")), ME)).containsExactly(ME, ADA);
    assertThat(members(conversation(Kind.PRIVATE_CHANNEL, List.of("U1")), ME)).contains(ME);
    assertThat(members(conversation(Kind.GROUP_MESSAGE, List.of("U1")), ME)).containsExactly(ADA);
    assertThat(members(conversation(Kind.DIRECT, List.of("U1", "U2")), ME)).doesNotContain(ME);
  }

  @Test
  void aDirectConversationHasTheIdThatItsTwoPeopleHaveHereAnyway() {
    CommandEnvelope direct =
        commands(conversation(Kind.DIRECT, List.of("U2", "U1")), null).founding().getFirst();
    CommandEnvelope alone =
        commands(conversation(Kind.DIRECT, List.of("U1")), null).founding().getFirst();

    assertThat(direct.conversation()).isEqualTo(Ids.directConversation(ADA, BOB));
    assertThat(alone.conversation()).isEqualTo(Ids.selfConversation(ADA));
    assertThat(kind(direct)).isEqualTo(ConversationKind.DIRECT);
    assertThat(kind(alone)).isEqualTo(ConversationKind.SELF);
  }

  @Test
  void manyMembersComeInSeveralCommands() {
    Map<String, Directory.Entry> people = new HashMap<>();
    List<String> members = IntStream.range(0, 2_500).mapToObj(i -> "U" + i).toList();
    members.forEach(id -> people.put(id, new Directory.Entry(IDS.person(id), "n" + id)));
    Commands commands =
        new Commands(
            IDS,
            new Directory(people),
            new SlackText(new Directory(people), id -> null, 100),
            conversation(Kind.CHANNEL, members),
            null);

    List<CommandEnvelope> founding = commands.founding();

    assertThat(founding).hasSize(3).extracting(CommandEnvelope::commandId).doesNotHaveDuplicates();
    assertThat(founding.stream().mapToInt(c -> listed(c).size()).sum()).isEqualTo(2_500);
  }

  private static List<UUID> members(SlackConversation conversation, UUID joining) {
    return listed(commands(conversation, joining).founding().getFirst());
  }

  private static List<UUID> listed(CommandEnvelope command) {
    return ((Command.ImportConversation) command.command()).members();
  }

  private static ConversationKind kind(CommandEnvelope command) {
    return ((Command.ImportConversation) command.command()).kind();
  }

  private static Commands commands(SlackConversation conversation, @Nullable UUID joining) {
    Directory people =
        new Directory(
            Map.of(
                "U1", new Directory.Entry(ADA, "ada"),
                "U2", new Directory.Entry(BOB, "bob")));
    return new Commands(IDS, people, new SlackText(people, id -> null, 100), conversation, joining);
  }

  private static SlackConversation conversation(Kind kind, List<String> members) {
    return new SlackConversation(
        kind, "C1", "general", "general", "", "U2", members, 1_600_000_000_000L);
  }

  private static SlackLine.Said said(String ts, @Nullable String thread, String text) {
    long micros = Long.parseLong(ts.replace(".", ""));
    return new SlackLine.Said(ts, micros, new SlackPerson("U1", "ada", "Ada"), text, thread, false);
  }
}
