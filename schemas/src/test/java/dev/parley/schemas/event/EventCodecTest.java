package dev.parley.schemas.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.schemas.Samples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventCodecTest {

  static Set<String> names() {
    return Samples.events().keySet();
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyEventComesBackAsItWas(String name) {
    var event = sample(name);
    var chained = EventCodec.chain(event);
    var read = EventCodec.decode(chained.record());
    assertThat(read.event()).isEqualTo(event);
    assertThat(read.hash()).isEqualTo(chained.hash());
  }

  @Test
  void everyKindOfEventIsAmongTheSamples() {
    assertThat(
            Samples.events().values().stream().<Class<?>>map(e -> e.data().getClass()).distinct())
        .containsExactlyInAnyOrder(EventData.class.getPermittedSubclasses());
  }

  /// Written by the first version, never to be written again: what is in the log stays readable for
  /// ever.
  @ParameterizedTest
  @MethodSource("names")
  void goldenRecordsOfVersionOneStillDecode(String name) throws IOException {
    var golden = golden("event-v1-" + name);
    assertThat(EventCodec.decode(golden).event()).isEqualTo(sample(name));
    assertThat(EventCodec.verify(golden)).isTrue();
  }

  /// A rebuilt decider must write the same bytes, or the chain of hashes differs between two
  /// replays.
  @ParameterizedTest
  @MethodSource("names")
  void theSameEventGivesTheGoldenBytes(String name) throws IOException {
    assertThat(EventCodec.chain(sample(name)).record()).isEqualTo(golden("event-v1-" + name));
  }

  @Test
  void anyChangedByteBreaksTheHash() {
    var record = EventCodec.chain(sample("message-sent-sealed")).record();
    int changed = 0;
    for (int at = 0; at < record.length; at++) {
      var tampered = record.clone();
      tampered[at] ^= 0x01;
      changed += isIntact(tampered) ? 0 : 1;
    }
    assertThat(changed).isEqualTo(record.length);
  }

  @Test
  void anEventOfALaterVersionIsRefusedRatherThanSkipped() {
    var unknown =
        dev.parley.schemas.proto.EventRecord.newBuilder()
            .setEvent(
                dev.parley.schemas.proto.Event.newBuilder()
                    .setConversationId(Samples.CONVERSATION.toString())
                    .setActor(Samples.ADA.toString())
                    .setCommandId(Samples.MESSAGE.toString())
                    .setSeq(12)
                    .build()
                    .toByteString())
            .build()
            .toByteArray();
    assertThatThrownBy(() -> EventCodec.decode(unknown)).hasMessageContaining("seq 12");
  }

  @Test
  void headersMakeTheRecordACloudEvent() {
    assertThat(CloudEventHeaders.of(sample("message-sent-sealed")))
        .containsEntry("ce_specversion", "1.0")
        .containsEntry("ce_id", Samples.CONVERSATION + ":7")
        .containsEntry("ce_source", "/parley/e1")
        .containsEntry("ce_type", "dev.parley.message.sent.v1")
        .containsEntry("ce_subject", Samples.CONVERSATION.toString())
        .containsEntry("ce_time", "2025-10-09T08:53:20.123Z")
        .containsEntry("ce_sequence", "7")
        .containsEntry("traceparent", "00-trace-01");
  }

  private static boolean isIntact(byte[] record) {
    try {
      return EventCodec.verify(record);
    } catch (IllegalArgumentException unreadable) {
      return false;
    }
  }

  private static Event sample(String name) {
    return Objects.requireNonNull(Samples.event(name));
  }

  private static byte[] golden(String name) throws IOException {
    try (var in = EventCodecTest.class.getResourceAsStream("/golden/" + name + ".hex")) {
      return HexFormat.of()
          .parseHex(
              new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.US_ASCII)
                  .strip());
    }
  }
}
