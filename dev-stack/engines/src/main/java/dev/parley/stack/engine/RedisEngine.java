package dev.parley.stack.engine;

import dev.parley.stack.process.Launch;
import dev.parley.stack.process.Unit;
import dev.parley.stack.tls.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One Redis (or Valkey) server, 7 or newer.
///
/// @param identity null: in the clear; else over TLS alone, and for clients of the same authority
public record RedisEngine(int port, Path data, Path log, @Nullable Identity identity)
    implements Unit {

  private static final String MEMORY_MAX = "256mb";

  public RedisEngine(int port, Path data, Path log) {
    this(port, data, log, null);
  }

  @Override
  public String name() {
    return "redis";
  }

  public String url() {
    return (identity == null ? "redis" : "rediss") + "://127.0.0.1:" + port;
  }

  @Override
  public void prepare() throws IOException {
    Files.createDirectories(data);
    RedisBinary.locate();
  }

  @Override
  public Launch launch() {
    List<String> command =
        new ArrayList<>(
            List.of(
                RedisBinary.locate().toString(),
                identity == null ? "--port" : "--tls-port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--dir",
                data.toString(),
                // A cache, as in the chart: reading an old one back takes longer than doing
                // without.
                "--save",
                "",
                "--appendonly",
                "no",
                "--maxmemory",
                MEMORY_MAX,
                "--maxmemory-policy",
                "allkeys-lru"));
    if (identity != null) {
      command.addAll(
          List.of(
              "--port",
              "0",
              "--tls-ca-cert-file",
              identity.ca().toString(),
              "--tls-cert-file",
              identity.certificate().toString(),
              "--tls-key-file",
              identity.key().toString(),
              "--tls-auth-clients",
              "yes"));
    }
    return Launch.of(command, data, log);
  }

  @Override
  public boolean ready() {
    return Probes.redis(port, identity);
  }

  @Override
  public Duration startLimit() {
    return Duration.ofSeconds(90);
  }
}
