package dev.parley.search.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Cuts the fragments of a text that hold what was found. They are HTML: everything of the text is
/// escaped, only the `<em>` around what was found is markup.
///
/// @param charsMax of a fragment, as shown; a found word longer than that is not cut
/// @param fragmentsMax further ones are left out
public record Highlights(int charsMax, int fragmentsMax) {

  private static final String ELLIPSIS = "…";

  /// Ranges that the engine marked in the words of `text`, by field.
  public List<String> fragments(FoldedText text, List<TextRange> inWords) {
    var shown = inWords.stream().filter(r -> r.end() > r.start()).map(text::shown).toList();
    return cut(text.shown(), merged(shown));
  }

  /// Where `open` and `close` stand in a marked text, as ranges of the text without them.
  public static List<TextRange> unmark(String marked, String open, String close) {
    var ranges = new ArrayList<TextRange>();
    int markup = 0;
    for (int at = marked.indexOf(open); at >= 0; at = marked.indexOf(open, at)) {
      int start = at - markup;
      markup += open.length();
      int end = marked.indexOf(close, at);
      if (end < 0) {
        throw new IllegalArgumentException("Expected a mark to be closed, but it is not");
      }
      ranges.add(new TextRange(start, end - markup));
      markup += close.length();
      at = end + close.length();
    }
    return ranges;
  }

  private static List<TextRange> merged(List<TextRange> ranges) {
    var sorted = ranges.stream().sorted(Comparator.comparingInt(TextRange::start)).toList();
    var merged = new ArrayList<TextRange>();
    for (var range : sorted) {
      var last = merged.isEmpty() ? null : merged.getLast();
      if (last != null && range.start() <= last.end()) {
        merged.set(
            merged.size() - 1, new TextRange(last.start(), Math.max(last.end(), range.end())));
      } else {
        merged.add(range);
      }
    }
    return merged;
  }

  private List<String> cut(String text, List<TextRange> found) {
    var fragments = new ArrayList<String>();
    for (int i = 0; i < found.size() && fragments.size() < fragmentsMax; ) {
      var window = window(text, found.get(i));
      int first = i;
      while (i < found.size() && found.get(i).end() <= window.end()) {
        i++;
      }
      fragments.add(rendered(text, window, found.subList(first, i)));
    }
    return fragments;
  }

  /// The part of the text around `found`: a quarter of the room before it, the rest after.
  private TextRange window(String text, TextRange found) {
    if (text.length() <= charsMax) {
      return new TextRange(0, text.length());
    }
    int room = Math.max(0, charsMax - (found.end() - found.start()));
    int start = wordStart(text, Math.max(0, found.start() - room / 4), found.start());
    int end = Math.max(found.end(), Math.min(text.length(), start + charsMax));
    return new TextRange(start, wordEnd(text, end, found.end()));
  }

  private static int wordStart(String text, int from, int latest) {
    if (from == 0) {
      return 0;
    }
    for (int at = from; at < latest; at++) {
      if (Character.isWhitespace(text.charAt(at))) {
        return at + 1;
      }
    }
    return Character.isLowSurrogate(text.charAt(from)) ? from - 1 : from;
  }

  private static int wordEnd(String text, int to, int earliest) {
    if (to == text.length()) {
      return to;
    }
    for (int at = to; at > earliest; at--) {
      if (Character.isWhitespace(text.charAt(at))) {
        return at;
      }
    }
    return Character.isLowSurrogate(text.charAt(to)) ? to + 1 : to;
  }

  private static String rendered(String text, TextRange window, List<TextRange> found) {
    var html = new StringBuilder();
    if (window.start() > 0) {
      html.append(ELLIPSIS);
    }
    int at = window.start();
    for (var range : found) {
      escape(text, at, range.start(), html);
      html.append("<em>");
      escape(text, range.start(), range.end(), html);
      html.append("</em>");
      at = range.end();
    }
    escape(text, at, window.end(), html);
    if (window.end() < text.length()) {
      html.append(ELLIPSIS);
    }
    return html.toString();
  }

  private static void escape(String text, int start, int end, StringBuilder html) {
    for (int at = start; at < end; at++) {
      char unit = text.charAt(at);
      switch (unit) {
        case '&' -> html.append("&amp;");
        case '<' -> html.append("&lt;");
        case '>' -> html.append("&gt;");
        case '"' -> html.append("&quot;");
        case '\'' -> html.append("&#39;");
        default -> html.append(unit);
      }
    }
  }
}
