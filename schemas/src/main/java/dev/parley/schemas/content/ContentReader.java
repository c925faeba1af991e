package dev.parley.schemas.content;

import dev.parley.schemas.conversation.Forwarded;
import org.jspecify.annotations.Nullable;

/// Opens bodies with the keys of a keyring.
public record ContentReader(Keyring keyring) {

  /// The body of a message that may be a copy: it goes with its author, and with the author of what
  /// it was copied from.
  ///
  /// @throws IllegalArgumentException if the body was tampered with or belongs elsewhere
  public Opened open(Body body, Place place, @Nullable Forwarded forwarded) {
    return forwarded != null && keyring.keyOf(forwarded.author()) instanceof KeyLookup.Erased
        ? new Opened.Erased()
        : open(body, place);
  }

  /// @throws IllegalArgumentException if the body was tampered with or belongs elsewhere
  public Opened open(Body body, Place place) {
    return switch (body) {
      case Body.Plain(var content) -> new Opened.Readable(content);
      case Body.Sealed sealed ->
          switch (keyring.keyOf(place.author())) {
            case KeyLookup.Known(var key) ->
                new Opened.Readable(ContentSeal.open(sealed, key, place));
            case KeyLookup.Erased() -> new Opened.Erased();
            case KeyLookup.Unknown() -> new Opened.KeyMissing();
          };
    };
  }
}
