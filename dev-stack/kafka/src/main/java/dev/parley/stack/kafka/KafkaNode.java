package dev.parley.stack.kafka;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;

/// Runs one broker: `KafkaNode <port> <controller port> <data directory> <ready file> [<settings of
/// TLS> <rules of access>]`. The ready file appears when the broker serves clients; SIGTERM stops
/// it in order.
public final class KafkaNode {

  private KafkaNode() {}

  public static void main(String[] args) throws Exception {
    if (args.length != 4 && args.length != 6) {
      throw new IllegalArgumentException(
          "Expected <port> <controller port> <data> <ready file> [<guard> <acls>], but got %d arguments"
              .formatted(args.length));
    }
    try {
      run(
          new BrokerSettings(
              Integer.parseInt(args[0]),
              Integer.parseInt(args[1]),
              Path.of(args[2]),
              args.length == 6 ? load(Path.of(args[4])) : new Properties()),
          Path.of(args[3]),
          args.length == 6 ? Path.of(args[5]) : null);
    } catch (Throwable failure) {
      // The broker leaves threads behind that would keep a failed start alive for ever.
      failure.printStackTrace();
      System.exit(1);
    }
  }

  private static void run(BrokerSettings settings, Path ready, @Nullable Path acls)
      throws Exception {
    Files.createDirectories(settings.data());
    KafkaConfig config = KafkaConfig.fromProps(settings.toProperties(), false);
    if (Files.notExists(settings.data().resolve("meta.properties"))) {
      format(settings);
    }
    if (PreviousIncarnation.wasKilled(settings.data())) {
      PreviousIncarnation.fence(settings);
    }
    KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "kafka-stop"));
    server.startup();
    if (acls != null) {
      AccessRules.put(acls, "127.0.0.1:" + settings.port(), settings.guard());
    }
    announce(ready, "127.0.0.1:" + settings.port());
    server.awaitShutdown();
  }

  private static Properties load(Path file) throws IOException {
    Properties properties = new Properties();
    try (var in = Files.newInputStream(file)) {
      properties.load(in);
    }
    return properties;
  }

  private static void format(BrokerSettings settings) throws Exception {
    new Formatter()
        .setNodeId(BrokerSettings.NODE)
        .setClusterId(clusterId(settings.data()))
        .setControllerListenerName(BrokerSettings.CONTROLLER)
        .setMetadataLogDirectory(settings.data().toString())
        .addDirectory(settings.data().toString())
        .setIgnoreFormatted(true)
        .setHasDynamicQuorum(false)
        .run();
  }

  /// Kept on disk before the storage is formatted, so that a start killed in between finds the same
  /// id again.
  private static String clusterId(Path data) throws IOException {
    Path file = data.resolveSibling("cluster-id");
    if (Files.notExists(file)) {
      Files.writeString(file, Uuid.randomUuid().toString());
    }
    return Files.readString(file).strip();
  }

  private static void stop(KafkaRaftServer server) {
    server.shutdown();
    server.awaitShutdown();
  }

  private static void announce(Path ready, String address) throws IOException {
    Path partial = ready.resolveSibling(ready.getFileName() + ".tmp");
    Files.writeString(partial, address);
    Files.move(partial, ready, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
