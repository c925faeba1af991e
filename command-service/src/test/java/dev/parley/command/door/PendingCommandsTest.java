package dev.parley.command.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.command.door.PendingCommands.Key;
import dev.parley.command.door.PendingCommands.Waiting;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.id.Ids;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PendingCommandsTest {

  private final UUID command = Ids.uuid7();
  private final UUID alice = Ids.uuid7();
  private final UUID group = Ids.uuid7();
  private final Answer answer = new Answer.Decided(group, command, 1, 2, false);

  @Test
  void everybodyWhoWaitsForACommandIsAnswered() {
    PendingCommands pending = new PendingCommands(10);
    Waiting one = registered(pending);
    Waiting two = registered(pending);
    pending.answer(new Key(command, group, alice), answer);
    assertThat(one.answer()).isCompletedWithValue(answer);
    assertThat(two.answer()).isCompletedWithValue(answer);
  }

  /// The other copy may be accepted after it.
  @Test
  void aRefusalAnswersItsOwnCopyAlone() {
    PendingCommands pending = new PendingCommands(10);
    Waiting one = registered(pending);
    Waiting two = registered(pending);
    Answer refusal = new Answer.Refused(ErrorCode.NOT_FOUND, "No.");
    pending.refuse(new Key(command, group, alice), one.copy(), refusal);
    assertThat(one.answer()).isCompletedWithValue(refusal);
    assertThat(two.answer()).isNotDone();
    pending.answer(new Key(command, group, alice), answer);
    assertThat(two.answer()).isCompletedWithValue(answer);
  }

  @Test
  void nobodyIsAnsweredWithTheOutcomeOfAnotherPerson() {
    PendingCommands pending = new PendingCommands(10);
    Waiting hers = registered(pending);
    pending.answer(new Key(command, group, Ids.uuid7()), answer);
    assertThat(hers.answer()).isNotDone();
  }

  /// One id, sent to two conversations: two commands.
  @Test
  void nobodyIsAnsweredWithTheOutcomeOfAnotherConversation() {
    PendingCommands pending = new PendingCommands(10);
    Waiting here = registered(pending);
    pending.answer(new Key(command, Ids.uuid7(), alice), answer);
    assertThat(here.answer()).isNotDone();
  }

  @Test
  void noMoreWaitThanTheLimitAndAForgottenOneMakesRoom() {
    PendingCommands pending = new PendingCommands(1);
    Waiting first = registered(pending);
    assertThat(pending.register(new Key(Ids.uuid7(), group, alice))).isNull();
    pending.forget(first);
    assertThat(pending.register(new Key(Ids.uuid7(), group, alice))).isNotNull();
    assertThat(pending.count()).isEqualTo(1);
  }

  @Test
  void outcomeThatComesTooLateFindsNobody() {
    PendingCommands pending = new PendingCommands(1);
    Waiting late = registered(pending);
    pending.forget(late);
    pending.answer(new Key(command, group, alice), answer);
    assertThat(late.answer()).isNotDone();
  }

  private Waiting registered(PendingCommands pending) {
    return Objects.requireNonNull(pending.register(new Key(command, group, alice)));
  }
}
