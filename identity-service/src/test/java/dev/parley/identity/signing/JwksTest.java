package dev.parley.identity.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JwksTest {

  /// Keys of before are published beside new ones until their tokens have expired.
  @ParameterizedTest
  @CsvSource({"RSA,2048,RS256,n", "EC,256,ES256,x"})
  void publishesThePublicHalfAlone(String kind, int bits, String alg, String part)
      throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance(kind);
    generator.initialize(bits);
    var pair = generator.generateKeyPair();

    var jwk = JwksResource.jwk(new SigningKey("one", pair.getPublic(), pair.getPrivate(), 0));

    assertThat(jwk)
        .containsEntry("kid", "one")
        .containsEntry("kty", kind)
        .containsEntry("alg", alg)
        .containsEntry("use", "sig")
        .containsKey(part)
        .doesNotContainKeys("d", "p", "q");
  }
}
