package dev.parley.search.replay;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The sum of 128-bit hashes of documents, modulo 2^128: the same documents give the same digest in
/// any order.
public final class Digest {

  private static final int WORD_BYTES = Long.BYTES;

  private long high;
  private long low;

  public void add(byte[] document) {
    var hash = ByteBuffer.wrap(sha256(document));
    long addedHigh = hash.getLong();
    long addedLow = hash.getLong();
    long sum = low + addedLow;
    boolean carry = Long.compareUnsigned(sum, low) < 0;
    low = sum;
    high += addedHigh + (carry ? 1 : 0);
  }

  public String hex() {
    var bytes = ByteBuffer.allocate(2 * WORD_BYTES).putLong(high).putLong(low).array();
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("Every Java platform has SHA-256", missing);
    }
  }
}
