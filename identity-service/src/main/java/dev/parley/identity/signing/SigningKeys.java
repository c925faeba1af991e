package dev.parley.identity.signing;

import dev.parley.schemas.content.MasterKey;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// The deployment's signing keys, read once at the start. The first instance makes one; a lock in
/// the database lets the others find it instead of making their own. The newest signs, all verify.
@Startup
@ApplicationScoped
public class SigningKeys {

  private static final Duration START_MAX = Duration.ofSeconds(30);

  /// Any number that no other advisory lock of this database uses.
  private static final long LOCK = 0x7061_726c_6579_0001L;

  private final List<SigningKey> newestFirst;

  SigningKeys(MasterKey masterKey, Pool pool, InstantSource clock) {
    this.newestFirst =
        pool.withTransaction(connection -> loadOrCreate(connection, masterKey, clock.millis()))
            .await()
            .atMost(START_MAX);
  }

  /// The key that signs new tokens.
  public SigningKey current() {
    return newestFirst.getFirst();
  }

  /// All keys that tokens in use may be signed with.
  public List<SigningKey> all() {
    return newestFirst;
  }

  /// The key of this id, or null where it is none of ours.
  public @Nullable SigningKey byId(@Nullable String id) {
    return newestFirst.stream().filter(key -> key.id().equals(id)).findFirst().orElse(null);
  }

  private static Uni<List<SigningKey>> loadOrCreate(
      SqlConnection connection, MasterKey masterKey, long now) {
    return connection
        .preparedQuery("select pg_advisory_xact_lock($1)")
        .execute(Tuple.of(LOCK))
        .chain(() -> load(connection, masterKey))
        .chain(keys ->
            keys.isEmpty()
                ? create(connection, masterKey, now).chain(() -> load(connection, masterKey))
                : Uni.createFrom().item(keys));
  }

  private static Uni<List<SigningKey>> load(SqlConnection connection, MasterKey masterKey) {
    return connection
        .query(
            "select id, public_key, wrapped_key from identity.signing_key order by created_at_ms desc, id")
        .execute()
        .map(rows ->
            StreamSupport.stream(rows.spliterator(), false)
                .map(row -> read(row, masterKey))
                .toList());
  }

  private static Uni<?> create(SqlConnection connection, MasterKey masterKey, long now) {
    String id = UUID.randomUUID().toString();
    KeyPair pair = generate();
    return connection
        .preparedQuery(
            "insert into identity.signing_key (id, public_key, wrapped_key, created_at_ms, signs_from_ms) values ($1, $2, $3, $4, $4)")
        .execute(
            Tuple.of(
                id,
                Buffer.buffer(pair.getPublic().getEncoded()),
                Buffer.buffer(masterKey.wrap(name(id), pair.getPrivate().getEncoded())),
                now));
  }

  private static SigningKey read(Row row, MasterKey masterKey) {
    String id = row.getString("id");
    byte[] wrapped = row.getBuffer("wrapped_key").getBytes();
    try {
      KeyFactory factory = KeyFactory.getInstance("EC");
      return new SigningKey(
          id,
          (ECPublicKey)
              factory.generatePublic(
                  new X509EncodedKeySpec(row.getBuffer("public_key").getBytes())),
          factory.generatePrivate(new PKCS8EncodedKeySpec(masterKey.unwrap(name(id), wrapped))));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The signing key " + id + " is no P-256 key", e);
    }
  }

  /// Bound into the wrapping, so that a wrapped key cannot be put in another's place.
  private static String name(String id) {
    return "identity-signing-key/" + id;
  }

  private static KeyPair generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Expected P-256 in the JDK", e);
    }
  }
}
