package dev.parley.schemas.content;

/// Opens bodies with the keys of a keyring.
public record ContentReader(Keyring keyring) {

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
