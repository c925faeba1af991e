package dev.parley.bench.path;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The stack that these tests run against, as the system properties describe it.
///
/// @param origin `parley.url`, the gateway
/// @param edges `parley.edges`, WebSocket addresses of two edges; one is used twice where there is
///   no other
/// @param kafka `parley.kafka`, bootstrap servers
/// @param data `parley.data`, the stack's folder
/// @param home `parley.home`, the checkout
public record RunningStack(URI origin, List<URI> edges, String kafka, Path data, Path home) {

  public static RunningStack here() {
    var origin = URI.create(required("parley.url"));
    var edges = Stream.of(required("parley.edges").split(",")).map(URI::create).toList();
    return new RunningStack(
        origin,
        edges.size() == 1 ? List.of(edges.getFirst(), edges.getFirst()) : edges,
        required("parley.kafka"),
        Path.of(required("parley.data")),
        Path.of(required("parley.home")));
  }

  private static String required(String property) {
    var value = System.getProperty(property);
    if (value == null || value.isEmpty()) {
      throw new IllegalStateException("Set -D" + property + "; ./parley test does");
    }
    return value;
  }
}
