package dev.parley.identity.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.identity.password.Argon2.Cost;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class Argon2Test {

  private static final byte[] SALT = "somesalt".getBytes(StandardCharsets.US_ASCII);

  /// A vector of the reference implementation (argon2id, v=19, 64 MiB, 2 passes, 1 lane).
  @Test
  void agreesWithTheReferenceImplementation() {
    String hash = Argon2.hash("password", SALT, new Cost(65536, 2, 1));

    assertThat(hash)
        .isEqualTo(
            "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc");
  }

  @Test
  void knowsThePasswordWhateverTheCostItWasHashedWith() {
    String hash = Argon2.hash("correct horse", SALT, new Cost(64, 3, 2));

    assertThat(Argon2.matches("correct horse", hash)).isTrue();
    assertThat(Argon2.matches("correct horsf", hash)).isFalse();
  }

  @Test
  void takesTheSameTextInAnotherUnicodeFormAsTheSamePassword() {
    String hash = Argon2.hash("Zo\u00EB und Co", SALT, new Cost(64, 1, 1));

    assertThat(Argon2.matches("Zoe\u0308 und Co", hash)).isTrue();
  }

  @Test
  void refusesToReadAnythingElse() {
    assertThatThrownBy(() -> Argon2.matches("x", "$2y$10$abc"))
        .isInstanceOf(IllegalStateException.class);
  }
}
