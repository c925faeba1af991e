package dev.parley.stack.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Console;
import java.io.PrintStream;
import java.util.Locale;

/// Draws on one line where there is a terminal, else a line every ten seconds.
final class ProgressBar {

  private static final int WIDTH = 30;
  private static final long LINE_EVERY_NANOS = 10_000_000_000L;

  private final PrintStream out;
  private final boolean terminal = isTerminal();
  private long drawnNanos = System.nanoTime() - LINE_EVERY_NANOS;

  ProgressBar(PrintStream out) {
    this.out = out;
  }

  private static boolean isTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  void draw(JsonNode state) {
    if (terminal) {
      out.print("\r" + line(state) + "\u001b[K");
      out.flush();
    } else if (System.nanoTime() - drawnNanos >= LINE_EVERY_NANOS) {
      drawnNanos = System.nanoTime();
      out.println(line(state));
    }
  }

  void finish(JsonNode state) {
    out.println((terminal ? "\r" : "") + line(state) + (terminal ? "\u001b[K" : ""));
    out.println(versions(state));
    String detail = state.path("detail").asText("");
    if (!detail.isEmpty()) {
      out.println(detail);
    }
  }

  static String line(JsonNode state) {
    long done = state.path("done").asLong();
    long total = state.path("total").asLong();
    double part = total <= 0 ? 0 : Math.min(1, (double) done / total);
    int filled = (int) Math.round(part * WIDTH);
    return String.format(
        Locale.ROOT,
        "%-9s [%s%s] %3d %%  %,d of %,d events  %,.0f/s  %s",
        state.path("state").asText(),
        "#".repeat(filled),
        ".".repeat(WIDTH - filled),
        Math.round(part * 100),
        done,
        total,
        state.path("rate").asDouble(),
        left(state.path("eta_s")));
  }

  static String versions(JsonNode state) {
    return "old: " + version(state.path("old")) + "\nnew: " + version(state.path("new"));
  }

  private static String version(JsonNode version) {
    return String.format(
        Locale.ROOT,
        "version %s, %,d messages, digest %s",
        version.path("version").asText("?"),
        version.path("messages").asLong(version.path("count").asLong()),
        version.path("digest").asText("?"));
  }

  private static String left(JsonNode seconds) {
    long left = seconds.asLong(-1);
    return left < 0 ? "" : "%d:%02d left".formatted(left / 60, left % 60);
  }
}
