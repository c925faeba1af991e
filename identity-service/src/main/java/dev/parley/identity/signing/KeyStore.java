package dev.parley.identity.signing;

import dev.parley.schemas.content.MasterKey;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// The signing keys as the database has them: their private halves under the master key.
@ApplicationScoped
class KeyStore {

  /// Any number that no other advisory lock of this database uses.
  private static final long LOCK = 0x7061_726c_6579_0001L;

  /// Strong enough for a key that is changed every month.
  private static final int RSA_BITS = 2_048;

  private final Pool pool;
  private final MasterKey masterKey;

  KeyStore(Pool pool, MasterKey masterKey) {
    this.pool = pool;
    this.masterKey = masterKey;
  }

  /// Does something that one instance at a time may do.
  <T> Uni<T> alone(Function<SqlConnection, Uni<T>> work) {
    return pool.withTransaction(connection ->
        connection
            .preparedQuery("select pg_advisory_xact_lock($1)")
            .execute(Tuple.of(LOCK))
            .chain(() -> work.apply(connection)));
  }

  /// All keys, the one that signs latest first.
  Uni<List<SigningKey>> read(Map<String, SigningKey> known) {
    return read(pool, known);
  }

  /// @param known keys that need not be unwrapped again
  Uni<List<SigningKey>> read(SqlClient client, Map<String, SigningKey> known) {
    return client
        .query(
            "select id, algorithm, public_key, wrapped_key, signs_from_ms from identity.signing_key"
                + " order by signs_from_ms desc, id")
        .execute()
        .map(rows ->
            StreamSupport.stream(rows.spliterator(), false)
                .map(row -> {
                  SigningKey before = known.get(row.getString("id"));
                  return before != null && before.signsFromMillis() == row.getLong("signs_from_ms")
                      ? before
                      : unwrapped(row);
                })
                .toList());
  }

  /// A new key, that everybody has by the time it signs.
  Uni<SigningKey> create(SqlConnection connection, long nowMillis, long signsFromMillis) {
    String id = UUID.randomUUID().toString();
    KeyPair pair = generate();
    return connection
        .preparedQuery(
            """
            insert into identity.signing_key
              (id, public_key, wrapped_key, created_at_ms, signs_from_ms, algorithm)
            values ($1, $2, $3, $4, $5, $6)
            """)
        .execute(
            Tuple.of(
                id,
                Buffer.buffer(pair.getPublic().getEncoded()),
                Buffer.buffer(masterKey.wrap(name(id), pair.getPrivate().getEncoded())),
                nowMillis,
                signsFromMillis,
                pair.getPublic().getAlgorithm()))
        .map(_ -> new SigningKey(id, pair.getPublic(), pair.getPrivate(), signsFromMillis));
  }

  /// Puts the keys that a previous master key wraps under the current one.
  ///
  /// @return how many there were
  Uni<Integer> rewrap() {
    return alone(connection ->
        connection
            .query("select id, wrapped_key from identity.signing_key")
            .execute()
            .chain(rows ->
                Multi.createFrom()
                    .items(StreamSupport.stream(rows.spliterator(), false).filter(this::isOld))
                    .onItem()
                    .transformToUniAndConcatenate(row -> rewrap(connection, row))
                    .collect()
                    .with(Collectors.counting())
                    .map(Math::toIntExact)));
  }

  private boolean isOld(Row row) {
    return !masterKey.isCurrent(name(row.getString("id")), row.getBuffer("wrapped_key").getBytes());
  }

  private Uni<String> rewrap(SqlConnection connection, Row row) {
    String id = row.getString("id");
    byte[] plain = masterKey.unwrap(name(id), row.getBuffer("wrapped_key").getBytes());
    return connection
        .preparedQuery("update identity.signing_key set wrapped_key = $2 where id = $1")
        .execute(Tuple.of(id, Buffer.buffer(masterKey.wrap(name(id), plain))))
        .replaceWith(id);
  }

  Uni<Void> delete(SqlConnection connection, Collection<SigningKey> keys) {
    return connection
        .preparedQuery("delete from identity.signing_key where id = any($1)")
        .execute(Tuple.of(keys.stream().map(SigningKey::id).toArray(String[]::new)))
        .replaceWithVoid();
  }

  private SigningKey unwrapped(Row row) {
    String id = row.getString("id");
    byte[] wrapped = row.getBuffer("wrapped_key").getBytes();
    try {
      KeyFactory factory = KeyFactory.getInstance(row.getString("algorithm"));
      return new SigningKey(
          id,
          factory.generatePublic(new X509EncodedKeySpec(row.getBuffer("public_key").getBytes())),
          factory.generatePrivate(new PKCS8EncodedKeySpec(masterKey.unwrap(name(id), wrapped))),
          row.getLong("signs_from_ms"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The signing key " + id + " is no key of its algorithm", e);
    }
  }

  /// Bound into the wrapping, so that a wrapped key cannot be put in another's place.
  private static String name(String id) {
    return "identity-signing-key/" + id;
  }

  private static KeyPair generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(SigningKey.RSA);
      generator.initialize(RSA_BITS);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Expected RSA in the JDK", e);
    }
  }
}
