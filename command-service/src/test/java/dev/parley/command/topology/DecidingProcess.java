package dev.parley.command.topology;

import dev.parley.command.CommandServiceConfig;
import dev.parley.stack.process.GuardedProcess;
import dev.parley.stack.process.JavaCommand;
import dev.parley.stack.process.Launch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;

/// A deciding node in a JVM of its own, to be killed.
final class DecidingProcess {

  private DecidingProcess() {}

  /// @param config settings of the service, then settings of Kafka Streams beginning with
  ///   `streams:`
  static GuardedProcess start(Map<String, String> config, Logs logs, Path log) throws IOException {
    List<String> command =
        new java.util.ArrayList<>(
            List.of(
                JavaCommand.executable(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                DecidingProcess.class.getName(),
                logs.commands(),
                logs.events(),
                logs.rejections()));
    config.forEach((key, value) -> command.add(key + "=" + value));
    return GuardedProcess.start(Launch.of(command, Path.of("").toAbsolutePath(), log));
  }

  static Properties properties(CommandServiceConfig config, Map<String, String> settings) {
    Properties properties = StreamsProperties.of(config, "node");
    settings.forEach((key, value) -> {
      if (key.startsWith("streams:")) {
        properties.put(key.substring("streams:".length()), value);
      }
    });
    return properties;
  }

  public static void main(String[] args) throws InterruptedException {
    Map<String, String> settings = new HashMap<>();
    for (int i = 3; i < args.length; i++) {
      int at = args[i].indexOf('=');
      settings.put(args[i].substring(0, at), args[i].substring(at + 1));
    }
    CommandServiceConfig config = TestConfig.of(settings);
    try (DecidingNode node =
        new DecidingNode(
            config, properties(config, settings), new Logs(args[0], args[1], args[2]))) {
      node.start();
      new CountDownLatch(1).await();
    }
  }
}
