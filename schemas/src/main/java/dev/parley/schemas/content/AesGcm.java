package dev.parley.schemas.content;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/// AES-256-GCM with 96-bit nonces and 128-bit tags, from the JDK's provider.
final class AesGcm {

  static final int KEY_BYTES = 32;
  static final int NONCE_BYTES = 12;
  static final int TAG_BYTES = 16;

  private static final int TAG_BITS = 128;
  // A Cipher costs microseconds to look up and is not shared between threads.
  private static final ThreadLocal<Cipher> CIPHER = ThreadLocal.withInitial(AesGcm::newCipher);

  private AesGcm() {}

  static byte[] encrypt(SecretKey key, byte[] nonce, byte[] associated, byte[] plain) {
    try {
      return run(Cipher.ENCRYPT_MODE, key, nonce, associated, ByteBuffer.wrap(plain));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("AES-GCM refused to encrypt", impossible);
    }
  }

  /// @throws AEADBadTagException if key, nonce, associated data or ciphertext is not what it was
  static byte[] decrypt(SecretKey key, byte[] nonce, byte[] associated, ByteBuffer sealed)
      throws AEADBadTagException {
    try {
      return run(Cipher.DECRYPT_MODE, key, nonce, associated, sealed);
    } catch (AEADBadTagException forged) {
      throw forged;
    } catch (GeneralSecurityException malformed) {
      throw (AEADBadTagException)
          new AEADBadTagException("Not a sealed content: " + malformed.getMessage())
              .initCause(malformed);
    }
  }

  private static byte[] run(
      int mode, SecretKey key, byte[] nonce, byte[] associated, ByteBuffer input)
      throws GeneralSecurityException {
    var cipher = CIPHER.get();
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(associated);
    var output = ByteBuffer.allocate(cipher.getOutputSize(input.remaining()));
    cipher.doFinal(input, output);
    return output.position() == output.capacity()
        ? output.array()
        : java.util.Arrays.copyOf(output.array(), output.position());
  }

  private static Cipher newCipher() {
    try {
      return Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("Every Java platform has AES/GCM/NoPadding", missing);
    }
  }
}
