package dev.parley.schemas.content;

import com.google.protobuf.ByteString;

/// A content key under the deployment's master key: safe to store.
///
/// @param keyId the content key's id
/// @param wrapped 12 bytes nonce, 32 bytes encrypted key, 16 bytes tag
public record WrappedKey(String keyId, ByteString wrapped) {}
