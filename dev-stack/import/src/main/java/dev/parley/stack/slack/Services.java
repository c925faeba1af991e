package dev.parley.stack.slack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.wire.Json;
import dev.parley.stack.slack.archive.SlackPerson;
import dev.parley.stack.slack.convert.Directory;
import dev.parley.stack.slack.convert.ParleyNames;
import dev.parley.stack.slack.convert.SlackIds;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// The operator's and the internal addresses of the services.
final class Services implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final int TRIES_MAX = 5;

  private final Settings settings;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  Services(Settings settings) {
    this.settings = settings;
  }

  /// @param created how many of them are new
  record PeopleAdded(int created, int existing) {}

  /// Adds people and notes who they are here.
  PeopleAdded importPeople(
      SlackIds ids, List<SlackPerson> people, Map<String, Directory.Entry> into) {
    ObjectNode body = Json.MAPPER.createObjectNode();
    ArrayNode list = body.putArray("people");
    for (SlackPerson person : people) {
      String name = ParleyNames.name(person.name(), person.id());
      list.addObject()
          .put("id", ids.person(person.id()).toString())
          .put("name", name)
          .put("display_name", ParleyNames.displayName(person.displayName(), name));
    }
    JsonNode answer =
        ask(
            "identity-service",
            request(settings.identity(), "/internal/people:import")
                .header("Parley-Operator", settings.operatorSecret())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build());
    JsonNode users = answer.path("users");
    for (int i = 0; i < people.size(); i++) {
      UUID id = Ids.required(users.path(i).path("id").asText(""));
      into.put(people.get(i).id(), new Directory.Entry(id, users.path(i).path("name").asText("")));
    }
    return new PeopleAdded(answer.path("created").asInt(), answer.path("existing").asInt());
  }

  /// The id of the account of this name.
  ///
  /// @throws ImportFailedException if there is none
  UUID account(String name) {
    JsonNode answer =
        ask(
            "identity-service",
            request(
                    settings.identity(),
                    "/internal/people?name=" + URLEncoder.encode(name, StandardCharsets.UTF_8))
                .header("Parley-Operator", settings.operatorSecret())
                .build());
    UUID id = Ids.parse(answer.path("users").path(0).path("id").asText(""));
    if (id == null) {
      throw new ImportFailedException(
          "There is no account named " + name + ": register it first, or leave --join out.");
    }
    return id;
  }

  Counts viewCounts() {
    return counts("projection-service", settings.projection());
  }

  Counts indexCounts() {
    return counts("search-service", settings.search());
  }

  @Override
  public void close() {
    http.close();
  }

  private Counts counts(String service, URI address) {
    JsonNode answer =
        ask(
            service,
            request(address, "/internal/counts")
                .header("Parley-Internal", settings.internalSecret())
                .build());
    return new Counts(
        answer.path("conversations").asLong(-1),
        answer.path("messages").asLong(-1),
        answer.path("imported_messages").asLong(-1));
  }

  private static HttpRequest.Builder request(URI address, String path) {
    return HttpRequest.newBuilder(URI.create(address + path)).timeout(TIMEOUT);
  }

  /// Every request may be sent again: adding people is idempotent, the others read.
  private JsonNode ask(String service, HttpRequest request) {
    String problem = "";
    for (int attempt = 1; attempt <= TRIES_MAX; attempt++) {
      try {
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() == 200) {
          return Json.MAPPER.readTree(response.body());
        }
        problem = "answers " + response.statusCode() + " " + detail(response.body());
        if (response.statusCode() < 500) {
          break;
        }
      } catch (JsonProcessingException e) {
        problem = "answers with something that is no JSON";
      } catch (IOException e) {
        problem = "does not answer";
      } catch (InterruptedException e) {
        throw interrupted();
      }
      pause(attempt);
    }
    throw new ImportFailedException(
        "%s at %s %s. See `./parley status` and `./parley logs %s`, then run the import again."
            .formatted(service, request.uri().resolve("/"), problem, service));
  }

  private static String detail(String body) {
    try {
      return Json.MAPPER.readTree(body).path("detail").asText("");
    } catch (JsonProcessingException e) {
      return "";
    }
  }

  private static void pause(int attempt) {
    try {
      Thread.sleep(Duration.ofMillis(200L << attempt));
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static ImportFailedException interrupted() {
    Thread.currentThread().interrupt();
    return new ImportFailedException("The import was stopped; run it again to go on.");
  }
}
