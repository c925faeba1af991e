package dev.parley.stack.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.stack.command.CommandFailed;
import dev.parley.stack.plan.Encryption;
import dev.parley.stack.plan.Folders;
import dev.parley.stack.plan.Secrets;
import dev.parley.stack.supervise.StackState;
import dev.parley.stack.supervise.UnitState;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/// A replay in the service that owns the view. The service does the work and goes on if this
/// process is stopped; to start it again meanwhile means to watch it.
public final class Replay {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Map<String, String> OWNERS =
      Map.of("views", "projection-service", "search", "search-service");

  private final URI endpoint;
  private final String secret;
  private final HttpClient client;

  private Replay(URI endpoint, String secret, HttpClient client) {
    this.client = client;
    this.endpoint = endpoint;
    this.secret = secret;
  }

  /// The replay of one kind of view.
  ///
  /// @param what `views` or `search`
  public static Replay of(String what, StackState state, Folders folders) throws IOException {
    String owner = OWNERS.get(what);
    if (owner == null) {
      throw new CommandFailed("Only views and search can be replayed, not " + what + ".");
    }
    int port =
        state.units().stream()
            .filter(unit -> unit.name().equals(owner))
            .map(UnitState::port)
            .findFirst()
            .orElseThrow();
    Encryption encryption = Encryption.of(state.options(), folders);
    return new Replay(
        URI.create(encryption.http() + "://127.0.0.1:" + port + "/internal/replay"),
        Secrets.ofFolder(folders.secrets()).internal(),
        encryption.client(LIMIT));
  }

  /// Starts it and draws its progress until it is done; 0 when the new version is in service.
  public int start() throws IOException, InterruptedException {
    ask("POST", endpoint);
    ProgressBar bar = new ProgressBar(System.out);
    while (true) {
      JsonNode state = ask("GET", endpoint);
      bar.draw(state);
      String word = state.path("state").asText();
      if (word.equals("switched") || word.equals("failed") || word.equals("idle")) {
        bar.finish(state);
        return word.equals("switched") ? 0 : 1;
      }
      Thread.sleep(500);
    }
  }

  /// Puts the version before into service again.
  public int back() throws IOException, InterruptedException {
    JsonNode state = ask("POST", URI.create(endpoint + "/back"));
    System.out.println("Switched back: " + ProgressBar.versions(state));
    return 0;
  }

  private JsonNode ask(String method, URI uri) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .method(method, HttpRequest.BodyPublishers.noBody())
            .header("Parley-Internal", secret)
            .timeout(LIMIT)
            .build();
    HttpResponse<String> answer;
    try {
      answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (ConnectException e) {
      throw new CommandFailed("The service does not answer: ./parley status says why.");
    }
    if (answer.statusCode() == 409 && method.equals("POST") && uri.equals(endpoint)) {
      // It is running already, so it is watched.
      return JSON.createObjectNode();
    }
    if (answer.statusCode() / 100 != 2) {
      throw new CommandFailed(
          "The service refused (%d): %s".formatted(answer.statusCode(), detail(answer.body())));
    }
    return answer.body().isBlank() ? JSON.createObjectNode() : JSON.readTree(answer.body());
  }

  private static String detail(String body) {
    try {
      return JSON.readTree(body).path("detail").asText(body);
    } catch (IOException e) {
      return body;
    }
  }
}
