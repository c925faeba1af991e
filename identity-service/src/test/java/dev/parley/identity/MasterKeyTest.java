package dev.parley.identity;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.google.protobuf.ByteString;
import dev.parley.log.UserTable;
import dev.parley.schemas.content.Content;
import dev.parley.schemas.content.ContentKey;
import dev.parley.schemas.content.ContentSeal;
import dev.parley.schemas.content.KeyLookup;
import dev.parley.schemas.content.MasterKey;
import dev.parley.schemas.content.Place;
import dev.parley.schemas.content.WrappedKey;
import dev.parley.stack.test.TestEngines;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The service starts with a new master key, and another one as the previous one, on a database of
/// its own: the other tests go on with theirs.
@QuarkusTest
@QuarkusTestResource(Engines.class)
@QuarkusTestResource(value = OwnDatabase.class, restrictToAnnotatedClass = true)
@TestProfile(MasterKeyTest.Changed.class)
class MasterKeyTest {

  private static final String NEW_KEY = "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=";

  public static final class Changed implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "parley.master-key",
          NEW_KEY,
          "parley.master-key-previous",
          Engines.MASTER_KEY,
          "parley.identity.rewrap.batch-max",
          "7",
          "parley.identity.rewrap.call-max",
          "PT0S");
    }
  }

  private final MasterKey current = MasterKey.ofBase64(NEW_KEY);
  private final MasterKey previous = MasterKey.ofBase64(Engines.MASTER_KEY);

  @Inject Pool pool;

  @Test
  void everythingOpensWithTheNewKeyAloneAfterRewrapping() throws GeneralSecurityException {
    signingKeyOfBefore();
    Map<UUID, ContentKey> keys = peopleOfBefore(30);
    given().post("/internal/master-key:rewrap").then().statusCode(404);

    // Each call stops after its first batch, as one that was interrupted.
    int rewrapped = 0;
    int signingKeys = 0;
    String next = null;
    do {
      Response answer = rewrap(next);
      answer.then().statusCode(200);
      rewrapped += answer.<Integer>path("people");
      signingKeys += answer.<Integer>path("signing_keys");
      next = answer.path("next");
    } while (next != null);

    assertThat(rewrapped).isEqualTo(30);
    assertThat(signingKeys).isEqualTo(1);
    rewrap(null).then().body("people", equalTo(0)).body("signing_keys", equalTo(0));
    keys.forEach((id, key) -> assertThat(same(current.unwrap(id, wrapped(id)), key)).isTrue());
    for (Row row :
        pool.query("select id, wrapped_key from identity.signing_key").executeAndAwait()) {
      assertThat(
              current.isCurrent(
                  "identity-signing-key/" + row.getString("id"),
                  row.getBuffer("wrapped_key").getBytes()))
          .isTrue();
    }
    for (Row row :
        pool.query(
                "select id, key_id, wrapped_key from identity.person where wrapped_key is not null")
            .executeAndAwait()) {
      assertThat(current.isCurrent(row.getUUID("id"), wrapped(row))).isTrue();
    }
    openInTheLog(keys);
    // Also what is signed still verifies.
    given()
        .auth()
        .oauth2(Somebody.fresh().register().path("access_token"))
        .get("/api/users/me")
        .then()
        .statusCode(200);
  }

  /// A door that knows the new key alone.
  private void openInTheLog(Map<UUID, ContentKey> keys) {
    try (UserTable users = new UserTable(TestEngines.kafka().bootstrapServers(), current)) {
      users.start();
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      List<UUID> waiting = new ArrayList<>(keys.keySet());
      while (!waiting.isEmpty() && System.nanoTime() < deadline) {
        waiting.removeIf(id -> {
          var profile = users.profile(id);
          return profile != null
              && profile.contentKey() != null
              && current.isCurrent(id, profile.contentKey());
        });
      }
      keys.forEach((id, key) ->
          assertThat(users.keyOf(id) instanceof KeyLookup.Known(var read) && same(read, key))
              .isTrue());
    }
  }

  private static boolean same(ContentKey one, ContentKey other) {
    Place place = new Place(new UUID(0, 1), new UUID(0, 2), new UUID(0, 3));
    Content content = new Content("what one seals the other opens", List.of());
    return ContentSeal.open(ContentSeal.seal(content, one, place), other, place).equals(content);
  }

  /// A key that signed until now.
  private void signingKeyOfBefore() throws GeneralSecurityException {
    String id = UUID.randomUUID().toString();
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    KeyPair pair = generator.generateKeyPair();
    pool.preparedQuery(
            """
            insert into identity.signing_key (id, public_key, wrapped_key, created_at_ms, signs_from_ms)
            values ($1, $2, $3, 0, 0)
            """)
        .executeAndAwait(
            Tuple.of(
                id,
                Buffer.buffer(pair.getPublic().getEncoded()),
                Buffer.buffer(
                    previous.wrap("identity-signing-key/" + id, pair.getPrivate().getEncoded()))));
  }

  private Map<UUID, ContentKey> peopleOfBefore(int count) {
    Map<UUID, ContentKey> keys = new HashMap<>();
    for (int i = 0; i < count; i++) {
      UUID id = UUID.randomUUID();
      ContentKey key = ContentKey.random();
      WrappedKey wrapped = previous.wrap(id, key);
      pool.preparedQuery(
              """
              insert into identity.person
                (id, name, display_name, key_id, wrapped_key, version, erased, imported, created_at_ms)
              values ($1, $2, 'Before', $3, $4, 1, false, true, 0)
              """)
          .executeAndAwait(
              Tuple.of(
                  id,
                  "b" + id.toString().substring(0, 18),
                  wrapped.keyId(),
                  Buffer.buffer(wrapped.wrapped().toByteArray())));
      keys.put(id, key);
    }
    return keys;
  }

  private WrappedKey wrapped(UUID id) {
    return wrapped(
        pool.preparedQuery("select key_id, wrapped_key from identity.person where id = $1")
            .executeAndAwait(Tuple.of(id))
            .iterator()
            .next());
  }

  private static WrappedKey wrapped(Row row) {
    return new WrappedKey(
        row.getString("key_id"), ByteString.copyFrom(row.getBuffer("wrapped_key").getBytes()));
  }

  private static Response rewrap(@Nullable String after) {
    var request =
        given().urlEncodingEnabled(false).header("Parley-Operator", Engines.OPERATOR_SECRET);
    return (after == null ? request : request.queryParam("after", after))
        .post("/internal/master-key:rewrap");
  }
}
