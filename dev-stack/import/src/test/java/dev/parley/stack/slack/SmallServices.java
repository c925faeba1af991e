package dev.parley.stack.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parley.log.PublisherConfig;
import dev.parley.log.RecordPublisher;
import dev.parley.schemas.content.ContentKey;
import dev.parley.schemas.content.MasterKey;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.topic.Topics;
import dev.parley.schemas.user.UserCodec;
import dev.parley.schemas.user.UserProfile;
import dev.parley.schemas.wire.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/// What an import needs of the other services, in memory; people go into the real log.
final class SmallServices implements AutoCloseable {

  private final HttpServer server;
  private final RecordPublisher publisher;
  private final MasterKey masterKey;
  private final Set<UUID> people = new HashSet<>();

  /// What views and index claim to hold.
  final AtomicLong imported = new AtomicLong();

  SmallServices(String bootstrap, MasterKey masterKey) throws IOException {
    this.masterKey = masterKey;
    this.publisher = new RecordPublisher(PublisherConfig.of(bootstrap, "small-services"));
    publisher.prepare(Topics.USERS, Duration.ofSeconds(10));
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/internal/people:import", this::importPeople);
    server.createContext("/internal/counts", this::counts);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    publisher.close();
  }

  private void importPeople(HttpExchange exchange) throws IOException {
    JsonNode bulk = Json.MAPPER.readTree(exchange.getRequestBody().readAllBytes());
    int created = 0;
    for (JsonNode person : bulk.path("people")) {
      UUID id = Ids.required(person.path("id").asText());
      if (people.add(id)) {
        created++;
        UserProfile profile =
            new UserProfile(
                id,
                1,
                person.path("name").asText(),
                person.path("display_name").asText(),
                1,
                masterKey.wrap(id, ContentKey.random()),
                false,
                true);
        publisher.publish(Topics.USERS, id.toString(), UserCodec.encode(profile));
      }
    }
    ObjectNode answer = Json.MAPPER.createObjectNode();
    answer.put("created", created).put("existing", bulk.path("people").size() - created);
    answer.set("users", bulk.path("people"));
    answer(exchange, answer);
  }

  private void counts(HttpExchange exchange) throws IOException {
    answer(
        exchange,
        Json.MAPPER
            .createObjectNode()
            .put("conversations", 1)
            .put("messages", imported.get())
            .put("imported_messages", imported.get()));
  }

  private static void answer(HttpExchange exchange, ObjectNode body) throws IOException {
    byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
