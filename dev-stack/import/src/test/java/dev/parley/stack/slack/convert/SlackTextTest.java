package dev.parley.stack.slack.convert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.schemas.content.Content;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlackTextTest {

  private static final UUID ADA = new UUID(1, 1);
  private static final Directory PEOPLE =
      new Directory(Map.of("U1", new Directory.Entry(ADA, "ada-2")));

  @Test
  void mentionsBecomeNamesAndAreListedOnce() {
    Content content = one("<@U1> and <@U1|Ada>, not <@U9> nor <@U8|eve>");

    assertThat(content.text()).isEqualTo("@ada-2 and @ada-2, not @U9 nor @eve");
    assertThat(content.mentions()).containsExactly(ADA);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "see <#C1> or <#C1|old> or <#C9|gone>~see #general or #general or #gone",
        "<!here> <!channel> <!subteam^S1|@team> <!date^1^{x}|today>~@here @channel @team today",
        "<https://a.example/?x=1&amp;y=2>~https://a.example/?x=1&y=2",
        "<https://a.example|this page>~[this page](https://a.example)",
        "<mailto:a@b.example|a@b.example>~[a@b.example](mailto:a@b.example)",
        "1 &lt; 2 &amp;&amp; a -&gt; b~1 < 2 && a -> b",
        "List<String> <T> < > <notalink>~List<String> <T> < > <notalink>",
        "&amp;lt;~&lt;",
      })
  void markupBecomesMarkdown(String slack, String markdown) {
    assertThat(one(slack).text()).isEqualTo(markdown);
  }

  @Test
  void aVeryLongTextBecomesSeveralMessagesAndLosesNothing() {
    String line = "x".repeat(70) + "\n";
    String elephants = "🐘".repeat(600);
    String slack = "<@U1>\n" + line.repeat(20) + elephants;

    List<Content> parts = text(1001).convert(slack);

    assertThat(parts).hasSizeGreaterThan(2).allMatch(part -> part.text().length() <= 1001);
    assertThat(String.join("", parts.stream().map(Content::text).toList()))
        .isEqualTo("@ada-2\n" + line.repeat(20) + elephants);
    assertThat(parts.getFirst().mentions()).containsExactly(ADA);
    assertThat(parts).noneMatch(p -> Character.isLowSurrogate(p.text().charAt(0)));
  }

  private static Content one(String slack) {
    return text(20_000).convert(slack).getFirst();
  }

  private static SlackText text(int charsMax) {
    return new SlackText(PEOPLE, id -> "C1".equals(id) ? "general" : null, charsMax);
  }
}
