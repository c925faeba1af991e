package dev.parley.identity.password;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.identity.Engines;
import dev.parley.identity.Somebody;
import dev.parley.identity.password.Argon2.Cost;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Engines.class)
class RehashTest {

  @Inject Pool pool;
  @Inject MeterRegistry meters;

  @Test
  void whoLogsInAfterTheCostWasRaisedIsHashedAnewOnce() {
    Somebody ada = Somebody.fresh();
    ada.register().then().statusCode(201);
    String cheap = Argon2.hash(ada.password(), new byte[Argon2.SALT_BYTES], new Cost(64, 1, 1));
    pool.preparedQuery("update identity.person set password_hash = $1 where name = $2")
        .executeAndAwait(Tuple.of(cheap, ada.name()));

    new Somebody(ada.name(), "not the password").login().then().statusCode(401);
    assertThat(stored(ada)).isEqualTo(cheap);
    ada.login().then().statusCode(200);

    assertThat(stored(ada)).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    double before = meters.counter("parley.password.hashes").count();
    ada.login().then().statusCode(200);
    assertThat(meters.counter("parley.password.hashes").count() - before).isEqualTo(1);
  }

  private String stored(Somebody somebody) {
    return pool.preparedQuery("select password_hash from identity.person where name = $1")
        .executeAndAwait(Tuple.of(somebody.name()))
        .iterator()
        .next()
        .getString(0);
  }
}
