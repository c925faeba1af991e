package dev.parley.search.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.schemas.id.Ids;
import dev.parley.search.query.CursorSeal.InvalidCursorException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CursorSealTest {

  private static final UUID CALLER = Ids.uuid7();
  private static final long NOW = 1_000;
  private static final Cursor CURSOR =
      new Cursor(
          Ids.uuid7(),
          CALLER,
          "question",
          3,
          "pit",
          900,
          2_000,
          List.of(2.5, 4_294_967_296L, 7),
          Map.of(0, 5L),
          12L);

  private final CursorSeal seal = new CursorSeal("secret");

  @Test
  void aCursorComesBackAsItWas() {
    var opened = seal.open(seal.seal(CURSOR), CALLER, "question", NOW);

    assertThat(opened).isEqualTo(CURSOR);
  }

  @Test
  void anExpiredCursorSaysSo() {
    var text = seal.seal(CURSOR);

    assertThatThrownBy(() -> seal.open(text, CALLER, "question", 2_001))
        .isInstanceOf(InvalidCursorException.class)
        .hasMessageContaining("expired");
  }

  @Test
  void neitherAnotherCallerNorAnotherQuestionNorAnotherDeploymentCanUseIt() {
    var text = seal.seal(CURSOR);

    assertThatThrownBy(() -> seal.open(text, Ids.uuid7(), "question", NOW))
        .isInstanceOf(InvalidCursorException.class);
    assertThatThrownBy(() -> seal.open(text, CALLER, "another", NOW))
        .isInstanceOf(InvalidCursorException.class);
    assertThatThrownBy(() -> new CursorSeal("other").open(text, CALLER, "question", NOW))
        .isInstanceOf(InvalidCursorException.class);
  }

  @Test
  void everyChangedCharacterIsNoticed() {
    var text = seal.seal(CURSOR);
    for (int at = 0; at < text.length() - 1; at++) {
      var forged = new StringBuilder(text);
      forged.setCharAt(at, text.charAt(at) == 'x' ? 'y' : 'x');
      assertThatThrownBy(() -> seal.open(forged.toString(), CALLER, "question", NOW))
          .isInstanceOf(InvalidCursorException.class);
    }
    for (var nonsense : List.of("", "x", "%%%", "A".repeat(10_000))) {
      assertThatThrownBy(() -> seal.open(nonsense, CALLER, "question", NOW))
          .isInstanceOf(InvalidCursorException.class);
    }
  }

  @Test
  void theOldestPageIsClosedWhenThereAreTooMany() {
    var pages = new OpenPages(3, 2);

    assertThat(pages.keep(page("a1", CALLER), NOW)).isEmpty();
    assertThat(pages.keep(page("a2", CALLER), NOW)).isEmpty();
    assertThat(pages.keep(page("a3", CALLER), NOW)).containsExactly("a1");
    assertThat(pages.keep(page("b1", Ids.uuid7()), NOW)).isEmpty();
    assertThat(pages.keep(page("c1", Ids.uuid7()), NOW)).containsExactly("a2");
    assertThat(pages.keep(page("c2", Ids.uuid7()), 5_000)).as("expired ones are gone").isEmpty();
  }

  private static Cursor page(String pointInTime, UUID caller) {
    return new Cursor(
        Ids.uuid7(), caller, "q", 1, pointInTime, 0, 2_000, List.of(), Map.of(), null);
  }
}
