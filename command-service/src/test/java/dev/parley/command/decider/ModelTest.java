package dev.parley.command.decider;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.parley.schemas.command.Command;
import dev.parley.schemas.command.CommandEnvelope;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.Role;
import dev.parley.schemas.event.ChainedEvent;
import dev.parley.schemas.event.Event;
import dev.parley.schemas.event.EventCodec;
import dev.parley.schemas.event.EventData;
import dev.parley.schemas.outcome.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Random commands against what must hold after any of them.
class ModelTest {

  private static final int SEEDS = 40;
  private static final int COMMANDS = 2_500;
  private static final long FIRST_SEED = Long.getLong("parley.seed", System.nanoTime());

  private final Map<UUID, InMemoryConversation> states = new HashMap<>();
  private final Map<UUID, List<ChainedEvent>> logs = new HashMap<>();
  private final Map<UUID, List<Repeat>> repeats = new HashMap<>();
  private final Map<Asked, Mark> answers = new HashMap<>();
  private final Map<Class<?>, Integer> seen = new HashMap<>();
  private int strangersWhoModerated;

  /// An answer without an event.
  ///
  /// @param head seq of the conversation at that time
  private record Repeat(long head, CommandEnvelope command, Mark first) {}

  /// @param message ids of messages are apart from those of other commands
  private record Asked(UUID conversation, UUID actor, UUID command, boolean message) {}

  @Test
  @DisplayName("After any commands: dense, chained, replayable, counted, owned, decided once")
  void invariantsHoldAfterAnyCommands() {
    for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
      System.out.println("seed " + seed + " (-Dparley.seed=" + seed + ")");
      states.clear();
      logs.clear();
      repeats.clear();
      answers.clear();
      process(new RandomCommands(seed, 6, 5).take(COMMANDS));
      logs.forEach(this::check);
    }
    assertThat(seen.keySet())
        .as("The commands reach every event and every outcome")
        .contains(EventData.class.getPermittedSubclasses())
        .contains(Outcome.class.getPermittedSubclasses());
    assertThat(strangersWhoModerated).as("Admins moderate where they are no members").isPositive();
  }

  private void process(List<RandomCommands.Timed> commands) {
    Writer writer = new Writer("e1");
    for (RandomCommands.Timed timed : commands) {
      UUID conversation = timed.command().conversation();
      InMemoryConversation state =
          states.computeIfAbsent(conversation, _ -> new InMemoryConversation());
      List<ChainedEvent> log = logs.computeIfAbsent(conversation, _ -> new ArrayList<>());
      boolean strange = state.member(timed.command().actor()) == null;
      switch (writer.write(state, timed.command(), timed.atMillis())) {
        case Written.Appended(var events) -> {
          assertThat(strange && !opensToStrangers(timed.command())).isFalse();
          log.addAll(events);
          events.forEach(event -> count(event.event().data()));
          lasts(timed.command(), Mark.of(events.getFirst().event()));
        }
        case Written.Answered(Outcome.Repeated repeated) -> {
          count(repeated);
          Event first = log.get((int) repeated.seq() - 1).event();
          Mark told = new Mark(repeated.seq(), repeated.ordinal(), repeated.atMillis());
          assertThat(told).isEqualTo(Mark.of(first));
          lasts(timed.command(), told);
          repeats
              .computeIfAbsent(conversation, _ -> new ArrayList<>())
              .add(new Repeat(log.size(), timed.command(), told));
        }
        case Written.Answered(Outcome.Rejected rejected) -> count(rejected);
      }
    }
  }

  /// Whatever has become of the conversation since, the copies of a command are answered alike.
  private void lasts(CommandEnvelope envelope, Mark answer) {
    if (envelope.command() instanceof Command.ImportConversation) {
      // Sent again, it may name more members.
      return;
    }
    boolean message =
        envelope.command() instanceof Command.SendMessage
            || envelope.command() instanceof Command.ImportMessage;
    Asked asked =
        new Asked(envelope.conversation(), envelope.actor(), envelope.commandId(), message);
    assertThat(answers.merge(asked, answer, (first, _) -> first))
        .as(() -> "first answer to " + envelope)
        .isEqualTo(answer);
  }

  private boolean opensToStrangers(CommandEnvelope envelope) {
    return switch (envelope.command()) {
      case Command.CreateConversation _,
          Command.ImportConversation _,
          Command.ImportMessage _,
          Command.JoinConversation _,
          // In one's own conversation, which begins with it, and by the timers.
          Command.ScheduleMessage _,
          Command.EndSchedule _,
          Command.ExpireMessage _ ->
          true;
      case Command.RemoveMember _,
          Command.ChangeRole _,
          Command.DeleteMessage _,
          Command.ChangeConversation _,
          Command.ArchiveConversation _,
          Command.BanMember _,
          Command.UnbanMember _,
          Command.MuteMember _,
          Command.TransferOwnership _ -> {
        strangersWhoModerated++;
        yield envelope.admin();
      }
      case Command.LeaveConversation _,
          Command.InviteMember _,
          Command.SendMessage _,
          Command.EditMessage _,
          Command.AddReaction _,
          Command.RemoveReaction _,
          Command.PinMessage _,
          Command.UnpinMessage _,
          Command.AddChannel _,
          Command.RemoveChannel _,
          Command.CancelSchedule _ ->
          false;
    };
  }

  private void check(UUID conversation, List<ChainedEvent> log) {
    InMemoryConversation replayed = new InMemoryConversation();
    ByteString hash = ByteString.EMPTY;
    long ordinal = 0;
    Map<UUID, Long> messages = new HashMap<>();
    for (int i = 0; i < log.size(); i++) {
      ChainedEvent read = EventCodec.decode(log.get(i).record());
      Event event = read.event();
      assertThat(event.seq()).isEqualTo(i + 1);
      assertThat(event.prevHash()).isEqualTo(hash);
      assertThat(EventCodec.verify(read.record())).isTrue();
      if (event.data() instanceof EventData.MessageSent sent) {
        ordinal++;
        assertThat(messages.put(sent.message(), event.seq())).as("sent once").isNull();
      }
      assertThat(event.ordinal()).isEqualTo(ordinal);
      Evolution.evolve(replayed, read);
      answer(replayed, conversation, i + 1);
      hash = read.hash();
    }
    InMemoryConversation state = Objects.requireNonNull(states.get(conversation));
    assertThat(replayed).as("state after processing == state after replay").isEqualTo(state);
    checkCounts(state);
  }

  private void answer(ConversationState replayed, UUID conversation, long head) {
    repeats.getOrDefault(conversation, List.of()).stream()
        .filter(repeat -> repeat.head() == head)
        .forEach(repeat -> Evolution.answered(replayed, repeat.command(), repeat.first()));
  }

  private static void checkCounts(InMemoryConversation state) {
    Conversation head = state.conversation();
    if (head == null) {
      return;
    }
    long owners =
        state.members().values().stream().filter(member -> member.role() == Role.OWNER).count();
    assertThat(head.members()).isEqualTo(state.members().size());
    assertThat(head.owners()).isEqualTo((int) owners);
    assertThat(head.ordinal()).isEqualTo(state.messages().size());
    long pins =
        state.messages().values().stream().filter(message -> message.pinned() != null).count();
    assertThat(head.counts().pins()).isEqualTo((int) pins);
    assertThat(head.counts().channels()).isEqualTo(state.facts(Fact.Listed.class).size());
    assertThat(head.counts().schedules()).isEqualTo(state.facts(Fact.Scheduled.class).size());
    state
        .messages()
        .forEach((id, message) -> {
          var emojis =
              state.facts(Fact.Reaction.class).stream()
                  .filter(reaction -> reaction.message().equals(id))
                  .map(Fact.Reaction::emoji)
                  .distinct();
          assertThat(message.emojis()).isEqualTo((int) emojis.count());
        });
    if (owners == 0) {
      // Only where there are equals, or nobody, or a channel that its last member left and others
      // joined since.
      assertThat(head.members() == 0 || head.kind() != ConversationKind.GROUP).isTrue();
    }
  }

  private void count(Object what) {
    seen.merge(what.getClass(), 1, Integer::sum);
  }
}
