package dev.parley.search.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HighlightsTest {

  private final Highlights highlights = new Highlights(40, 2);

  @Test
  void everythingButTheMarkupIsEscaped() {
    var text = FoldedText.of("<b onclick='x'>A & \"B\"</b>");

    assertThat(highlights.fragments(text, List.of(new TextRange(15, 16))))
        .containsExactly("&lt;b onclick=&#39;x&#39;&gt;<em>A</em> &amp; &quot;B&quot;&lt;/b&gt;");
  }

  @Test
  void aLongTextIsCutAroundWhatWasFoundAtWords() {
    var text = FoldedText.of("alpha beta gamma ".repeat(20) + "needle " + "delta ".repeat(20));
    int at = text.words().indexOf("needle");

    var fragments = highlights.fragments(text, List.of(new TextRange(at, at + 6)));

    assertThat(fragments).hasSize(1);
    assertThat(fragments.getFirst())
        .startsWith("…")
        .endsWith("…")
        .contains("gamma <em>needle</em> delta")
        .hasSizeLessThan(60);
  }

  @Test
  void overlappingMarksOfSeveralFieldsBecomeOne() {
    var text = FoldedText.of("deployment done");

    assertThat(
            highlights.fragments(
                text, List.of(new TextRange(0, 10), new TextRange(0, 4), new TextRange(11, 15))))
        .containsExactly("<em>deployment</em> <em>done</em>");
  }

  @Test
  void moreFragmentsThanAllowedAreLeftOut() {
    var text = FoldedText.of(("x".repeat(30) + " ").repeat(10));

    assertThat(
            highlights.fragments(
                text,
                List.of(new TextRange(0, 5), new TextRange(124, 130), new TextRange(248, 250))))
        .hasSize(2);
  }

  @Test
  void marksAreReadAsRangesOfTheTextWithoutThem() {
    assertThat(Highlights.unmark("a [[b]] c [[dd]]", "[[", "]]"))
        .containsExactly(new TextRange(2, 3), new TextRange(6, 8));
  }

  @Test
  void anAstralLetterIsNeverCutInHalf() {
    var text = FoldedText.of("🎉".repeat(100));

    var fragments = highlights.fragments(text, List.of(new TextRange(100, 102)));

    assertThat(fragments.getFirst().codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF))
        .isTrue();
  }
}
