package dev.parley.stack.slack;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// Tells how far something is: a bar that is drawn again on a terminal, a line every few seconds
/// elsewhere.
final class Progress {

  private static final int BAR_WIDTH = 30;
  private static final long TERMINAL_EVERY_MILLIS = 200;
  private static final long LINE_EVERY_MILLIS = 5_000;
  private static final long RATE_OVER_MILLIS = 10_000;

  private final PrintStream out;
  private final boolean terminal;
  private final Deque<Sample> samples = new ArrayDeque<>();
  private String label = "";
  private long shownMillis;
  private int shownLength;

  Progress(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  private record Sample(long millis, long done) {}

  /// A line that stays.
  void say(String line) {
    clear();
    out.println(line);
    out.flush();
  }

  /// @param done of `total`, both of what `what` names
  void show(String what, long done, long total) {
    show(what, done, total, TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
  }

  void show(String what, long done, long total, long nowMillis) {
    if (!what.equals(label)) {
      label = what;
      samples.clear();
      shownMillis = nowMillis;
      samples.add(new Sample(nowMillis, done));
      return;
    }
    if (nowMillis - shownMillis < (terminal ? TERMINAL_EVERY_MILLIS : LINE_EVERY_MILLIS)) {
      return;
    }
    shownMillis = nowMillis;
    samples.add(new Sample(nowMillis, done));
    while (samples.size() > 2 && nowMillis - samples.getFirst().millis() > RATE_OVER_MILLIS) {
      samples.removeFirst();
    }
    draw(line(done, total));
  }

  private String line(long done, long total) {
    Sample first = samples.getFirst();
    Sample last = samples.getLast();
    double seconds = Math.max(0.001, (last.millis() - first.millis()) / 1000.0);
    double rate = (last.done() - first.done()) / seconds;
    String left = rate > 0 ? time(Math.round((total - done) / rate)) + " left" : "waiting";
    double share = total == 0 ? 1 : Math.min(1, (double) done / total);
    String bar = terminal ? bar(share) + " " : "";
    return String.format(
        Locale.ROOT,
        "  %s %s%3.0f %%  %,d of %,d  %,.0f/s  %s",
        label,
        bar,
        Math.floor(share * 100),
        done,
        total,
        rate,
        left);
  }

  private static String bar(double share) {
    int full = (int) (share * BAR_WIDTH);
    return "[" + "#".repeat(full) + ".".repeat(BAR_WIDTH - full) + "]";
  }

  static String time(long seconds) {
    Duration duration = Duration.ofSeconds(seconds);
    return seconds < 60
        ? seconds + " s"
        : seconds < 3600
            ? duration.toMinutes() + " min " + duration.toSecondsPart() + " s"
            : duration.toHours() + " h " + duration.toMinutesPart() + " min";
  }

  private void draw(String line) {
    if (terminal) {
      out.print("\r" + line + " ".repeat(Math.max(0, shownLength - line.length())));
      shownLength = line.length();
    } else {
      out.println(line);
    }
    out.flush();
  }

  private void clear() {
    if (terminal && shownLength > 0) {
      out.print("\r" + " ".repeat(shownLength) + "\r");
      shownLength = 0;
    }
  }
}
