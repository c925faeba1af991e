package dev.parley.bench.path;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.client.Frame;
import dev.parley.client.Frames;
import dev.parley.client.Reply;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.Role;
import dev.parley.schemas.id.Ids;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Two want what excludes each other, at the same time, through two edges: one order, one outcome,
/// equal for every client and for REST.
@Timeout(120)
class ContradictionsIT {

  @RegisterExtension static final Town TOWN = new Town();

  private static final int ROUNDS = 3;
  private static final Random RANDOM = seeded();

  private static Person ada;
  private static Person grace;
  private static Person graceElsewhere;
  private static Person witness;

  @BeforeAll
  static void threePeople() throws Exception {
    ada = TOWN.person("ada", 0);
    grace = TOWN.person("grace", 1);
    graceElsewhere = TOWN.device(grace, 0);
    witness = TOWN.person("walt", 1);
  }

  private static Random seeded() {
    long seed = new Random().nextLong();
    System.out.println("ContradictionsIT seed " + seed);
    return new Random(seed);
  }

  @RepeatedTest(ROUNDS)
  void whoLeavesWhileSendingHasSentNothingAfterLeaving() throws Exception {
    var group = ada.create(ConversationKind.GROUP, "Leave while sending", grace, witness);
    var frames = new ArrayList<Frame>();
    for (int i = 0; i < 12; i++) {
      frames.add(Frames.send(group, Ids.uuid7(), "message " + i));
    }
    int leaveAt = 2 + RANDOM.nextInt(8);

    var sends = new ArrayList<CompletableFuture<Reply>>();
    CompletableFuture<Reply> leave = new CompletableFuture<>();
    for (int i = 0; i < frames.size(); i++) {
      if (i == leaveAt) {
        leave = graceElsewhere.chat().submit(Frames.leave(group));
      }
      sends.add(grace.chat().submit(frames.get(i)));
    }

    long left = answer(leave).expectDone().seq();
    for (var send : sends) {
      switch (answer(send)) {
        case Reply.Done done -> assertThat(done.seq()).isLessThan(left);
        case Reply.Refused refused -> assertThat(refused.code()).isEqualTo("not_found");
      }
    }
    var last = ada.send(group, "after all that");
    TOWN.allAgree(group, 4, last.seq(), ada, witness);
    assertThat(grace.events(group).toString()).doesNotContain("after all that");
  }

  @RepeatedTest(ROUNDS)
  void whoIsRemovedWhileEditingHasEditedNothingAfterwards() throws Exception {
    var group = ada.create(ConversationKind.GROUP, "Remove while editing", grace, witness);
    var message = Ids.uuid7();
    grace.send(group, message, "version 0");
    int removeAt = RANDOM.nextInt(10);

    var edits = new ArrayList<CompletableFuture<Reply>>();
    CompletableFuture<Reply> removal = new CompletableFuture<>();
    for (int i = 0; i < 10; i++) {
      if (i == removeAt) {
        removal = ada.chat().submit(Frames.remove(group, grace.user()));
      }
      edits.add(grace.chat().submit(Frames.edit(group, message, "version " + (i + 1))));
    }

    long removed = answer(removal).expectDone().seq();
    long accepted = 0;
    for (var edit : edits) {
      switch (answer(edit)) {
        case Reply.Done done -> {
          accepted++;
          assertThat(done.seq()).isLessThan(removed);
        }
        case Reply.Refused refused -> assertThat(refused.code()).isEqualTo("not_found");
      }
    }
    var last = ada.send(group, "after all that");
    TOWN.allAgree(group, 4, last.seq(), ada, witness);
    long revisions = accepted;
    TOWN.message(ada, group, message, m -> m.path("revision").asLong() == revisions);
  }

  @RepeatedTest(ROUNDS)
  void twoWhoCreateTheSameDirectConversationGetOne() throws Exception {
    var one = TOWN.person("one", 0);
    var other = TOWN.person("other", 1);

    var hers = one.chat().submit(Frames.direct(other.user()));
    var theirs = other.chat().submit(Frames.direct(one.user()));

    var conversation = Person.conversation(answer(hers).expectDone());
    assertThat(Person.conversation(answer(theirs).expectDone())).isEqualTo(conversation);
    assertThat(
            List.of(answer(hers).expectDone().duplicate(), answer(theirs).expectDone().duplicate()))
        .containsExactlyInAnyOrder(true, false);
    var last = one.send(conversation, "we are one");
    other.awaitEvent(conversation, last.seq());
    var events =
        TOWN.awaitRead(
            one,
            "/api/conversations/" + conversation + "/events?after=0&limit=100",
            page -> page.path("head").asLong() >= last.seq());
    assertThat(events.findValuesAsText("type"))
        .containsOnlyOnce("conversation.created")
        .filteredOn(type -> type.equals("member.joined"))
        .hasSize(2);
    TOWN.allAgree(conversation, last.seq(), last.seq(), one, other);
  }

  @RepeatedTest(ROUNDS)
  void ofTwoOwnersWhoDemoteEachOtherOneRemains() throws Exception {
    var group = ada.create(ConversationKind.GROUP, "Two owners", grace, witness);
    ada.done(Frames.role(group, grace.user(), Role.OWNER));

    var byAda = ada.chat().submit(Frames.role(group, grace.user(), Role.MEMBER));
    var byGrace = grace.chat().submit(Frames.role(group, ada.user(), Role.MEMBER));

    var outcomes = List.of(code(answer(byAda)), code(answer(byGrace)));
    assertThat(outcomes).containsExactlyInAnyOrder("done", "forbidden");
    var winner = outcomes.getFirst().equals("done") ? ada : grace;
    var last = winner.send(group, "I am the owner");
    TOWN.allAgree(group, 5, last.seq(), ada, grace, witness);
    var members =
        TOWN.awaitRead(
            witness,
            "/api/conversations/" + group + "/members?at_least=" + group + ":" + last.seq(),
            page -> page.path("members").size() == 3);
    var owners = new ArrayList<UUID>();
    for (var member : members.path("members")) {
      if (member.path("role").asText().equals("owner")) {
        owners.add(Ids.required(member.path("user").asText()));
      }
    }
    assertThat(owners).containsExactly(winner.user());
  }

  @RepeatedTest(ROUNDS)
  void theSameMessageThroughTwoEdgesAtOnceIsOne() throws Exception {
    var group = grace.create(ConversationKind.GROUP, "Twice at once", witness);
    var message = Ids.uuid7();

    var one = grace.chat().send(group, message, "once");
    var other = graceElsewhere.chat().send(group, message, "once");

    long seq = answer(one).expectDone().seq();
    assertThat(answer(other).expectDone().seq()).isEqualTo(seq);
    // Neither was decided before the other was asked, so both may be told that it is the first.
    assertThat(
            List.of(answer(one).expectDone().duplicate(), answer(other).expectDone().duplicate()))
        .contains(false);
    var last = grace.send(group, "after it");
    assertThat(last.seq()).isEqualTo(seq + 1);
    TOWN.allAgree(group, seq, last.seq(), grace, graceElsewhere, witness);
  }

  private static String code(Reply reply) {
    return switch (reply) {
      case Reply.Done _ -> "done";
      case Reply.Refused refused -> refused.code();
    };
  }

  private static Reply answer(CompletableFuture<Reply> reply) throws Exception {
    return reply.get(60, TimeUnit.SECONDS);
  }
}
