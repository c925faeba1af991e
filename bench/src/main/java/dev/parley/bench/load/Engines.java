package dev.parley.bench.load;

import dev.parley.log.KafkaConnection;
import dev.parley.schemas.content.MasterKey;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/// What rows need besides the doors: the engines and secrets of the stack, as `./parley bench` puts
/// them into the environment. An own deployment is measured without the rows that ask for them.
///
/// @param environment of this process
public record Engines(Map<String, String> environment) {

  public KafkaConnection kafka() {
    return KafkaConnection.of(required("PARLEY_KAFKA_BOOTSTRAP_SERVERS"), environment);
  }

  /// Messages that are appended to the log past the doors are sealed as at a door.
  MasterKey masterKey() {
    return MasterKey.ofBase64(required("PARLEY_MASTER_KEY"));
  }

  URI projection() {
    return URI.create(required("PARLEY_PROJECTION_URL"));
  }

  URI search() {
    return URI.create(required("PARLEY_SEARCH_URL"));
  }

  String internalSecret() {
    return required("PARLEY_INTERNAL_SECRET");
  }

  public Optional<URI> redis() {
    return Optional.ofNullable(environment.get("QUARKUS_REDIS_HOSTS"))
        .map(URI::create)
        .filter(address -> address.getScheme().equals("redis"));
  }

  public URI elasticsearch() {
    return URI.create(required("PARLEY_ELASTICSEARCH_URL"));
  }

  /// Of the driver that [dev.parley.bench.limit.RawCopy] uses.
  public String postgres() {
    return "jdbc:"
        + required("QUARKUS_DATASOURCE_REACTIVE_URL")
        + "?user="
        + required("QUARKUS_DATASOURCE_USERNAME")
        + "&password="
        + required("QUARKUS_DATASOURCE_PASSWORD");
  }

  private String required(String variable) {
    return Optional.ofNullable(environment.get(variable))
        .orElseThrow(() ->
            new IllegalStateException(
                "This row asks the engines of the stack, and "
                    + variable
                    + " is not set: ./parley bench sets it"));
  }
}
