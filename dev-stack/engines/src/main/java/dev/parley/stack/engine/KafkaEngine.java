package dev.parley.stack.engine;

import dev.parley.stack.process.Checkout;
import dev.parley.stack.process.JavaCommand;
import dev.parley.stack.process.Launch;
import dev.parley.stack.process.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// One Kafka broker that is its own controller.
///
/// @param data holds `log`, the cluster id and the ready file
public record KafkaEngine(int port, int controllerPort, Path data, Path log, int heapMegabytes)
    implements Unit {

  @Override
  public String name() {
    return "kafka";
  }

  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  @Override
  public void prepare() throws IOException {
    Files.createDirectories(data);
    Files.deleteIfExists(readyFile());
  }

  @Override
  public Launch launch() {
    Path lib = Checkout.root().resolve("dev-stack/kafka/target/kafka/lib");
    return Launch.of(
        List.of(
            JavaCommand.executable(),
            "-Xms64m",
            "-Xmx" + heapMegabytes + "m",
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "-XX:+ExitOnOutOfMemoryError",
            "-Djava.awt.headless=true",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            JavaCommand.classPath(lib),
            "dev.parley.stack.kafka.KafkaNode",
            Integer.toString(port),
            Integer.toString(controllerPort),
            data.resolve("log").toString(),
            readyFile().toString()),
        data,
        log);
  }

  @Override
  public boolean ready() {
    return Files.exists(readyFile()) && Probes.kafka(port);
  }

  @Override
  public Duration startLimit() {
    return Duration.ofSeconds(240);
  }

  private Path readyFile() {
    return data.resolve("ready");
  }
}
