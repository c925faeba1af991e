package dev.parley.stack.engine;

import dev.parley.stack.process.Launch;
import dev.parley.stack.process.Unit;
import dev.parley.stack.tls.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One Postgres server with one database and one user, who owns it.
///
/// @param data the cluster, made at the first start
/// @param identity null: in the clear; else over TLS alone
/// @param durability what a power cut may cost; a killed process never costs anything
public record PostgresEngine(
    int port,
    Path data,
    Path log,
    String database,
    String user,
    String password,
    Durability durability,
    @Nullable Identity identity)
    implements Unit {

  public PostgresEngine(
      int port,
      Path data,
      Path log,
      String database,
      String user,
      String password,
      Durability durability) {
    this(port, data, log, database, user, password, durability, null);
  }

  /// Whether a commit waits for the disk.
  public enum Durability {
    DURABLE,
    /// For tests: quicker, and safe against anything but a crash of the machine.
    VOLATILE
  }

  @Override
  public String name() {
    return "postgres";
  }

  public String reactiveUrl() {
    return "postgresql://127.0.0.1:%d/%s".formatted(port, database);
  }

  public String jdbcUrl() {
    return "jdbc:" + reactiveUrl();
  }

  @Override
  public void prepare() throws IOException {
    if (Files.notExists(data.resolve("PG_VERSION"))) {
      PostgresCluster.create(data, database, user, password);
    }
    if (identity != null) {
      Files.writeString(rulesFile(), "hostssl all all 127.0.0.1/32 scram-sha-256\n");
    }
  }

  @Override
  public Launch launch() {
    List<String> command = new ArrayList<>(PostgresBinaries.command("postgres"));
    command.addAll(List.of("-D", data.toString()));
    settings().forEach((key, value) -> command.addAll(List.of("-c", key + "=" + value)));
    return new Launch(command, Map.of(), data, log, Launch.StopSignal.INT, 30);
  }

  private Map<String, String> settings() {
    String sync = durability == Durability.DURABLE ? "on" : "off";
    Map<String, String> settings = new HashMap<>(usual(sync));
    if (identity != null) {
      settings.put("ssl", "on");
      settings.put("ssl_cert_file", identity.certificate().toString());
      settings.put("ssl_key_file", identity.key().toString());
      settings.put("hba_file", rulesFile().toString());
    }
    return settings;
  }

  private Path rulesFile() {
    return data.resolve("tls_only.conf");
  }

  private Map<String, String> usual(String sync) {
    return Map.of(
        "port", Integer.toString(port),
        "listen_addresses", "127.0.0.1",
        // No socket file: its path would be too long in a deep folder, and nobody uses it.
        "unix_socket_directories", "",
        "max_connections", "100",
        "shared_buffers", "128MB",
        "fsync", sync,
        "synchronous_commit", sync,
        "full_page_writes", sync,
        "log_checkpoints", "off");
  }

  @Override
  public boolean ready() {
    return Probes.postgres(port, user, database, identity);
  }

  @Override
  public Duration startLimit() {
    return Duration.ofSeconds(180);
  }
}
