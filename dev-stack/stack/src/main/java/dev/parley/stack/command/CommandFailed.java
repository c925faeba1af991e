package dev.parley.stack.command;

/// A command cannot be done; the message is the sentence to show, cure included.
public final class CommandFailed extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public CommandFailed(String sentence) {
    super(sentence);
  }
}
