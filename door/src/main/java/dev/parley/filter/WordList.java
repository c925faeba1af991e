package dev.parley.filter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Words that a deployment does not want, found whole. A look costs one step for each word of the
/// text and each length of what is on the list, however long the list is.
final class WordList {

  static final int WORDS_MAX = 10_000;
  static final int WORD_CHARS_MAX = 64;
  private static final String COMMENT = "#";

  private final Set<List<String>> listed = new HashSet<>();
  private final int[] lengths;

  /// @throws IllegalArgumentException over a limit, or for what has neither letter nor digit
  WordList(List<String> words) {
    if (words.size() > WORDS_MAX) {
      throw new IllegalArgumentException(
          "Expected at most %d words in parley.filter.words and its file, but there are %d"
              .formatted(WORDS_MAX, words.size()));
    }
    words.forEach(word -> listed.add(entry(word)));
    this.lengths = listed.stream().mapToInt(List::size).distinct().toArray();
  }

  static WordList of(Optional<List<String>> words, Optional<Path> file) {
    return new WordList(
        Stream.concat(
                words.orElse(List.of()).stream(),
                file.map(WordList::lines).stream().flatMap(List::stream))
            .map(String::strip)
            .filter(word -> !word.isEmpty())
            .toList());
  }

  boolean isEmpty() {
    return listed.isEmpty();
  }

  boolean isIn(String text) {
    var words = FoldedWords.of(text);
    for (var from = 0; from < words.size(); from++) {
      for (var length : lengths) {
        if (from + length <= words.size() && listed.contains(words.subList(from, from + length))) {
          return true;
        }
      }
    }
    return false;
  }

  private static List<String> entry(String word) {
    if (word.length() > WORD_CHARS_MAX) {
      throw new IllegalArgumentException(
          "Expected words of at most %d characters in parley.filter.words, but one has %d"
              .formatted(WORD_CHARS_MAX, word.length()));
    }
    var entry = FoldedWords.of(word);
    if (entry.isEmpty()) {
      throw new IllegalArgumentException(
          "Expected a letter or digit in each of parley.filter.words, but one has none");
    }
    return List.copyOf(entry);
  }

  private static List<String> lines(Path file) {
    try (var lines = Files.lines(file)) {
      return lines.filter(line -> !line.startsWith(COMMENT)).limit(WORDS_MAX + 1L).toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException("Could not read parley.filter.words-file " + file, unreadable);
    }
  }
}
