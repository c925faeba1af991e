package dev.parley.search.question;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What is asked for: messages that hold all terms and pass all filters.
///
/// @param mentions whom the messages name
/// @param attachments only messages that have some
/// @param beforeMillis sent earlier than this
/// @param afterMillis sent then or later
public record Question(
    List<Term> terms,
    @Nullable UUID conversation,
    @Nullable UUID author,
    @Nullable UUID thread,
    @Nullable UUID mentions,
    boolean attachments,
    @Nullable Long beforeMillis,
    @Nullable Long afterMillis,
    Order order) {

  public Question {
    terms = List.copyOf(terms);
  }

  /// In which order messages are found.
  public enum Order {
    /// What fits best first; of two that fit alike, rather the newer.
    RELEVANCE,
    NEWEST
  }

  /// A part of the query text.
  public sealed interface Term {
    String text();

    /// A whole word.
    record Word(String text) implements Term {}

    /// The word that is being typed: words that begin with it.
    record Prefix(String text) implements Term {}

    /// Words in this order, next to each other.
    record Phrase(String text) implements Term {}

    /// A phrase that is being typed: its quote is open, its last word may be unfinished.
    record OpenPhrase(String text) implements Term {}
  }
}
