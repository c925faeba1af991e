package dev.parley.stack.engine;

import dev.parley.stack.process.Launch;
import dev.parley.stack.process.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// One Redis (or Valkey) server, 7 or newer.
public record RedisEngine(int port, Path data, Path log) implements Unit {

  @Override
  public String name() {
    return "redis";
  }

  public String url() {
    return "redis://127.0.0.1:" + port;
  }

  @Override
  public void prepare() throws IOException {
    Files.createDirectories(data);
    RedisBinary.locate();
  }

  @Override
  public Launch launch() {
    return Launch.of(
        List.of(
            RedisBinary.locate().toString(),
            "--port",
            Integer.toString(port),
            "--bind",
            "127.0.0.1",
            "--dir",
            data.toString(),
            "--save",
            "",
            "--appendonly",
            "yes"),
        data,
        log);
  }

  @Override
  public boolean ready() {
    return Probes.redis(port);
  }

  @Override
  public Duration startLimit() {
    return Duration.ofSeconds(90);
  }
}
