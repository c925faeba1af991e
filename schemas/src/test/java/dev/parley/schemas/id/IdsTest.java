package dev.parley.schemas.id;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.schemas.Samples;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {

  @Test
  void aNewIdIsAVersionSevenWithTheClockInFront() {
    long before = System.currentTimeMillis();
    var id = Ids.uuid7();
    long after = System.currentTimeMillis();
    assertThat(Ids.isVersion7(id)).isTrue();
    assertThat(id.getMostSignificantBits() >>> 16).isBetween(before, after);
    assertThat(Ids.uuid7()).isNotEqualTo(id);
  }

  @Test
  void bothSidesDeriveTheSameDirectConversation() {
    assertThat(Ids.directConversation(Samples.ADA, Samples.BOB))
        .isEqualTo(Ids.directConversation(Samples.BOB, Samples.ADA))
        .isNotEqualTo(Ids.directConversation(Samples.ADA, Samples.ROOT));
  }

  @Test
  void anImportedIdIsTheSameEachTimeAndSortsByItsTime() {
    var id = Ids.imported("slack/T1/message", "C1/1.2", 1_600_000_000_000L);
    assertThat(id).isEqualTo(Ids.imported("slack/T1/message", "C1/1.2", 1_600_000_000_000L));
    assertThat(id).isNotEqualTo(Ids.imported("slack/T1/message", "C1/1.3", 1_600_000_000_000L));
    assertThat(Ids.isVersion7(id)).isTrue();
    assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(1_600_000_000_000L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "1-1-1-1-1",
        "01920000-0000-7000-8000-00000000000A",
        "{01920000-0000-7000-8000-00000000000a}",
        "01920000-0000-7000-8000-00000000000a ",
        "0192000000007000800000000000000a00000"
      })
  void onlyTheCanonicalFormIsAnId(String text) {
    assertThat(Ids.parse(text)).isNull();
  }

  @Test
  void theCanonicalFormIsRead() {
    var id = UUID.randomUUID();
    assertThat(Ids.parse(id.toString())).isEqualTo(id);
  }
}
