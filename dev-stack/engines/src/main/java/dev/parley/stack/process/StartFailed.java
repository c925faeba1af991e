package dev.parley.stack.process;

import java.util.List;

/// A unit did not come up. The message is one sentence and the end of the unit's log.
public final class StartFailed extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String sentence;
  private final List<String> logTail;

  public StartFailed(String sentence, List<String> logTail) {
    super(sentence + (logTail.isEmpty() ? "" : "; its log ends:\n" + String.join("\n", logTail)));
    this.sentence = sentence;
    this.logTail = List.copyOf(logTail);
  }

  public String sentence() {
    return sentence;
  }

  public List<String> logTail() {
    return logTail;
  }
}
