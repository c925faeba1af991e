package dev.parley.tokens;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// SHA-256 of a token: what a memory of tokens is keyed by, so that it holds none.
record TokenHash(long first, long second, long third, long fourth) {

  static TokenHash of(String token) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      var words = ByteBuffer.wrap(digest.digest(token.getBytes(StandardCharsets.UTF_8)));
      return new TokenHash(words.getLong(), words.getLong(), words.getLong(), words.getLong());
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("Every Java platform has SHA-256", missing);
    }
  }
}
