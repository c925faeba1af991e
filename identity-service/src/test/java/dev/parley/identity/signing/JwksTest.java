package dev.parley.identity.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class JwksTest {

  @Test
  void writesCoordinatesAtTheirFullWidth() {
    String small = JwksResource.coordinate(BigInteger.ONE);
    String large = JwksResource.coordinate(BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE));

    assertThat(Base64.getUrlDecoder().decode(small)).hasSize(32).endsWith(1);
    assertThat(Base64.getUrlDecoder().decode(large)).hasSize(32).containsOnly(-1);
  }
}
