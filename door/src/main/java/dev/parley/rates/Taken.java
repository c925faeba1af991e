package dev.parley.rates;

/// What came of asking a bucket for tokens.
public sealed interface Taken {

  /// @param tokens between the least and the most that was asked for
  record Granted(int tokens) implements Taken {}

  /// The bucket has less than the least; it keeps what it has.
  ///
  /// @param retryAfterMillis until it will have it, unless somebody else takes of it
  record Refused(long retryAfterMillis) implements Taken {}

  /// Redis was not reached in time: nobody is held back.
  record Open() implements Taken {}
}
