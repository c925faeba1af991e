package dev.parley.schemas.content;

import com.google.protobuf.ByteString;

/// A message's content, readable or sealed. Doors read it plain and seal it before it enters the
/// log.
public sealed interface Body {

  record Plain(Content content) implements Body {}

  /// @param keyId the author's content key
  /// @param nonce 12 bytes
  /// @param ciphertext the encrypted content followed by 16 bytes of tag
  record Sealed(String keyId, ByteString nonce, ByteString ciphertext) implements Body {}
}
