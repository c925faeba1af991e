package dev.parley.schemas.token;

import dev.parley.schemas.content.SecretBox;
import dev.parley.schemas.redis.RedisNames;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Stands for an access token at one WebSocket handshake, once and for seconds, so that no token
/// need be in a URL.
///
/// Redis keeps the token under a name that is a hash of the ticket, sealed with a key that is
/// derived from the ticket: who reads Redis has neither.
public final class Ticket {

  private static final int BYTES = 32;
  private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_-]{43}");
  private static final SecureRandom RANDOM = new SecureRandom();

  private final String secret;

  private Ticket(String secret) {
    this.secret = secret;
  }

  /// A new ticket of 256 random bits.
  public static Ticket random() {
    var bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return new Ticket(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /// The ticket that a client sent, or null where it cannot be one.
  public static @Nullable Ticket parse(@Nullable String text) {
    return text != null && SHAPE.matcher(text).matches() ? new Ticket(text) : null;
  }

  /// What the client gets: 43 characters of base64url.
  public String secret() {
    return secret;
  }

  /// Where Redis keeps what it stands for.
  public String redisKey() {
    return RedisNames.ticket(Base64.getUrlEncoder().withoutPadding().encodeToString(hash("name")));
  }

  /// The access token as Redis keeps it.
  public byte[] seal(String accessToken) {
    return box().seal(accessToken.getBytes(StandardCharsets.UTF_8), redisKey());
  }

  /// The access token, or null where the bytes were not sealed with this ticket.
  public @Nullable String open(byte[] sealed) {
    var token = box().open(sealed, redisKey());
    return token == null ? null : new String(token, StandardCharsets.UTF_8);
  }

  /// Never the ticket.
  @Override
  public String toString() {
    return "Ticket[hidden]";
  }

  private SecretBox box() {
    return new SecretBox(hash("key"));
  }

  /// The ticket is uniformly random, so that hashes with different prefixes are independent keys.
  private byte[] hash(String purpose) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return digest.digest(
          ("parley-ticket/" + purpose + "/" + secret).getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("Every Java platform has SHA-256", missing);
    }
  }
}
