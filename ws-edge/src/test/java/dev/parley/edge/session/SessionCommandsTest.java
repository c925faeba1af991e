package dev.parley.edge.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.schemas.command.Command;
import dev.parley.schemas.command.CommandEnvelope;
import dev.parley.schemas.content.Body;
import dev.parley.schemas.content.KeyLookup;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.outcome.Outcome;
import dev.parley.schemas.outcome.OutcomeEnvelope;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What becomes of a command and its answer.
class SessionCommandsTest extends OneSession {

  @Test
  void aCommandWaitsForTheKeyOfWhoHasJustRegistered() {
    open(null);
    auth("good");
    say(send(Ids.uuid7()));
    assertThat(session.wantsMore()).isFalse();
    assertThat(published).isEmpty();

    giveKey();
    keyArrival.complete(keyring.keyOf(ada));
    loop.settle();

    assertThat(published).hasSize(1);
    assertThat(session.wantsMore()).isTrue();
  }

  @Test
  void aKeyThatDoesNotComeIsATemporaryError() {
    open(null);
    auth("good");
    say(send(Ids.uuid7()));
    keyArrival.complete(new KeyLookup.Unknown());
    loop.settle();
    assertThat(link.last().path("err").path("code").asText()).isEqualTo("unavailable");
  }

  @Test
  void theActorComesFromTheHandshake() {
    giveKey();
    open(null);
    auth("good");
    say(send(Ids.uuid7()).replace("\"text\"", "\"actor\":\"" + Ids.uuid7() + "\",\"text\""));
    loop.settle();
    assertThat(published.getFirst().actor()).isEqualTo(ada);
    assertThat(published.getFirst().origin().reply()).isTrue();
  }

  @Test
  void commandsWithoutAnOutcomeAreBoundedAndTimeOut() {
    giveKey();
    open(null);
    auth("good");
    for (var i = 0; i < 4; i++) {
      say(send(Ids.uuid7()));
    }
    assertThat(link.last().path("err").path("code").asText()).isEqualTo("overloaded");

    commands.start();
    loop.advance(12_000);
    assertThat(link.errors()).contains("timeout", "timeout", "timeout");
    assertThat(commands.pending()).isZero();
    say(send(Ids.uuid7()));
    assertThat(published).hasSize(4);
  }

  @Test
  void aRepeatIsAnsweredAsADuplicateAndOnlyToItsActor() {
    hasSent(Ids.uuid7());
    var command = published.getFirst();
    decided(command, Ids.uuid7(), new Outcome.Repeated(9, 9, 9));
    assertThat(link.last().has("ok")).isTrue();
    assertThat(link.last().path("ok").has("seq")).isFalse();

    decided(command, ada, new Outcome.Repeated(9, 9, 9));
    assertThat(link.last().path("ok").path("seq").asLong()).isEqualTo(9);
    assertThat(link.last().path("ok").path("duplicate").asBoolean()).isTrue();
  }

  @Test
  void aRefusalIsAnsweredWithItsCode() {
    hasSent(Ids.uuid7());
    decided(published.getFirst(), ada, new Outcome.Rejected(ErrorCode.FORBIDDEN, "No."));
    assertThat(link.last().path("err").path("code").asText()).isEqualTo("forbidden");
    assertThat(link.last().path("err").path("temporary").asBoolean()).isFalse();
  }

  /// The first try is refused, then its sender is invited, and the second is accepted.
  @Test
  void aRefusalAnswersItsOwnTryAlone() {
    var id = Ids.uuid7();
    hasSent(id);
    say(send(id));
    loop.settle();
    var before = link.errors().size();
    decided(published.getFirst(), ada, new Outcome.Rejected(ErrorCode.NOT_FOUND, "No."));
    assertThat(link.errors()).hasSize(before + 1);
    assertThat(commands.pending()).isOne();

    decided(published.getLast(), ada, new Outcome.Repeated(9, 9, 9));
    assertThat(link.last().path("ok").path("seq").asLong()).isEqualTo(9);
    assertThat(commands.pending()).isZero();
  }

  @Test
  void aForwardCopiesWhatThePersonMaySee() {
    giveKey();
    resumed();
    var to = Ids.selfConversation(ada);
    var frame =
        "{\"id\":5,\"t\":\"forward\",\"d\":{\"conversation\":\"%s\",\"message_id\":\"%s\",\"from\":{\"conversation\":\"%s\",\"message_id\":\"%s\"}}}";
    say(frame.formatted(to, Ids.uuid7(), Ids.uuid7(), Ids.uuid7()));
    loop.settle();
    assertThat(link.errors()).containsExactly("message_not_found");
    readable = true;
    var from = Ids.uuid7();
    say(frame.formatted(to, Ids.uuid7(), from, Ids.uuid7()));
    loop.settle();
    assertThat(published)
        .singleElement()
        .extracting(CommandEnvelope::command)
        .isInstanceOfSatisfying(
            Command.SendMessage.class,
            send -> {
              assertThat(send.body()).isInstanceOf(Body.Sealed.class);
              assertThat(Objects.requireNonNull(send.forwarded()).conversation()).isEqualTo(from);
            });
  }

  private void hasSent(UUID message) {
    giveKey();
    open(null);
    auth("good");
    say(send(message));
    loop.settle();
  }

  private void decided(CommandEnvelope command, UUID actor, Outcome outcome) {
    commands.decided(
        new OutcomeEnvelope(
            command.commandId(),
            command.conversation(),
            actor,
            "n",
            command.origin().copy(),
            outcome));
  }
}
