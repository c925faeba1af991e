package dev.parley.schemas.content;

/// What a keyring knows of a person's content key.
public sealed interface KeyLookup {

  record Known(ContentKey key) implements KeyLookup {}

  /// The person was erased and the key destroyed, for ever.
  record Erased() implements KeyLookup {}

  /// Not heard of yet: it may arrive, since people and conversations travel in different topics.
  record Unknown() implements KeyLookup {}
}
