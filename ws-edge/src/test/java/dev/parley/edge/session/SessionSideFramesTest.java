package dev.parley.edge.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.parley.schemas.id.Ids;
import dev.parley.schemas.personal.Personal;
import dev.parley.schemas.personal.PersonalEntry;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Marks, typing, presence and what guests may.
class SessionSideFramesTest extends OneSession {

  @Test
  void ofManyMarksTheHighestIsStoredAndAllAreAnswered() {
    var group = log.group(ada, Ids.uuid7());
    resumed();
    for (var seq : List.of(1, 3, 2)) {
      say(personal(seq, "read", group, "\"seq\":" + seq));
    }
    assertThat(kept).isEmpty();
    loop.advance(400);

    assertThat(kept)
        .extracting(PersonalEntry::conversation, PersonalEntry::user, PersonalEntry::value)
        .containsExactly(tuple(group, ada, new Personal.Read(3)));
    assertThat(answers()).contains(1L, 2L, 3L);
  }

  @Test
  void aMarkGoesNoFurtherThanTheConversation() {
    var group = log.group(ada, Ids.uuid7());
    resumed();
    say(personal(1, "read", group, "\"seq\":9000000000"));
    loop.advance(400);
    assertThat(kept).extracting(PersonalEntry::value).containsExactly(new Personal.Read(3));
  }

  @Test
  void marksThatWaitGoOutWhenTheSocketCloses() {
    var group = log.group(ada, Ids.uuid7());
    resumed();
    say(personal(1, "delivered", group, "\"seq\":2"));
    loop.settle();
    session.closed();
    assertThat(kept).extracting(PersonalEntry::value).containsExactly(new Personal.Delivered(2));
  }

  @Test
  void whoIsNoMemberKeepsAndTypesNothing() {
    var group = log.group(Ids.uuid7());
    resumed();
    say(personal(1, "read", group, "\"seq\":1"));
    say(personal(2, "settings", group, "\"pinned\":true"));
    say(personal(3, "typing", group, "\"x\":1"));
    loop.advance(400);
    assertThat(link.errors()).containsExactly("not_found", "not_found", "not_found");
    assertThat(kept).isEmpty();
    assertThat(typed).isEmpty();
  }

  @Test
  void typingIsToldNowAndThenAndNoMore() {
    var group = log.group(ada, Ids.uuid7());
    resumed();
    say(personal(1, "typing", group, "\"x\":1"));
    say(personal(2, "typing", group, "\"x\":1"));
    loop.advance(400);
    assertThat(typed).hasSize(1);
    assertThat(answers()).contains(1L, 2L);
    loop.advance(2_000);
    say(personal(3, "typing", group, "\"x\":1"));
    loop.advance(400);
    assertThat(typed).hasSize(2);
  }

  @Test
  void whatIsTypedAfterAMessageIsToldAtOnce() {
    giveKey();
    var group = log.group(ada, Ids.uuid7());
    resumed();
    say(personal(1, "typing", group, "\"x\":1"));
    loop.advance(400);
    say(
        "{\"id\":2,\"t\":\"send\",\"d\":{\"conversation\":\"%s\",\"message_id\":\"%s\",\"text\":\"x\"}}"
            .formatted(group, Ids.uuid7()));
    say(personal(3, "typing", group, "\"x\":1"));
    loop.advance(400);
    assertThat(typed).hasSize(2);
  }

  @Test
  void aGuestReadsAndNothingElse() {
    open(null);
    auth("guest");
    say("{\"id\":1,\"t\":\"resume\",\"d\":{}}");
    loop.advance(100);
    assertThat(link.all("ready").getFirst().path("d").path("guest").asBoolean()).isTrue();
    giveKey();
    say(send(Ids.uuid7()));
    say(personal(2, "read", Ids.uuid7(), "\"seq\":1"));
    say(personal(3, "typing", Ids.uuid7(), "\"x\":1"));
    assertThat(link.errors())
        .containsExactly("sign_in_required", "sign_in_required", "sign_in_required");
    var channel = log.group(Ids.uuid7());
    readable = true;
    say(personal(4, "watch", channel, "\"x\":1"));
    loop.advance(100);
    assertThat(answers()).contains(4L);
    assertThat(log.isSubscribed(channel)).isTrue();
  }

  @Test
  void whatMayNotBeReadCannotBeWatched() {
    resumed();
    say(personal(4, "watch", Ids.uuid7(), "\"x\":1"));
    loop.advance(100);
    assertThat(link.errors()).containsExactly("not_found");
  }

  @Test
  void presenceAnswersMembersAndGuestsAsTheyMay() {
    var group = log.group(ada);
    resumed();
    say(
        "{\"id\":1,\"t\":\"presence.sub\",\"d\":{\"users\":[\"%s\"],\"conversations\":[\"%s\"]}}"
            .formatted(Ids.uuid7(), group));
    loop.advance(400);
    assertThat(answers()).contains(1L);
    assertThat(link.frames.stream().map(frame -> frame.path("t").asText()))
        .contains("presence", "counts");
    say("{\"id\":2,\"t\":\"presence.sub\",\"d\":{\"users\":\"x\"}}");
    say(
        "{\"id\":3,\"t\":\"presence.sub\",\"d\":{\"conversations\":[\"%s\",\"%s\"]}}"
            .formatted(group, Ids.uuid7()));
    say("{\"id\":4,\"t\":\"presence.unsub\",\"d\":{\"conversations\":[\"%s\"]}}".formatted(group));
    say(
        "{\"id\":5,\"t\":\"presence.sub\",\"d\":{\"conversations\":[\"%s\"]}}"
            .formatted(Ids.uuid7()));
    loop.advance(400);
    assertThat(link.errors()).containsExactly("invalid", "too_large", "not_found");
  }

  @Test
  void aGuestDoesNotFollowPeople() {
    open(null);
    auth("guest");
    say("{\"id\":1,\"t\":\"presence.sub\",\"d\":{\"users\":[\"%s\"]}}".formatted(Ids.uuid7()));
    assertThat(link.errors()).containsExactly("sign_in_required");
  }
}
