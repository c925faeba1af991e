package dev.parley.stack.engine;

import dev.parley.stack.process.Checkout;
import dev.parley.stack.process.JavaCommand;
import dev.parley.stack.process.Launch;
import dev.parley.stack.process.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
    var command =
        JavaCommand.withHeap(heapMegabytes)
            // Left alone, the young generation of a small heap is collected three times a second.
            .flags("-Xms192m", "-Xmn96m", "-Djava.awt.headless=true")
            .learning(name())
            .main(lib, "dev.parley.stack.kafka.KafkaNode")
            .arguments(port, controllerPort, data.resolve("log"), readyFile());
    if (guard != null) {
      command.arguments(settingsFile(), guard.acls());
    }
    return Launch.of(command.line(), data, log);
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
