package dev.parley.tokens;

/// What became of a token.
public sealed interface Verdict {

  /// It is one of ours or of an issuer that is trusted here, and still holds.
  record Valid(Caller caller) implements Verdict {}

  /// It does not hold. Whoever showed it is told one sentence, whatever the reason; the reason is
  /// for the metric.
  record Refused(Reason reason) implements Verdict {}

  /// It cannot be told now: keys cannot be had, the log has not been read yet, the person cannot be
  /// provisioned, or too many wait for that. Another attempt may succeed.
  record Unavailable() implements Verdict {}

  /// Why a token was refused.
  enum Reason {
    MALFORMED,
    /// Or not valid yet.
    EXPIRED,
    UNKNOWN_ISSUER,
    /// It was made for somebody else.
    AUDIENCE,
    /// Or an algorithm or a key that its issuer may not use.
    SIGNATURE,
    REVOKED,
    SUSPENDED,
    ERASED
  }
}
