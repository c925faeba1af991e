package dev.parley.command.decider;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.parley.schemas.command.Command;
import dev.parley.schemas.command.CommandEnvelope;
import dev.parley.schemas.command.Origin;
import dev.parley.schemas.content.Body;
import dev.parley.schemas.content.Content;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.event.Event;
import dev.parley.schemas.event.EventCodec;
import dev.parley.schemas.event.EventData;
import dev.parley.schemas.id.Ids;
import java.util.List;
import java.util.UUID;

/// Given events, when a command, then events or a refusal.
final class Scenario {

  static final UUID ALICE = Ids.imported("test/user", "alice", 1);
  static final UUID BOB = Ids.imported("test/user", "bob", 2);
  static final UUID CARLA = Ids.imported("test/user", "carla", 3);
  static final UUID DAN = Ids.imported("test/user", "dan", 4);
  static final UUID STRANGER = Ids.imported("test/user", "stranger", 5);
  static final UUID CONVERSATION = Ids.imported("test/conversation", "one", 6);
  static final long NOW = 1_700_000_000_000L;

  private final UUID conversation;
  private final InMemoryConversation state = new InMemoryConversation();
  private UUID commandId = id("this command");
  private long seq;
  private long ordinal;
  private Decision decision = Decision.absent();

  private Scenario(UUID conversation) {
    this.conversation = conversation;
  }

  static Scenario given(EventData... events) {
    return new Scenario(CONVERSATION).and(ALICE, events);
  }

  static Scenario givenNothing(UUID conversation) {
    return new Scenario(conversation);
  }

  static UUID id(String name) {
    return Ids.imported("test/id", name, 7);
  }

  static Body text(String text) {
    return new Body.Plain(new Content(text, List.of()));
  }

  Scenario and(UUID actor, EventData... events) {
    for (EventData data : events) {
      and(actor, id("command of event " + (seq + 1)), data);
    }
    return this;
  }

  Scenario and(UUID actor, UUID command, EventData data) {
    seq++;
    ordinal += data instanceof EventData.MessageSent ? 1 : 0;
    Conversation head = state.conversation();
    Evolution.evolve(
        state,
        EventCodec.chain(
            new Event(
                conversation,
                seq,
                ordinal,
                NOW + seq,
                actor,
                command,
                "e1",
                head == null ? ByteString.EMPTY : head.hash(),
                "",
                data)));
    return this;
  }

  Scenario when(UUID actor, Command command) {
    return when(actor, commandId, command);
  }

  Scenario when(UUID actor, UUID id, Command command) {
    return when(new CommandEnvelope(id, conversation, actor, Origin.NONE, "", command));
  }

  /// A command that is decided and whose outcome is kept.
  Scenario whenWritten(UUID actor, UUID id, Command command) {
    new Writer("e1")
        .write(
            state,
            new CommandEnvelope(id, conversation, actor, Origin.NONE, "", command),
            NOW + 1_000);
    Conversation head = state.conversation();
    seq = head == null ? 0 : head.seq();
    ordinal = head == null ? 0 : head.ordinal();
    return this;
  }

  /// By somebody who asks as an admin of the deployment.
  Scenario whenAdmin(UUID actor, Command command) {
    return when(
        new CommandEnvelope(commandId, conversation, actor, Origin.NONE, "", true, command));
  }

  private Scenario when(CommandEnvelope envelope) {
    commandId = envelope.commandId();
    decision = Decider.decide(state, envelope, NOW + 1_000);
    return this;
  }

  void then(EventData... events) {
    assertThat(decision).isEqualTo(new Decision.Accepted(List.of(events), NOW + 1_000));
  }

  void thenAt(long atMillis, EventData... events) {
    assertThat(decision).isEqualTo(new Decision.Accepted(List.of(events), atMillis));
  }

  void thenAccepted() {
    assertThat(decision).isInstanceOf(Decision.Accepted.class);
  }

  void thenRejectedFor(ErrorCode code, long retryAfterMillis) {
    assertThat(decision)
        .isInstanceOfSatisfying(
            Decision.Rejected.class,
            rejected -> {
              assertThat(rejected.code()).isEqualTo(code);
              assertThat(rejected.retryAfterMillis()).isEqualTo(retryAfterMillis);
            });
  }

  void thenRejected(ErrorCode code) {
    assertThat(decision)
        .isInstanceOfSatisfying(
            Decision.Rejected.class, rejected -> assertThat(rejected.code()).isEqualTo(code));
  }

  void thenRepeated(long firstSeq, long firstOrdinal) {
    assertThat(decision)
        .isEqualTo(new Decision.Repeated(new Mark(firstSeq, firstOrdinal, NOW + firstSeq)));
  }
}
