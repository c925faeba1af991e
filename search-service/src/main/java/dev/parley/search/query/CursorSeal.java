package dev.parley.search.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.parley.search.index.Documents;
import dev.parley.search.question.Question;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Cursors as callers see them: opaque and signed, so that none can be made up or passed on.
final class CursorSeal {

  private static final String ALGORITHM = "HmacSHA256";
  private static final int TAG_BYTES = 16;
  private static final int TEXT_CHARS_MAX = 8_192;

  private final SecretKeySpec key;

  /// @param secret of the deployment; the key is derived from it
  CursorSeal(String secret) {
    var master = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    this.key =
        new SecretKeySpec(
            tag(master, "parley search cursor".getBytes(StandardCharsets.UTF_8)), ALGORITHM);
  }

  /// Why a cursor is not taken.
  static final class InvalidCursorException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidCursorException(String message) {
      super(message, null, false, false);
    }
  }

  String seal(Cursor cursor) {
    var bytes = Documents.bytes(cursor);
    var sealed =
        ByteBuffer.allocate(TAG_BYTES + bytes.length)
            .put(tag(key, bytes), 0, TAG_BYTES)
            .put(bytes)
            .array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
  }

  /// @throws InvalidCursorException if it is not one of ours, or expired, or another caller's, or
  ///   of another question
  Cursor open(String text, UUID caller, String question, long nowMillis) {
    var cursor = read(text);
    if (!cursor.caller().equals(caller)) {
      throw new InvalidCursorException("The cursor belongs to another caller");
    }
    if (!cursor.question().equals(question)) {
      throw new InvalidCursorException(
          "The cursor belongs to another question: repeat the parameters of its first page");
    }
    if (cursor.expiresAtMillis() < nowMillis) {
      throw new InvalidCursorException("The cursor has expired");
    }
    return cursor;
  }

  private Cursor read(String text) {
    try {
      if (text.length() > TEXT_CHARS_MAX) {
        throw new InvalidCursorException("The cursor is not one of this service");
      }
      var sealed = Base64.getUrlDecoder().decode(text);
      var bytes = Arrays.copyOfRange(sealed, Math.min(TAG_BYTES, sealed.length), sealed.length);
      var expected = Arrays.copyOf(tag(key, bytes), TAG_BYTES);
      var found = Arrays.copyOf(sealed, TAG_BYTES);
      if (!MessageDigest.isEqual(expected, found)) {
        throw new InvalidCursorException("The cursor is not one of this service");
      }
      return Documents.MAPPER.readValue(bytes, Cursor.class);
    } catch (IllegalArgumentException | IOException notOurs) {
      throw new InvalidCursorException("The cursor is not one of this service");
    }
  }

  /// The same for the same question, whatever the page.
  static String digest(Question question) {
    try {
      var text = Documents.MAPPER.writeValueAsBytes(question.toString());
      var hash = MessageDigest.getInstance("SHA-256").digest(text);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, 12));
    } catch (JsonProcessingException | GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static byte[] tag(SecretKeySpec key, byte[] bytes) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(bytes);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("Every Java platform has " + ALGORITHM, impossible);
    }
  }
}
