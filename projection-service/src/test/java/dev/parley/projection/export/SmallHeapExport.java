package dev.parley.projection.export;

import dev.parley.projection.views.Postgres;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;

/// Writes one export to a file, as a process of its own whose heap is small.
final class SmallHeapExport {

  private static final Duration WAIT = Duration.ofSeconds(60);

  private SmallHeapExport() {}

  public static void main(String[] args) throws Exception {
    var vertx = Vertx.vertx();
    var options = PgConnectOptions.fromUri(args[0]).setUser(args[1]).setPassword(args[2]);
    var pool =
        PgBuilder.pool()
            .using(vertx)
            .connectingTo(options.setDatabase(args[3]))
            .with(new PoolOptions().setMaxSize(1))
            .build();
    var connection = Postgres.await(pool.getConnection(), WAIT);
    Postgres.await(connection.begin(), WAIT);
    try (OutputStream out = Files.newOutputStream(Path.of(args[5]))) {
      new Export(connection, "views_1", UUID.fromString(args[4]), 200, WAIT)
          .writeTo(out, "{}".getBytes(StandardCharsets.UTF_8));
    }
    vertx.close();
    System.exit(0);
  }
}
