package dev.parley.bench.report;

import java.util.List;
import java.util.Locale;

/// A run as a picture: of every series the span from p50 to p99.9, of every figure with an aim how
/// many times the aim it is, and of every other one its value. All axes are logarithmic.
public final class Plot {

  private static final int WIDTH = 1_400;
  private static final int LEFT = 400;
  private static final int RIGHT = 520;
  private static final int LINE = 18;
  private static final double MILLIS_FROM = 0.1;
  private static final double MILLIS_TO = 10_000;
  private static final double TIMES_FROM = 0.01;
  private static final double TIMES_TO = 100;
  private static final String MET = "#2a7f4f";
  private static final String MISSED = "#c0392b";

  private final StringBuilder body = new StringBuilder();
  private int y = LINE;

  private Plot() {}

  /// The text of an SVG file.
  public static String of(Report report) {
    var plot = new Plot();
    plot.heading(report.at() + ", " + report.machine());
    report.rows().forEach(plot::row);
    return """
    <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="12">
    <rect width="100%%" height="100%%" fill="white"/>
    %s</svg>
    """
        .formatted(WIDTH, plot.y, plot.body);
  }

  private void row(Row row) {
    y += LINE / 2;
    heading(row.name());
    var timed = row.series().stream().filter(series -> series.latency().count() > 0).toList();
    if (!timed.isEmpty()) {
      axis("ms: p50, p99, p99.9", MILLIS_FROM, MILLIS_TO);
      timed.forEach(this::series);
    }
    if (row.figures().stream().anyMatch(figure -> figure.aim() != null)) {
      axis("in times of the aim", TIMES_FROM, TIMES_TO);
    }
    row.figures().forEach(this::figure);
    for (var fault : row.faults()) {
      text(LEFT, y, "FAULT " + fault, "start", MISSED);
      y += LINE;
    }
  }

  private void series(Row.Series series) {
    var latency = series.latency();
    label(series.name());
    double from = x(latency.p50(), MILLIS_FROM, MILLIS_TO);
    double to = x(latency.p999(), MILLIS_FROM, MILLIS_TO);
    line(from, y - 4, to, y - 4, "#34618f", 2);
    for (double value : List.of(latency.p50(), latency.p99(), latency.p999())) {
      double at = x(value, MILLIS_FROM, MILLIS_TO);
      line(at, y - 9, at, y + 1, "#34618f", 2);
    }
    text(to + 6, y, Figure.number(latency.p999()), "start", "#555");
    y += LINE;
  }

  private void figure(Figure figure) {
    var aim = figure.aim();
    label(figure.name());
    var value = figure.toString().strip().replaceAll(" +", " ");
    if (aim == null) {
      text(LEFT, y, value, "start", "#555");
      y += LINE;
      return;
    }
    double aimed = x(1, TIMES_FROM, TIMES_TO);
    // An aim of zero has no multiple.
    double times = aim.value() == 0 ? figure.median() + 1 : figure.median() / aim.value();
    double at = x(times, TIMES_FROM, TIMES_TO);
    var colour = aim.isMetBy(figure.median()) ? MET : MISSED;
    line(aimed, y - 4, at, y - 4, colour, 8);
    line(aimed, y - LINE + 4, aimed, y + 4, "#000", 1);
    text(Math.max(aimed, at) + 6, y, value, "start", "#555");
    y += LINE;
  }

  private void axis(String name, double from, double to) {
    text(LEFT - 8, y, name, "end", "#888");
    for (double mark = from; mark <= to * 1.001; mark *= 10) {
      text(x(mark, from, to), y, Figure.number(mark), "middle", "#888");
    }
    y += LINE;
  }

  private void heading(String text) {
    body.append(
        "<text x=\"8\" y=\"%d\" font-weight=\"bold\">%s</text>%n".formatted(y, escaped(text)));
    y += LINE;
  }

  private void label(String text) {
    text(LEFT - 8, y, text.strip(), "end", "#000");
  }

  private void text(double x, int at, String text, String anchor, String colour) {
    body.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%.0f\" y=\"%d\" text-anchor=\"%s\" fill=\"%s\">%s</text>%n",
            x,
            at,
            anchor,
            colour,
            escaped(text)));
  }

  private void line(double x1, int y1, double x2, int y2, String colour, int width) {
    body.append(
        String.format(
            Locale.ROOT,
            "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"%s\" stroke-width=\"%d\"/>%n",
            x1,
            y1,
            x2,
            y2,
            colour,
            width));
  }

  /// Where a value is on its axis; values beyond it stand at its end.
  private static double x(double value, double from, double to) {
    double within = Math.clamp(value, from, to);
    return LEFT + (WIDTH - LEFT - RIGHT) * Math.log(within / from) / Math.log(to / from);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
