package dev.parley.edge.wiring;

import dev.parley.stack.engine.RedisEngine;
import dev.parley.stack.process.GuardedProcess;
import dev.parley.stack.process.Ports;
import dev.parley.stack.process.Starter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;

/// The engines, with a Redis of its own that can be killed.
public final class OwnRedis extends EnginesResource {

  private static final String URL = "parley.test.own-redis.url";
  private static final String PORT_KEY = "parley.test.own-redis.port";

  private static GuardedProcess process;

  /// After the engines that all tests have, so that this Redis is the one that counts.
  @Override
  public int order() {
    return 1;
  }

  @Override
  public Map<String, String> start() {
    var port = Ports.free();
    System.setProperty(PORT_KEY, Integer.toString(port));
    System.setProperty(URL, "redis://127.0.0.1:" + port);
    startAgain();
    var config = new HashMap<>(super.start());
    config.put("parley.edge.away-grace", "200ms");
    config.put("parley.edge.linger", "1s");
    return config;
  }

  @Override
  String redisUrl() {
    return url();
  }

  @Override
  public void stop() {
    kill();
  }

  static String url() {
    return System.getProperty(URL);
  }

  /// As by kill -9.
  static void kill() {
    process.kill();
  }

  /// With whatever it had kept, which need not be all or anything.
  static void startAgain() {
    try {
      var folder = Files.createTempDirectory("own-redis");
      process =
          Starter.startAndWait(
              new RedisEngine(Integer.getInteger(PORT_KEY), folder, folder.resolve("redis.log")));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }
}
