package dev.parley.projection.testing;

import dev.parley.projection.config.ProjectionConfig;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;

/// The settings of the service with their defaults, for parts that are tested without it.
public final class TestLimits {

  private static final int PRIORITY = 200;

  private TestLimits() {}

  /// @param changed settings that differ from the defaults
  public static ProjectionConfig with(Map<String, String> changed) {
    return new SmallRyeConfigBuilder()
        .withConverter(Duration.class, PRIORITY, new DurationConverter())
        .withMapping(ProjectionConfig.class)
        .withDefaultValues(changed)
        .build()
        .getConfigMapping(ProjectionConfig.class);
  }
}
