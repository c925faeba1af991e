package dev.parley.schemas.content;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.AEADBadTagException;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/// The deployment's key: it wraps content keys and other secrets, and is itself never stored by
/// Parley.
public final class MasterKey {

  private static final SecureRandom RANDOM = new SecureRandom();

  private final SecretKey secret;

  private MasterKey(byte[] secret) {
    this.secret = new SecretKeySpec(secret, "AES");
  }

  /// @param base64 32 bytes
  /// @throws IllegalArgumentException if it is not that; the message does not repeat it
  public static MasterKey ofBase64(String base64) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(base64.strip());
    } catch (IllegalArgumentException notBase64) {
      throw new IllegalArgumentException("The master key (parley.master-key) is not base64");
    }
    if (bytes.length != AesGcm.KEY_BYTES) {
      throw new IllegalArgumentException(
          "The master key (parley.master-key) must be base64 of 32 bytes, but has " + bytes.length);
    }
    return new MasterKey(bytes);
  }

  /// A new random master key as base64, for a deployment that has none yet.
  public static String randomBase64() {
    var secret = new byte[AesGcm.KEY_BYTES];
    RANDOM.nextBytes(secret);
    return Base64.getEncoder().encodeToString(secret);
  }

  /// The key of `user`, safe to store.
  public WrappedKey wrap(UUID user, ContentKey key) {
    return new WrappedKey(
        key.id(), ByteString.copyFrom(wrap(name(user, key.id()), key.secret().getEncoded())));
  }

  /// @throws IllegalArgumentException if it was wrapped for somebody else or under another master
  ///   key
  public ContentKey unwrap(UUID user, WrappedKey wrapped) {
    return new ContentKey(
        wrapped.keyId(), unwrap(name(user, wrapped.keyId()), wrapped.wrapped().toByteArray()));
  }

  /// Wraps any small secret under a name that it must be unwrapped with: nonce, ciphertext, tag.
  public byte[] wrap(String name, byte[] plain) {
    var nonce = new byte[AesGcm.NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    var sealed = AesGcm.encrypt(secret, nonce, name.getBytes(StandardCharsets.UTF_8), plain);
    return ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array();
  }

  /// @throws IllegalArgumentException if it was wrapped under another name or another master key
  public byte[] unwrap(String name, byte[] wrapped) {
    if (wrapped.length < AesGcm.NONCE_BYTES + AesGcm.TAG_BYTES) {
      throw new IllegalArgumentException("Not a wrapped secret: " + wrapped.length + " bytes");
    }
    var nonce = Arrays.copyOf(wrapped, AesGcm.NONCE_BYTES);
    var sealed = ByteBuffer.wrap(wrapped, nonce.length, wrapped.length - nonce.length);
    try {
      return AesGcm.decrypt(secret, nonce, name.getBytes(StandardCharsets.UTF_8), sealed);
    } catch (AEADBadTagException forged) {
      throw new IllegalArgumentException(
          "Could not unwrap the secret \"" + name + "\": was the master key changed?", forged);
    }
  }

  private static String name(UUID user, String keyId) {
    return user + "/" + keyId;
  }
}
