package dev.parley.simulation;

/// What must not be.
///
/// @param evidence a sentence that says where
record Anomaly(Kind kind, String evidence) {

  /// The names are those of `./parley check`.
  enum Kind {
    LOST,
    PHANTOM,
    DUPLICATED,
    REORDERED,
    TWO_WITH_ONE_SEQ,
    SEQ_CHANGED,
    HOLE,
    DIVERGED,
    VIEW_DIFFERS,
    INDEX_DIFFERS,
    READ_AFTER_REMOVAL,
    WRONG_UNREAD,
    BROKEN_CHAIN,
    ANSWER_TO_FAILED_SEND,
    RESURRECTED_DELETE,

    /// A part gave up: an exception where none may be.
    BROKEN
  }

  @Override
  public String toString() {
    return kind + ": " + evidence;
  }
}
