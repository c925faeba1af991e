package dev.parley.identity.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.identity.Engines;
import dev.parley.schemas.content.MasterKey;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Engines.class)
class SigningKeysTest {

  @Inject Pool pool;
  @Inject SigningKeys keys;

  @Test
  void instancesShareTheirKeys() {
    SigningKeys another =
        new SigningKeys(MasterKey.ofBase64(Engines.MASTER_KEY), pool, InstantSource.system());

    assertThat(another.all()).isEqualTo(keys.all()).isNotEmpty();
  }

  @Test
  void anotherMasterKeyOpensNothingAndIsTold() {
    MasterKey wrong = MasterKey.ofBase64(MasterKey.randomBase64());

    assertThatThrownBy(() -> new SigningKeys(wrong, pool, InstantSource.system()))
        .hasMessageContaining("was the master key changed?");
  }
}
