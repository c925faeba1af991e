package dev.parley.search.question;

/// A question as it was understood, or why it was not.
public sealed interface Parsed {

  record Understood(Question question) implements Parsed {}

  /// @param detail a sentence for the caller
  record Refused(String detail) implements Parsed {}
}
