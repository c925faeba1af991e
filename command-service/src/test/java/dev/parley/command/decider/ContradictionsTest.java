package dev.parley.command.decider;

import static dev.parley.command.decider.Scenario.ALICE;
import static dev.parley.command.decider.Scenario.BOB;
import static dev.parley.command.decider.Scenario.CARLA;
import static dev.parley.command.decider.Scenario.DAN;
import static dev.parley.command.decider.Scenario.NOW;
import static dev.parley.command.decider.Scenario.id;
import static dev.parley.command.decider.Scenario.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.schemas.command.Command;
import dev.parley.schemas.command.CommandEnvelope;
import dev.parley.schemas.command.Origin;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.HistoryVisibility;
import dev.parley.schemas.conversation.Role;
import dev.parley.schemas.event.ChainedEvent;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.outcome.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Two people do at once what contradicts each other. The log has one order of the two; in either
/// order there is one outcome for each, and what everybody sees follows from the events alone.
class ContradictionsTest {

  private static final UUID MESSAGE = message("before");
  private static final UUID CONVERSATION = Ids.imported("test/conversation", "contested", 6);

  /// What one of the two wants.
  ///
  /// @param id of the command; a message's id where it sends one
  private record Wish(UUID actor, UUID id, Command command) {

    static Wish of(UUID actor, Command command) {
      return new Wish(actor, Scenario.id(actor + command.getClass().getSimpleName()), command);
    }
  }

  /// @param first what becomes of the wish that comes first, and of the other behind it
  /// @param otherwise the same where they come the other way round
  private record Contradiction(
      String name, Wish one, Wish other, List<String> first, List<String> otherwise) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static UUID message(String name) {
    return Ids.imported("test/message", name, NOW);
  }

  private static Wish sends(UUID actor, @Nullable UUID thread) {
    var send = new Command.SendMessage(text("meanwhile"), thread, thread);
    return new Wish(actor, message("by " + actor), send);
  }

  private static Wish edits(UUID actor) {
    return Wish.of(actor, new Command.EditMessage(MESSAGE, text("edited")));
  }

  private static Wish deletes(UUID actor) {
    return Wish.of(actor, new Command.DeleteMessage(MESSAGE));
  }

  private static Wish role(UUID actor, UUID user, Role role) {
    return Wish.of(actor, new Command.ChangeRole(user, role));
  }

  /// Alice and Bob own the group, Carla wrote the message in it, Dan is outside.
  static Stream<Contradiction> contradictions() {
    var ban = Wish.of(ALICE, new Command.BanMember(CARLA, 0, "spam"));
    return Stream.of(
        new Contradiction(
            "leaves while sending",
            sends(CARLA, null),
            Wish.of(CARLA, new Command.LeaveConversation()),
            List.of("message.sent", "member.left"),
            List.of("member.left", "not_found")),
        new Contradiction(
            "is removed while editing",
            edits(CARLA),
            Wish.of(ALICE, new Command.RemoveMember(CARLA)),
            List.of("message.edited", "member.removed"),
            List.of("member.removed", "not_found")),
        new Contradiction(
            "is banned while sending",
            sends(CARLA, null),
            ban,
            List.of("message.sent", "member.removed member.banned"),
            List.of("member.removed member.banned", "not_found")),
        new Contradiction(
            "is banned by one and made admin by the other",
            ban,
            role(BOB, CARLA, Role.ADMIN),
            List.of("member.removed member.banned", "not_a_member"),
            List.of("member.role_changed", "member.removed member.banned")),
        new Contradiction(
            "two owners demote each other",
            role(ALICE, BOB, Role.MEMBER),
            role(BOB, ALICE, Role.MEMBER),
            List.of("member.role_changed", "forbidden"),
            List.of("member.role_changed", "forbidden")),
        new Contradiction(
            "hands over to one who leaves",
            Wish.of(BOB, new Command.TransferOwnership(CARLA)),
            Wish.of(CARLA, new Command.LeaveConversation()),
            List.of("member.role_changed member.role_changed", "member.left"),
            List.of("member.left", "not_a_member")),
        new Contradiction(
            "two owners leave",
            Wish.of(ALICE, new Command.LeaveConversation()),
            Wish.of(BOB, new Command.LeaveConversation()),
            List.of("member.left", "last_owner"),
            List.of("member.left", "last_owner")),
        new Contradiction(
            "is archived while sending",
            sends(CARLA, null),
            Wish.of(ALICE, new Command.ArchiveConversation(true)),
            List.of("message.sent", "conversation.archived"),
            List.of("conversation.archived", "archived")),
        new Contradiction(
            "edits what another deletes",
            edits(CARLA),
            deletes(ALICE),
            List.of("message.edited", "message.deleted"),
            List.of("message.deleted", "message_deleted")),
        new Contradiction(
            "both delete",
            deletes(ALICE),
            deletes(CARLA),
            List.of("message.deleted", "repeated"),
            List.of("message.deleted", "repeated")),
        new Contradiction(
            "pins what another deletes",
            Wish.of(ALICE, new Command.PinMessage(MESSAGE)),
            deletes(CARLA),
            List.of("message.pinned", "message.deleted"),
            List.of("message.deleted", "message_deleted")),
        new Contradiction(
            "both invite the same person",
            Wish.of(ALICE, new Command.InviteMember(DAN, Role.MEMBER)),
            Wish.of(BOB, new Command.InviteMember(DAN, Role.ADMIN)),
            List.of("member.joined", "repeated"),
            List.of("member.joined", "repeated")),
        new Contradiction(
            "is muted while sending",
            sends(CARLA, null),
            Wish.of(ALICE, new Command.MuteMember(CARLA, 60_000)),
            List.of("message.sent", "member.muted"),
            List.of("member.muted", "muted")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("contradictions")
  void inEitherOrderThereIsOneOutcomeForEach(Contradiction both) {
    assertThat(outcomes(group(), both.one(), both.other())).isEqualTo(both.first());
    assertThat(outcomes(group(), both.other(), both.one())).isEqualTo(both.otherwise());
  }

  @ParameterizedTest(name = "begun by the {0}")
  @MethodSource("sides")
  void bothSidesMayCreateTheirDirectConversationAtOnce(String name, UUID first, UUID second) {
    var direct = new Contested(Ids.directConversation(ALICE, BOB));
    assertThat(direct.process(creates(first, second)))
        .isEqualTo("conversation.created member.joined member.joined");
    assertThat(direct.process(creates(second, first))).isEqualTo("repeated");
    assertThat(direct.process(sends(ALICE, null))).isEqualTo("message.sent");
    assertThat(direct.process(sends(BOB, null))).isEqualTo("message.sent");
    direct.assertReplayed();
  }

  static Stream<Arguments> sides() {
    return Stream.of(Arguments.of("one", ALICE, BOB), Arguments.of("other", BOB, ALICE));
  }

  private static Wish creates(UUID actor, UUID peer) {
    return Wish.of(
        actor,
        new Command.CreateConversation(
            ConversationKind.DIRECT, "", "", HistoryVisibility.FROM_START, List.of(peer)));
  }

  private static List<String> outcomes(Contested contested, Wish first, Wish second) {
    var outcomes = List.of(contested.process(first), contested.process(second));
    // Sent again, as a client does that heard nothing: the same once more, and no new event.
    long seq = contested.seq();
    contested.process(first);
    contested.process(second);
    assertThat(contested.seq()).isEqualTo(seq);
    contested.assertReplayed();
    return outcomes;
  }

  private static Contested group() {
    var group = new Contested(CONVERSATION);
    group.process(
        Wish.of(
            ALICE,
            new Command.CreateConversation(
                ConversationKind.GROUP,
                "Contested",
                "",
                HistoryVisibility.FROM_START,
                List.of(BOB, CARLA))));
    group.process(new Wish(ALICE, id("bob owns, too"), new Command.ChangeRole(BOB, Role.OWNER)));
    group.process(new Wish(CARLA, MESSAGE, new Command.SendMessage(text("hello"), null, null)));
    assertThat(group.seq()).isEqualTo(6);
    return group;
  }

  /// A conversation with its one writer.
  private static final class Contested {

    private final UUID id;
    private final Writer writer = new Writer("e1");
    private final InMemoryConversation state = new InMemoryConversation();
    private final List<ChainedEvent> log = new ArrayList<>();
    private final Map<CommandEnvelope, Mark> repeated = new LinkedHashMap<>();

    Contested(UUID id) {
      this.id = id;
    }

    long seq() {
      return log.size();
    }

    /// In the words of the wire: the events, or why there are none.
    String process(Wish wish) {
      var envelope =
          new CommandEnvelope(wish.id(), id, wish.actor(), Origin.NONE, "", wish.command());
      return switch (writer.write(state, envelope, NOW + log.size())) {
        case Written.Appended(var events) -> {
          log.addAll(events);
          yield String.join(" ", events.stream().map(e -> e.event().data().type()).toList());
        }
        case Written.Answered(Outcome.Rejected(var code, _, _)) -> code.wireName();
        case Written.Answered(Outcome.Repeated(var seq, var ordinal, var atMillis)) -> {
          repeated.putIfAbsent(envelope, new Mark(seq, ordinal, atMillis));
          yield "repeated";
        }
      };
    }

    /// Whoever has the events, and what was answered without one, comes to the same state.
    void assertReplayed() {
      var replayed = new InMemoryConversation();
      log.forEach(event -> Evolution.evolve(replayed, event));
      repeated.forEach((command, first) -> Evolution.answered(replayed, command, first));
      assertThat(replayed).isEqualTo(state);
    }
  }
}
