package dev.parley.schemas.personal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.schemas.RandomValues;
import dev.parley.schemas.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PersonalCodecTest {

  static List<Personal> values() {
    return PersonalSamples.values();
  }

  @ParameterizedTest
  @MethodSource("values")
  void everyEntryComesBackAsItWas(Personal value) {
    var entry = entry(value);
    assertThat(PersonalCodec.decode(PersonalCodec.encode(entry))).isEqualTo(entry);
  }

  @Test
  void everyKindIsAmongTheSamples() {
    assertThat(values().stream().<Class<?>>map(Object::getClass).distinct())
        .containsExactlyInAnyOrderElementsOf(RandomValues.kinds(Personal.class).toList());
  }

  /// What compaction must keep apart has keys of its own.
  @Test
  void eachKindAndEachThreadHasAKeyOfItsOwn() {
    assertThat(PersonalCodec.key(entry(new Personal.Read(1))))
        .isEqualTo(PersonalCodec.key(entry(new Personal.Read(2))))
        .isNotEqualTo(PersonalCodec.key(entry(new Personal.Delivered(1))));
    assertThat(PersonalCodec.key(entry(new Personal.ThreadRead(Samples.ROOT, 1))))
        .isNotEqualTo(PersonalCodec.key(entry(new Personal.ThreadRead(Samples.MESSAGE, 1))));
    assertThat(PersonalCodec.key(entry(new Personal.Hidden(Samples.ROOT))))
        .isNotEqualTo(PersonalCodec.key(entry(new Personal.Hidden(Samples.MESSAGE))));
  }

  @Test
  void anEntryOfALaterVersionIsRefused() {
    assertThatThrownBy(() ->
            PersonalCodec.decode(
                dev.parley.schemas.proto.PersonalRecord.newBuilder()
                    .setConversationId(Samples.CONVERSATION.toString())
                    .setUserId(Samples.ADA.toString())
                    .build()
                    .toByteArray()))
        .hasMessageContaining("holds none");
  }

  private static PersonalEntry entry(Personal value) {
    return PersonalSamples.entry(value);
  }
}
