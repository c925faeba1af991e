package dev.parley.stack.engine;

import dev.parley.stack.process.AotCache;
import dev.parley.stack.process.Checkout;
import dev.parley.stack.process.JavaCommand;
import dev.parley.stack.process.Launch;
import dev.parley.stack.process.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One Kafka broker that is its own controller.
///
/// @param data holds `log`, the cluster id and the ready file
/// @param guard null: anybody may do anything, in the clear
public record KafkaEngine(
    int port,
    int controllerPort,
    Path data,
    Path log,
    int heapMegabytes,
    @Nullable KafkaGuard guard)
    implements Unit {

  public KafkaEngine(int port, int controllerPort, Path data, Path log, int heapMegabytes) {
    this(port, controllerPort, data, log, heapMegabytes, null);
  }

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
    if (guard != null) {
      guard.write(settingsFile());
    }
  }

  @Override
  public Launch launch() {
    Path lib = Checkout.root().resolve("dev-stack/kafka/target/kafka/lib");
    List<String> command =
        new ArrayList<>(
            List.of(
                JavaCommand.executable(),
                // Left alone, the young generation of a small heap is collected three times a
                // second.
                "-Xms192m",
                "-Xmn96m",
                "-Xmx" + heapMegabytes + "m",
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "-XX:+ExitOnOutOfMemoryError",
                "-Djava.awt.headless=true",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(AotCache.flags(name()));
    command.addAll(
        List.of(
            "-cp",
            JavaCommand.classPath(lib),
            "dev.parley.stack.kafka.KafkaNode",
            Integer.toString(port),
            Integer.toString(controllerPort),
            data.resolve("log").toString(),
            readyFile().toString()));
    if (guard != null) {
      command.add(settingsFile().toString());
      command.add(guard.acls().toString());
    }
    return Launch.of(command, data, log);
  }

  @Override
  public boolean ready() {
    return Files.exists(readyFile()) && (guard == null ? Probes.kafka(port) : Probes.accepts(port));
  }

  @Override
  public Duration startLimit() {
    return Duration.ofSeconds(240);
  }

  private Path settingsFile() {
    return data.resolve("guard.properties");
  }

  private Path readyFile() {
    return data.resolve("ready");
  }
}
