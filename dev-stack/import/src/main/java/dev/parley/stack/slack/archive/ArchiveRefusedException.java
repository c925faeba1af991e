package dev.parley.stack.slack.archive;

/// The archive cannot be imported. The message is one sentence for whoever gave it.
public final class ArchiveRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ArchiveRefusedException(String sentence) {
    super(sentence);
  }
}
