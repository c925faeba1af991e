package dev.parley.stack.slack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @Test
  void aTerminalGetsABarWithRateAndTimeLeft() {
    Progress progress = progress(true);

    progress.show("messages", 0, 10_000, 1_000);
    progress.show("messages", 2_500, 10_000, 2_000);

    assertThat(text())
        .isEqualTo(
            "\r  messages [#######.......................]  25 %  2,500 of 10,000  2,500/s  3 s left");
  }

  @Test
  void elsewhereALineComesEveryFewSeconds() {
    Progress progress = progress(false);

    for (long millis = 0; millis <= 11_000; millis += 100) {
      progress.show("messages", millis, 100_000, millis);
    }

    assertThat(text().lines().toList())
        .containsExactly(
            "  messages   5 %  5,000 of 100,000  1,000/s  1 min 35 s left",
            "  messages  10 %  10,000 of 100,000  1,000/s  1 min 30 s left");
  }

  private Progress progress(boolean terminal) {
    return new Progress(new PrintStream(bytes, true, StandardCharsets.UTF_8), terminal);
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
