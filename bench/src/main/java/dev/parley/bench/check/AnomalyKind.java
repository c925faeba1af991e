package dev.parley.bench.check;

/// What must never be found; each is proved by a bug that is planted and must be caught.
public enum AnomalyKind {
  /// It was answered or committed, and is absent where it must be.
  LOST,
  /// It is there, but nobody sent it.
  PHANTOM,
  /// It is there twice, or was told twice.
  DUPLICATED,
  /// It was told after a later one.
  REORDERED,
  /// Two events have the same place in a conversation.
  TWO_WITH_ONE_SEQ,
  /// It was answered with one seq and stands at another.
  SEQ_CHANGED,
  /// A seq is missing between two that are there.
  HOLE,
  /// Two clients were told different things of one seq.
  DIVERGED,
  /// The views in Postgres are not the fold of the log.
  VIEW_DIFFERS,
  /// The index in Elasticsearch is not the fold of the log.
  INDEX_DIFFERS,
  /// Somebody got what came after they had left or been removed.
  READ_AFTER_REMOVAL,
  /// An unread count is not what the log and the marks give.
  WRONG_UNREAD,
  /// A hash does not verify, or does not chain to the one before.
  BROKEN_CHAIN,
  /// It was refused and is stored all the same, or was answered both ways.
  ANSWER_TO_FAILED_SEND,
  /// What was deleted is shown again.
  RESURRECTED_DELETE
}
