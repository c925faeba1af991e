package dev.parley.schemas.content;

import java.security.SecureRandom;
import java.util.UUID;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/// A person's content key: all they write is sealed under it, and unreadable once it is destroyed.
public final class ContentKey {

  private static final SecureRandom RANDOM = new SecureRandom();

  private final String id;
  private final SecretKey secret;

  ContentKey(String id, byte[] secret) {
    if (secret.length != AesGcm.KEY_BYTES) {
      throw new IllegalArgumentException(
          "Expected a content key of 32 bytes, but it has " + secret.length);
    }
    this.id = id;
    this.secret = new SecretKeySpec(secret, "AES");
  }

  /// A new random key with a new id.
  public static ContentKey random() {
    var secret = new byte[AesGcm.KEY_BYTES];
    RANDOM.nextBytes(secret);
    return new ContentKey(UUID.randomUUID().toString(), secret);
  }

  /// Names the key in sealed contents; says nothing of the key.
  public String id() {
    return id;
  }

  SecretKey secret() {
    return secret;
  }

  @Override
  public String toString() {
    return "ContentKey[" + id + "]";
  }
}
