package dev.parley.schemas.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.schemas.Samples;
import dev.parley.schemas.error.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OutcomeCodecTest {

  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  void everyRejectionComesBackAsItWas(ErrorCode code) {
    assertComesBack(new Outcome.Rejected(code, "why"));
    assertComesBack(new Outcome.Rejected(code, "why", 1_500));
  }

  @Test
  void aRepeatComesBackAsItWas() {
    assertComesBack(new Outcome.Repeated(12, 5, 1_760_000_000_000L));
  }

  @Test
  void anUnknownErrorCodeIsRefused() {
    var record =
        dev.parley.schemas.proto.OutcomeRecord.newBuilder()
            .setCommandId(Samples.MESSAGE.toString())
            .setConversationId(Samples.CONVERSATION.toString())
            .setActor(Samples.ADA.toString())
            .setRejected(dev.parley.schemas.proto.Rejected.newBuilder().setCode("tomorrow"))
            .build()
            .toByteArray();
    assertThatThrownBy(() -> OutcomeCodec.decode(record)).hasMessageContaining("tomorrow");
  }

  private static void assertComesBack(Outcome outcome) {
    var envelope = envelope(outcome);
    assertThat(OutcomeCodec.decode(OutcomeCodec.encode(envelope))).isEqualTo(envelope);
  }

  private static OutcomeEnvelope envelope(Outcome outcome) {
    return new OutcomeEnvelope(
        Samples.MESSAGE, Samples.CONVERSATION, Samples.ADA, "edge-1", 3, outcome);
  }
}
