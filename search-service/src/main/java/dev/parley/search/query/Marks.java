package dev.parley.search.query;

import co.elastic.clients.elasticsearch.core.search.Highlight;
import co.elastic.clients.elasticsearch.core.search.HighlightField;
import co.elastic.clients.elasticsearch.core.search.HighlighterType;
import co.elastic.clients.util.NamedValue;
import dev.parley.search.message.MessageDocument;
import dev.parley.search.text.FoldedText;
import dev.parley.search.text.Highlights;
import dev.parley.search.text.TextRange;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// Has the engine mark what it found, and turns its marks into highlights. The marks are random, so
/// that no message can contain them.
record Marks(String open, String close) {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final List<String> FIELDS = List.of("words", "words.beginnings", "cjk");
  private static final int MARK_BYTES = 8;

  static Marks random() {
    var bytes = new byte[MARK_BYTES];
    RANDOM.nextBytes(bytes);
    var name = HexFormat.of().formatHex(bytes);
    return new Marks("\uE000" + name + "\uE001", "\uE002" + name + "\uE001");
  }

  /// Whole fields with marks: the fragments are cut here, from the text as it was written.
  Highlight request() {
    return Highlight.of(h -> {
      h.type(HighlighterType.Unified).numberOfFragments(0).preTags(open).postTags(close);
      FIELDS.forEach(field -> h.fields(NamedValue.of(field, HighlightField.of(f -> f))));
      return h;
    });
  }

  private static FoldedText searched(MessageDocument message) {
    return FoldedText.of(MessageDocument.searched(message.text(), message.attachments()));
  }

  List<String> highlights(
      MessageDocument message, Map<String, List<String>> marked, Highlights cut) {
    var ranges = new ArrayList<TextRange>();
    marked
        .values()
        .forEach(
            fragments -> fragments.forEach(f -> ranges.addAll(Highlights.unmark(f, open, close))));
    return ranges.isEmpty() ? List.of() : cut.fragments(searched(message), ranges);
  }
}
