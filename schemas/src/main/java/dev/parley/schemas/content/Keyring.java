package dev.parley.schemas.content;

import java.util.UUID;

/// The content keys of people. Safe to ask from any thread; never blocks.
@FunctionalInterface
public interface Keyring {
  KeyLookup keyOf(UUID user);
}
