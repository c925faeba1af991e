package dev.parley.identity.password;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// Argon2id, written as a PHC string (`$argon2id$v=19$m=19456,t=2,p=1$salt$hash`), so that a hash
/// carries its own cost and costs can be raised later without touching the hashes that exist.
final class Argon2 {

  static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final Pattern PHC =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,2})\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

  private Argon2() {}

  /// What one hash costs.
  record Cost(int memoryKib, int passes, int lanes) {}

  static String hash(String password, byte[] salt, Cost cost) {
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
        .formatted(
            cost.memoryKib(),
            cost.passes(),
            cost.lanes(),
            base64.encodeToString(salt),
            base64.encodeToString(derive(password, salt, cost, HASH_BYTES)));
  }

  /// What a stored hash cost.
  static Cost cost(String phc) {
    return cost(parts(phc));
  }

  static boolean matches(String password, String phc) {
    Matcher parts = parts(phc);
    byte[] salt = Base64.getDecoder().decode(parts.group(4));
    byte[] expected = Base64.getDecoder().decode(parts.group(5));
    return MessageDigest.isEqual(expected, derive(password, salt, cost(parts), expected.length));
  }

  private static Matcher parts(String phc) {
    Matcher parts = PHC.matcher(phc);
    if (!parts.matches()) {
      throw new IllegalStateException("Expected a PHC string of Argon2id in person.password_hash");
    }
    return parts;
  }

  private static Cost cost(Matcher parts) {
    return new Cost(
        Integer.parseInt(parts.group(1)),
        Integer.parseInt(parts.group(2)),
        Integer.parseInt(parts.group(3)));
  }

  /// The same text typed on another keyboard is the same password: NFKC, as NIST SP 800-63B asks.
  private static byte[] derive(String password, byte[] salt, Cost cost, int length) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(cost.memoryKib())
            .withIterations(cost.passes())
            .withParallelism(cost.lanes())
            .withSalt(salt)
            .build());
    byte[] hash = new byte[length];
    String normal = Normalizer.normalize(password, Normalizer.Form.NFKC);
    generator.generateBytes(normal.getBytes(StandardCharsets.UTF_8), hash);
    return hash;
  }
}
