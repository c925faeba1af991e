package dev.parley.edge.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.filter.Judgement;
import dev.parley.schemas.command.Command;
import dev.parley.schemas.command.CommandEnvelope;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.personal.Personal;
import dev.parley.schemas.personal.PersonalEntry;
import dev.parley.schemas.personal.ReportReason;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What stands between a frame that was read and its seal.
class SessionGateTest extends OneSession {

  private final UUID bob = Ids.uuid7();
  private final UUID direct = Ids.directConversation(ada, bob);

  @BeforeEach
  void known() {
    giveKey();
    open(null);
    auth("good");
  }

  @Test
  void whoIsBlockedWritesNothingToThePersonAndBringsThemNowhere() {
    blocking.add(bob);
    var id = Ids.uuid7();
    say(message(direct, id));
    say(frame("edit", direct, "\"message_id\":\"%s\",\"text\":\"x\"".formatted(id)));
    say(frame("react", direct, "\"message_id\":\"%s\",\"emoji\":\"+1\"".formatted(id)));
    say(
        frame(
            "schedule",
            direct,
            "\"message_id\":\"%s\",\"text\":\"x\",\"at\":\"2023-11-15T00:00:00Z\"".formatted(id)));
    say(
        "{\"id\":7,\"t\":\"create\",\"d\":{\"kind\":\"direct\",\"members\":[\"%s\"]}}"
            .formatted(bob));
    say(frame("invite", Ids.uuid7(), "\"user\":\"%s\"".formatted(bob)));
    loop.settle();
    assertThat(link.errors()).hasSize(6).containsOnly("blocked");
    assertThat(published).isEmpty();
    assertThat(judged).as("nobody else is shown it").isEmpty();

    say(message(Ids.directConversation(ada, Ids.uuid7()), Ids.uuid7()));
    say(frame("unreact", direct, "\"message_id\":\"%s\",\"emoji\":\"+1\"".formatted(id)));
    assertThat(published).hasSize(2);
  }

  @Test
  void aForwardToWhomOneIsBlockedByIsStoppedAsWell() {
    blocking.add(bob);
    readable = true;
    say(
        "{\"id\":5,\"t\":\"forward\",\"d\":{\"conversation\":\"%s\",\"message_id\":\"%s\",\"from\":{\"conversation\":\"%s\",\"message_id\":\"%s\"}}}"
            .formatted(direct, Ids.uuid7(), Ids.uuid7(), Ids.uuid7()));
    loop.settle();
    assertThat(link.errors()).containsExactly("blocked");
  }

  @Test
  void whatTheFilterRejectsIsNotSentAndItsReasonIsTold() {
    judgement = new Judgement.Reject("Not here.");
    say(message(direct, Ids.uuid7()));
    assertThat(link.last().path("err").path("code").asText()).isEqualTo("rejected_by_filter");
    assertThat(link.last().path("err").path("detail").asText()).isEqualTo("Not here.");
    judgement = new Judgement.Unjudged();
    say(message(direct, Ids.uuid7()));
    assertThat(link.last().path("err").path("code").asText()).isEqualTo("unavailable");
    assertThat(link.last().path("err").path("temporary").asBoolean()).isTrue();
    assertThat(published).isEmpty();
  }

  @Test
  void whatTheFilterHoldsIsPutBeforeTheModerators() {
    member = true;
    judgement = new Judgement.Hold("words");
    var id = Ids.uuid7();
    say(message(direct, id));
    loop.settle();
    assertThat(link.errors()).containsExactly("held");
    assertThat(published).isEmpty();
    assertThat(kept)
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.user()).isEqualTo(ada);
          assertThat(entry.conversation()).isEqualTo(direct);
          assertThat(entry.quiet()).isTrue();
          assertThat(entry.value())
              .isInstanceOfSatisfying(
                  Personal.Held.class,
                  held -> {
                    assertThat(held.message()).isEqualTo(id);
                    assertThat(held.reason()).isEqualTo("words");
                  });
        });
  }

  @Test
  void strangersPutNothingBeforeTheModerators() {
    judgement = new Judgement.Hold("words");
    say(message(direct, Ids.uuid7()));
    loop.settle();
    assertThat(link.errors()).containsExactly("not_found");
    assertThat(kept).isEmpty();
  }

  @Test
  void framesKeepTheirOrderWhileTheFilterIsAsked() {
    var slow = new CompletableFuture<Judgement>();
    slowJudgement = slow;
    var first = Ids.uuid7();
    var second = Ids.uuid7();
    say(message(direct, first) + "\n" + message(direct, second));
    loop.settle();
    assertThat(published).isEmpty();
    assertThat(session.wantsMore()).isFalse();

    slow.complete(new Judgement.Pass());
    loop.settle();
    assertThat(published).extracting(CommandEnvelope::commandId).containsExactly(first, second);
    assertThat(session.wantsMore()).isTrue();
  }

  @Test
  void aFilterThatBreaksIsAnErrorAndTheSessionGoesOn() {
    slowJudgement = CompletableFuture.failedFuture(new IllegalStateException("broken"));
    say(message(direct, Ids.uuid7()));
    loop.settle();
    assertThat(link.errors()).containsExactly("internal");
    say(message(direct, Ids.uuid7()));
    assertThat(published).hasSize(1);
  }

  @Test
  void whatIsNotWrittenForOthersIsNotJudged() {
    say(frame("leave", direct, "\"x\":1"));
    assertThat(judged).isEmpty();
    assertThat(published)
        .extracting(CommandEnvelope::command)
        .containsExactly(new Command.LeaveConversation());
  }

  @Test
  void aMemberReportsAMessageAndIsAnswered() {
    var group = log.group(ada, Ids.uuid7());
    say("{\"id\":99,\"t\":\"resume\",\"d\":{}}");
    loop.advance(1_000);
    var message = Ids.uuid7();
    say(frame("report", group, "\"message_id\":\"%s\",\"reason\":\"spam\"".formatted(message)));
    say(frame("report", group, "\"message_id\":\"%s\",\"reason\":\"dull\"".formatted(message)));
    say(
        frame(
            "report", Ids.uuid7(), "\"message_id\":\"%s\",\"reason\":\"spam\"".formatted(message)));
    loop.advance(400);
    assertThat(answers()).contains(7L);
    assertThat(link.errors()).containsExactlyInAnyOrder("invalid", "not_found");
    assertThat(kept)
        .extracting(PersonalEntry::value)
        .containsExactly(new Personal.Reported(message, ReportReason.SPAM, null));
  }

  private static String message(UUID conversation, UUID id) {
    return frame("send", conversation, "\"message_id\":\"%s\",\"text\":\"hi\"".formatted(id));
  }

  private static String frame(String type, UUID conversation, String fields) {
    return "{\"id\":7,\"t\":\"%s\",\"d\":{\"conversation\":\"%s\",%s}}"
        .formatted(type, conversation, fields);
  }
}
