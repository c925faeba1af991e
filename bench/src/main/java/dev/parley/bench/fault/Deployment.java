package dev.parley.bench.fault;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The stack of this machine that faults are carried out on.
///
/// @param data its folder, where its supervisor writes down what runs
public record Deployment(Path data, URI redis, URI elasticsearch) {

  /// As the commands of `./parley` tell it to the programs that they start.
  ///
  /// @throws IllegalArgumentException if this is no such program
  public static Deployment of(Map<String, String> environment) {
    return new Deployment(
        Path.of(required(environment.get("PARLEY_DATA"))),
        URI.create(required(environment.get("QUARKUS_REDIS_HOSTS"))),
        URI.create(required(environment.get("PARLEY_ELASTICSEARCH_URL"))));
  }

  private static String required(@Nullable String value) {
    if (value == null) {
      throw new IllegalArgumentException(
          "Faults are for a stack of this machine: start it with ./parley up, and leave out --url");
    }
    return value;
  }
}
