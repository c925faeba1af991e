package dev.parley.edge.wiring;

import dev.parley.schemas.content.Body;
import dev.parley.schemas.content.Content;
import dev.parley.schemas.event.EventData;
import dev.parley.schemas.id.Ids;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/// An edge with the real engines, and the rest of the world around it.
@QuarkusTestResource(EnginesResource.class)
abstract class EdgeTest {

  static World world;

  @TestHTTPResource("/ws")
  URI uri;

  @BeforeAll
  static void startWorld() throws IOException {
    world = new World();
  }

  @AfterAll
  static void closeWorld() throws InterruptedException {
    world.close();
  }

  final URI ws() {
    return URI.create(uri.toString().replaceFirst("^http", "ws"));
  }

  /// With a query string.
  final URI ws(String query) {
    return URI.create(ws() + "?" + query);
  }

  /// A socket of the person that has not resumed.
  final TestSocket open(UUID user) {
    return TestSocket.open(ws(), bearer(world.token(user)));
  }

  /// A socket of the person that gets live events.
  final TestSocket live(UUID user) {
    return liveAs(world.token(user));
  }

  final TestSocket liveAs(String token) {
    var socket = TestSocket.open(ws(), bearer(token));
    socket.send("resume", "{\"heads\":{}}");
    socket.push("live");
    return socket;
  }

  static Map<String, String> bearer(String token) {
    return Map.of("Authorization", "Bearer " + token);
  }

  static EventData text(String text) {
    return new EventData.MessageSent(
        Ids.uuid7(), new Body.Plain(new Content(text, List.of())), null, null, false);
  }
}
