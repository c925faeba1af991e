package dev.parley.schemas.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.schemas.Samples;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RevocationCodecTest {

  private static final Revocation OF_SESSION =
      new Revocation.OfSession(Samples.ADA, Samples.MESSAGE, 12);
  private static final Revocation OF_PERSON = new Revocation.OfPerson(Samples.ADA, 12);

  @Test
  void itComesBackAsItWas() {
    assertThat(RevocationCodec.decode(RevocationCodec.encode(OF_SESSION))).isEqualTo(OF_SESSION);
    assertThat(RevocationCodec.decode(RevocationCodec.encode(OF_PERSON))).isEqualTo(OF_PERSON);
  }

  @Test
  void thePersonsOwnReplacesNoneOfASession() {
    assertThat(RevocationCodec.key(OF_SESSION)).isEqualTo(Samples.MESSAGE.toString());
    assertThat(RevocationCodec.key(OF_PERSON)).isEqualTo("user:" + Samples.ADA);
  }

  @Test
  void otherBytesAreNone() {
    assertThatThrownBy(() -> RevocationCodec.decode("x".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
