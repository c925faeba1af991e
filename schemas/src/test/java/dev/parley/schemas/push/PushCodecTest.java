package dev.parley.schemas.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.schemas.Samples;
import dev.parley.schemas.outcome.Outcome;
import dev.parley.schemas.outcome.OutcomeCodec;
import dev.parley.schemas.outcome.OutcomeEnvelope;
import dev.parley.schemas.personal.Personal;
import dev.parley.schemas.personal.PersonalCodec;
import dev.parley.schemas.personal.PersonalEntry;
import org.junit.jupiter.api.Test;

class PushCodecTest {

  @Test
  void anEventComesBackAsItsRecord() {
    var push = PushCodec.decode(PushCodec.event(new byte[] {1, 2}));
    assertThat(push)
        .isInstanceOfSatisfying(
            Push.EventPush.class, event -> assertThat(event.record()).containsExactly(1, 2));
  }

  @Test
  void everyOtherPushComesBackAsItWas() {
    var outcome =
        new OutcomeEnvelope(
            Samples.MESSAGE,
            Samples.CONVERSATION,
            Samples.ADA,
            "edge-1",
            3,
            new Outcome.Repeated(12, 5, 1));
    assertThat(PushCodec.decode(PushCodec.outcome(OutcomeCodec.encode(outcome))))
        .isEqualTo(new Push.OutcomePush(outcome));
    var entry =
        new PersonalEntry(Samples.CONVERSATION, Samples.ADA, 7, true, new Personal.Read(12));
    assertThat(PushCodec.decode(PushCodec.personal(PersonalCodec.encode(entry))))
        .isEqualTo(new Push.PersonalPush(entry));
    var typing = new Push.TypingPush(Samples.CONVERSATION, Samples.ADA, null);
    assertThat(PushCodec.decode(PushCodec.typing(typing))).isEqualTo(typing);
    var inThread = new Push.TypingPush(Samples.CONVERSATION, Samples.ADA, Samples.ROOT);
    assertThat(PushCodec.decode(PushCodec.typing(inThread))).isEqualTo(inThread);
    var presence = new Push.PresencePush(Samples.ADA, true, 12);
    assertThat(PushCodec.decode(PushCodec.presence(presence))).isEqualTo(presence);
    var profile = new Push.ProfilePush(Samples.ADA, 3, "ada", "Ada");
    assertThat(PushCodec.decode(PushCodec.profile(profile))).isEqualTo(profile);
  }

  @Test
  void aPushOfALaterVersionIsRefused() {
    assertThatThrownBy(() -> PushCodec.decode(new byte[0])).hasMessageContaining("holds none");
  }
}
