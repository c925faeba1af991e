package dev.parley.search.story;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Asks the service over HTTP.
public record Client(String base, Tokens tokens) {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final ObjectMapper MAPPER = new ObjectMapper();

  public record Answer(int status, HttpResponse<String> response, JsonNode json) {
    public List<String> texts() {
      return each("text");
    }

    public List<String> ids() {
      return each("id");
    }

    public String code() {
      return json.path("code").asText();
    }

    private List<String> each(String field) {
      var values = new ArrayList<String>();
      json.path("hits").forEach(hit -> values.add(hit.path(field).asText()));
      return values;
    }
  }

  /// @param parameters name, value, name, value, ...
  public Answer search(UUID caller, String... parameters) {
    return get("/api/search/messages" + query(parameters), "Authorization", bearer(caller));
  }

  public Answer get(String path, String... headers) {
    return send("GET", path, headers);
  }

  public Answer send(String method, String path, String... headers) {
    try {
      var request =
          HttpRequest.newBuilder(URI.create(base + path))
              .method(method, HttpRequest.BodyPublishers.noBody());
      if (headers.length > 0) {
        request.headers(headers);
      }
      var response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
      var body = response.body();
      return new Answer(
          response.statusCode(), response, MAPPER.readTree(body.isEmpty() ? "null" : body));
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  public String bearer(UUID caller) {
    return "Bearer " + tokens.of(caller);
  }

  private static String query(String... parameters) {
    var query = new StringBuilder();
    for (int i = 0; i < parameters.length; i += 2) {
      query
          .append(i == 0 ? '?' : '&')
          .append(parameters[i])
          .append('=')
          .append(URLEncoder.encode(parameters[i + 1], StandardCharsets.UTF_8));
    }
    return query.toString();
  }
}
