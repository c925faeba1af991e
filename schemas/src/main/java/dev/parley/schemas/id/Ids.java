package dev.parley.schemas.id;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Makes, derives and reads ids. Every id in Parley is a UUID in its canonical lower-case form.
public final class Ids {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int CANONICAL_LENGTH = 36;
  private static final long RANDOM_BITS_HIGH = 0xFFFL;
  private static final long RANDOM_BITS_LOW = 0x3FFF_FFFF_FFFF_FFFFL;
  private static final long VERSION_7 = 0x7000L;
  private static final long VERSION_8 = 0x8000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;

  private Ids() {}

  /// A new UUIDv7 (RFC 9562): 48 bits of the clock's milliseconds, then random bits.
  public static UUID uuid7() {
    return uuid7(System.currentTimeMillis(), RANDOM.nextLong(), RANDOM.nextLong());
  }

  /// The UUID that `text` spells canonically, or null: short forms, braces and capitals are
  /// refused.
  public static @Nullable UUID parse(@Nullable String text) {
    if (text == null || text.length() != CANONICAL_LENGTH) {
      return null;
    }
    try {
      var id = UUID.fromString(text);
      return id.toString().equals(text) ? id : null;
    } catch (IllegalArgumentException notAnId) {
      return null;
    }
  }

  /// The UUID that `text` spells.
  ///
  /// @throws IllegalArgumentException if it is none: a record that holds it is broken
  public static UUID required(String text) {
    var id = parse(text);
    if (id == null) {
      throw new IllegalArgumentException("Expected a UUID, but found \"" + text + "\"");
    }
    return id;
  }

  /// The UUID that `text` spells, or null where it is empty, as protobuf writes what is absent.
  ///
  /// @throws IllegalArgumentException if it is neither
  public static @Nullable UUID optional(String text) {
    return text.isEmpty() ? null : required(text);
  }

  /// The text that protobuf keeps for an id that may be absent.
  public static String text(@Nullable UUID id) {
    return id == null ? "" : id.toString();
  }

  /// Whether `id` is a UUIDv7, which ids made by clients must be.
  public static boolean isVersion7(UUID id) {
    return id.version() == 7 && id.variant() == 2;
  }

  /// The id of the direct conversation of two people, the same whoever asks.
  public static UUID directConversation(UUID one, UUID other) {
    var first = one.compareTo(other) <= 0 ? one : other;
    var second = first.equals(one) ? other : one;
    return derived("direct/" + first + "/" + second);
  }

  /// The id of a person's conversation with themselves.
  public static UUID selfConversation(UUID user) {
    return derived("self/" + user);
  }

  /// The id of something brought from another system: the same input gives the same UUIDv7-shaped
  /// id.
  ///
  /// @param namespace what kind of thing it is and where it comes from
  /// @param name its id there
  /// @param millis its time there, kept in the id so that ids sort by it
  public static UUID imported(String namespace, String name, long millis) {
    var digest = ByteBuffer.wrap(sha256(namespace + "\n" + name));
    return uuid7(millis, digest.getLong(), digest.getLong());
  }

  /// The id of a person whom another issuer of tokens knows: the same wherever the token is shown.
  ///
  /// @param issuer the claim `iss`
  /// @param subject who they are there
  public static UUID foreign(String issuer, String subject) {
    return derived("foreign/" + issuer + "\n" + subject);
  }

  /// An id of something that another person has used the same id for; none that a client may make.
  public static UUID ofActor(UUID id, UUID actor) {
    return derived("of/" + actor + "/" + id);
  }

  private static UUID uuid7(long millis, long high, long low) {
    return new UUID(
        (millis << 16) | VERSION_7 | (high & RANDOM_BITS_HIGH), VARIANT | (low & RANDOM_BITS_LOW));
  }

  private static UUID derived(String name) {
    var digest = ByteBuffer.wrap(sha256(name));
    return new UUID(
        (digest.getLong() & ~0xF000L) | VERSION_8, VARIANT | (digest.getLong() & RANDOM_BITS_LOW));
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("Every Java platform has SHA-256", missing);
    }
  }
}
