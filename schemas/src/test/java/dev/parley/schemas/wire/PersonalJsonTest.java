package dev.parley.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.schemas.Samples;
import dev.parley.schemas.content.ContentReader;
import dev.parley.schemas.content.KeyLookup;
import dev.parley.schemas.personal.Personal;
import dev.parley.schemas.personal.PersonalEntry;
import dev.parley.schemas.personal.PersonalSamples;
import org.junit.jupiter.api.Test;

class PersonalJsonTest {

  private static final ContentReader NO_KEYS = new ContentReader(_ -> new KeyLookup.Unknown());

  @Test
  void onlyMarksAreSharedAndQuietOnesAreNot() {
    for (var value : PersonalSamples.values()) {
      var isMark = value instanceof Personal.Delivered || value instanceof Personal.Read;
      assertThat(PersonalJson.isShared(PersonalSamples.entry(value))).isEqualTo(isMark);
      assertThat(PersonalJson.isShared(quiet(value))).isFalse();
    }
  }

  @Test
  void aMuteIsToldAsATimeForEverOrNone() {
    assertThat(json(new Personal.Muted(0))).contains("\"muted_until\":null");
    assertThat(json(new Personal.Muted(-1))).contains("\"muted_until\":\"forever\"");
    assertThat(json(new Personal.Muted(1_760_000_000_123L)))
        .contains("\"muted_until\":\"2025-10-09T08:53:20.123Z\"");
  }

  @Test
  void aDraftWhoseKeyHasNotArrivedIsToldApartFromNone() {
    assertThat(json(new Personal.Draft(null))).contains("\"text\":\"\"");
    assertThatThrownBy(() -> json(new Personal.Draft(Samples.SEALED)))
        .isInstanceOf(KeyMissingException.class);
  }

  private static String json(Personal value) {
    return PersonalJson.toJson(PersonalSamples.entry(value), NO_KEYS).toString();
  }

  private static PersonalEntry quiet(Personal value) {
    return new PersonalEntry(Samples.CONVERSATION, Samples.ADA, 1, true, value);
  }
}
