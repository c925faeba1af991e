package dev.parley.filter;

/// What becomes of what somebody wrote.
public sealed interface Judgement {

  record Pass() implements Judgement {}

  /// A moderator looks at it first.
  ///
  /// @param reason for the moderators; it is kept in the log as it is, so nothing that the author
  ///   wrote belongs into it
  record Hold(String reason) implements Judgement {}

  /// It is not taken.
  ///
  /// @param reason for the author
  record Reject(String reason) implements Judgement {}

  /// Nobody could judge it and the deployment takes nothing unjudged: refused for now, as
  /// [dev.parley.schemas.error.ErrorCode#UNAVAILABLE].
  record Unjudged() implements Judgement {}
}
