package dev.parley.identity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What a client holds to prove itself: 256 random bits, so a plain SHA-256 is enough to store it
/// by.
public record Secret(String value) {

  private static final int BYTES = 32;
  private static final String MAC = "HmacSHA256";
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  public static Secret random() {
    return random("");
  }

  /// @param prefix what tells people and scanners what kind of secret this is
  public static Secret random(String prefix) {
    return new Secret(prefix + BASE64.encodeToString(salt()));
  }

  /// For [#successor].
  public static byte[] salt() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  /// What the database knows it by.
  public String hash() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes());
      return BASE64.encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Expected SHA-256 in the JDK", e);
    }
  }

  /// Another secret, which follows from this one and the salt together and from neither alone.
  public Secret successor(byte[] salt) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(new SecretKeySpec(bytes(), MAC));
      return new Secret(BASE64.encodeToString(mac.doFinal(salt)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Expected HMAC-SHA-256 in the JDK", e);
    }
  }

  @Override
  public String toString() {
    return "Secret[hidden]";
  }

  private byte[] bytes() {
    return value.getBytes(StandardCharsets.UTF_8);
  }
}
