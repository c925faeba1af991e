package dev.parley.schemas.content;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Keeps small secrets under one key, each bound to a name: 12 bytes nonce, ciphertext, 16 bytes
/// tag.
public final class SecretBox {

  private static final SecureRandom RANDOM = new SecureRandom();

  private final SecretKey key;

  /// @param key 32 bytes
  public SecretBox(byte[] key) {
    if (key.length != AesGcm.KEY_BYTES) {
      throw new IllegalArgumentException("Expected a key of 32 bytes, but it has " + key.length);
    }
    this.key = new SecretKeySpec(key, "AES");
  }

  /// @param name that it must be opened with
  public byte[] seal(byte[] plain, String name) {
    var nonce = new byte[AesGcm.NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    var sealed = AesGcm.encrypt(key, nonce, name.getBytes(StandardCharsets.UTF_8), plain);
    return ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array();
  }

  /// The secret, or null where it was sealed under another name or another key, or is none.
  public byte @Nullable [] open(byte[] sealed, String name) {
    if (sealed.length < AesGcm.NONCE_BYTES + AesGcm.TAG_BYTES) {
      return null;
    }
    var nonce = Arrays.copyOf(sealed, AesGcm.NONCE_BYTES);
    var rest = ByteBuffer.wrap(sealed, nonce.length, sealed.length - nonce.length);
    try {
      return AesGcm.decrypt(key, nonce, name.getBytes(StandardCharsets.UTF_8), rest);
    } catch (AEADBadTagException forged) {
      return null;
    }
  }
}
