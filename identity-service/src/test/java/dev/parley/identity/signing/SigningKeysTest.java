package dev.parley.identity.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.identity.Engines;
import dev.parley.identity.IdentityConfig;
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
  @Inject IdentityConfig config;

  @Test
  void instancesShareTheirKeys() {
    SigningKeys another = instance(MasterKey.ofBase64(Engines.MASTER_KEY));

    assertThat(another.all()).isEqualTo(keys.all()).isNotEmpty();
  }

  @Test
  void anotherMasterKeyOpensNothingAndIsTold() {
    MasterKey wrong = MasterKey.ofBase64(MasterKey.randomBase64());

    assertThatThrownBy(() -> instance(wrong)).hasMessageContaining("was the master key changed?");
  }

  private SigningKeys instance(MasterKey masterKey) {
    return new SigningKeys(new KeyStore(pool, masterKey), InstantSource.system(), config);
  }
}
