package dev.parley.search.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class FoldedTextTest {

  @Test
  void namesComeApartAndKeepTheirPlace() {
    var text = FoldedText.of("see Nat.succ_le");

    assertThat(text.words()).isEqualTo("see Nat succ le");
    assertThat(shown(text, 8, 12)).isEqualTo("succ");
  }

  @Test
  void accentsThatStandApartAreComposed() {
    assertThat(FoldedText.of("Cafe\u0301").words()).isEqualTo("Café");
    assertThat(FoldedText.of("x\u0301y").words()).as("no composed letter").isEqualTo("xy");
  }

  @Test
  void vowelPointsAreDroppedAndShownWithTheirLetter() {
    var text = FoldedText.of("مَرْحَبًا");

    assertThat(text.words()).isEqualTo("مرحبا");
    assertThat(shown(text, 0, 5)).isEqualTo(text.shown());
    assertThat(shown(text, 0, 1)).isEqualTo("مَ");
  }

  @Test
  void scriptsWithoutSpacesComeApartBetweenTheirSigns() {
    var text = FoldedText.of("ข้าวผัด");

    assertThat(text.words()).isEqualTo("ข้ า ว ผั ด");
    assertThat(shown(text, 0, text.words().length())).isEqualTo("ข้าวผัด");
  }

  @Test
  void everyPartOfAnyTextComesFromAPartOfWhatIsShown() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    var random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      var text = FoldedText.of(anything(random));
      int length = text.words().length();
      for (int start = 0; start < length; start++) {
        int end = start + 1 + random.nextInt(length - start);
        var range = text.shown(new TextRange(start, end));
        assertThat(range.end()).isLessThanOrEqualTo(text.shown().length());
      }
    }
  }

  private static String anything(Random random) {
    var text = new StringBuilder();
    int length = random.nextInt(40);
    for (int i = 0; i < length; i++) {
      int letter = random.nextInt(4) == 0 ? random.nextInt(0x110000) : random.nextInt(0x1800);
      text.appendCodePoint(letter);
    }
    return text.toString();
  }

  private static String shown(FoldedText text, int start, int end) {
    var range = text.shown(new TextRange(start, end));
    return text.shown().substring(range.start(), range.end());
  }
}
