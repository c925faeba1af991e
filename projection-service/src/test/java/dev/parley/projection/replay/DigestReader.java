package dev.parley.projection.replay;

import dev.parley.projection.testing.TestDatabase;
import dev.parley.projection.views.Postgres;
import java.time.Duration;

/// Digests of versions, for tests of other packages.
public final class DigestReader {

  private DigestReader() {}

  public static Record of(TestDatabase database, int version) {
    var connection = Postgres.await(database.pool().getConnection(), Duration.ofSeconds(10));
    try {
      return Digest.of(connection, version);
    } finally {
      connection.close();
    }
  }
}
