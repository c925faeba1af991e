package dev.parley.schemas.content;

/// A body as a reader gets it.
public sealed interface Opened {

  record Readable(Content content) implements Opened {}

  /// Its author was erased: nobody can read it any more.
  record Erased() implements Opened {}

  /// The author's key has not arrived here yet: try again.
  record KeyMissing() implements Opened {}
}
