package dev.parley.stack.slack;

/// The import cannot go on. The message is for whoever started it: what is wrong and what helps.
final class ImportFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ImportFailedException(String sentence) {
    super(sentence);
  }
}
