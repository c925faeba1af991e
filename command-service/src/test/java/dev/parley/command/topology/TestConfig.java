package dev.parley.command.topology;

import dev.parley.command.CommandServiceConfig;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;

/// The service's settings without the service.
final class TestConfig {

  private TestConfig() {}

  static CommandServiceConfig of(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.putIfAbsent("parley.kafka.bootstrap-servers", "127.0.0.1:1");
    all.putIfAbsent("parley.decider.threads", "1");
    all.putIfAbsent("parley.decider.standby-replicas", "0");
    return new SmallRyeConfigBuilder()
        .addDiscoveredConverters()
        .withMapping(CommandServiceConfig.class)
        .withSources(new PropertiesConfigSource(all, "test", 100))
        .build()
        .getConfigMapping(CommandServiceConfig.class);
  }
}
