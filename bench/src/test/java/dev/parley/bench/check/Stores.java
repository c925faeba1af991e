package dev.parley.bench.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.schemas.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;

/// The engines under a stack, past all services: for somebody who has no business there.
final class Stores implements AutoCloseable {

  private static final int NAME = 0;
  private static final int PORT = 3;

  private final Path state;
  private final HttpClient http = HttpClient.newHttpClient();

  /// @param data the stack's folder
  Stores(Path data) {
    state = data.resolve("run/state");
  }

  /// @return rows that were changed
  int update(String sql, Object... parameters) throws SQLException, IOException {
    var url = "jdbc:postgresql://127.0.0.1:" + port("postgres") + "/parley";
    try (var connection = DriverManager.getConnection(url, "parley", "parley");
        var statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      return statement.executeUpdate();
    }
  }

  /// The document of a message: `_index`, `_id`, `_routing`, `_version`, `_source`.
  JsonNode document(UUID message) throws IOException, InterruptedException {
    var query = "{\"version\":true,\"query\":{\"term\":{\"id\":\"" + message + "\"}}}";
    return index("POST", "/parley-messages/_search", query).path("hits").path("hits").path(0);
  }

  void deleteDocument(JsonNode document) throws IOException, InterruptedException {
    index("DELETE", path(document) + "?refresh=true" + routing(document), "");
  }

  /// As it was; its deletion counts as a version.
  void putDocument(JsonNode document) throws IOException, InterruptedException {
    var version = "&version_type=external_gte&version=" + (document.path("_version").asLong() + 1);
    index(
        "PUT",
        path(document) + "?refresh=true" + version + routing(document),
        document.path("_source").toString());
  }

  @Override
  public void close() {
    http.close();
  }

  private JsonNode index(String method, String path, String body)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port("elasticsearch") + path))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build();
    var response = http.send(request, BodyHandlers.ofString());
    if (response.statusCode() >= 300) {
      throw new IOException("Expected success, but got " + response.body());
    }
    return Json.MAPPER.readTree(response.body());
  }

  private static String path(JsonNode document) {
    return "/"
        + document.path("_index").asText()
        + "/_doc/"
        + URLEncoder.encode(document.path("_id").asText(), StandardCharsets.UTF_8);
  }

  private static String routing(JsonNode document) {
    return document.has("_routing") ? "&routing=" + document.path("_routing").asText() : "";
  }

  private int port(String engine) throws IOException {
    try (var lines = Files.lines(state)) {
      return lines
          .map(line -> line.split("\t", -1))
          .filter(fields -> fields[NAME].equals(engine))
          .map(fields -> Integer.parseInt(fields[PORT]))
          .findFirst()
          .orElseThrow();
    }
  }
}
