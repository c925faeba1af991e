package dev.parley.edge.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.schemas.content.Body;
import dev.parley.schemas.content.Content;
import dev.parley.schemas.event.EventData;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.wire.Json;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A whole edge with many sockets, and a Redis that loses 30 % of the pushes, forgets everything,
/// is killed, stays away, and comes back empty.
@QuarkusTest
@QuarkusTestResource(value = OwnRedis.class, restrictToAnnotatedClass = true)
class RedisOutageTest {

  private static final int PEOPLE = 40;
  private static final int GROUPS = 12;
  private static final int EVENTS_OF_A_PHASE = 200;
  private static final double LOSS = 0.3;

  private static World world;

  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final Map<UUID, Set<UUID>> members = new HashMap<>();
  private final Map<UUID, TestSocket> sockets = new HashMap<>();

  @TestHTTPResource("/ws")
  URI uri;

  @TestHTTPResource("/q/health")
  URI health;

  @BeforeAll
  static void startWorld() throws IOException {
    world = new World(OwnRedis.url());
  }

  @AfterAll
  static void closeWorld() throws InterruptedException {
    world.close();
  }

  @Test
  void nobodyMissesOrDoublesAnythingAndReadinessSaysWhatIsWrongWhileItIs() {
    System.out.println("RedisOutageTest seed " + seed);
    var losses = new Random(seed);
    world.losing = () -> losses.nextDouble() < LOSS;
    people();
    members.values().stream().flatMap(Set::stream).distinct().forEach(this::connect);
    awaitReadiness(200, "redis.pushes", "reached");

    append(EVENTS_OF_A_PHASE);
    awaitComplete();

    append(EVENTS_OF_A_PHASE / 2);
    world.flushRedis();
    append(EVENTS_OF_A_PHASE / 2);
    awaitComplete();

    append(EVENTS_OF_A_PHASE / 2);
    OwnRedis.kill();
    awaitReadiness(503, "redis.pushes", "away");
    awaitReadiness(503, "redis.tails", "away");
    assertThat(get("/live").statusCode()).isEqualTo(200);
    append(EVENTS_OF_A_PHASE);
    assertThat(sockets.values()).allMatch(TestSocket::isOpen);

    OwnRedis.startAgain();
    awaitReadiness(200, "redis.pushes", "reached");
    awaitComplete();
    append(EVENTS_OF_A_PHASE);
    awaitComplete();

    members.forEach(this::checkGroup);
    assertThat(sockets.values()).allMatch(TestSocket::isOpen);
    sockets.values().forEach(TestSocket::close);
  }

  @Test
  void readinessNamesViewsThatDoNotAnswer() {
    awaitReadiness(200, "views", "reached");
    world.viewsAnswer = false;
    awaitReadiness(503, "views", "away");
    world.viewsAnswer = true;
    awaitReadiness(200, "views", "reached");
  }

  private void people() {
    var people = new ArrayList<UUID>();
    for (var i = 0; i < PEOPLE; i++) {
      people.add(world.person());
    }
    for (var i = 0; i < GROUPS; i++) {
      var in = new LinkedHashSet<UUID>();
      while (in.size() < PEOPLE / 3) {
        in.add(people.get(random.nextInt(PEOPLE)));
      }
      members.put(world.group(in.toArray(UUID[]::new)), in);
    }
  }

  private void connect(UUID user) {
    var socket =
        TestSocket.open(
            URI.create(uri.toString().replaceFirst("^http", "ws")),
            Map.of("Authorization", "Bearer " + world.token(user)));
    socket.send("resume", "{}");
    socket.push("live");
    sockets.put(user, socket);
  }

  private void append(int events) {
    var groups = List.copyOf(members.keySet());
    for (var i = 0; i < events; i++) {
      var group = groups.get(random.nextInt(groups.size()));
      world.append(
          group,
          members.get(group).iterator().next(),
          new EventData.MessageSent(
              Ids.uuid7(), new Body.Plain(new Content("hi", List.of())), null, null, false));
    }
  }

  private void awaitComplete() {
    members.forEach((group, in) ->
        in.forEach(user ->
            Awaiting.until(
                "seed %d: %s has %s".formatted(seed, user, group),
                () -> lastSeq(user, group) >= world.head(group))));
  }

  private long lastSeq(UUID user, UUID group) {
    var seqs = seqs(user, group);
    return seqs.isEmpty() ? 0 : seqs.getLast();
  }

  private List<Long> seqs(UUID user, UUID group) {
    return sockets.get(user).rest().stream()
        .filter(frame -> frame.path("t").asText().equals("event"))
        .map(frame -> frame.path("d"))
        .filter(d -> d.path("conversation").asText().equals(group.toString()))
        .map(d -> d.path("seq").asLong())
        .toList();
  }

  /// From the snapshot on every seq once and in order.
  private void checkGroup(UUID group, Set<UUID> in) {
    for (var user : in) {
      // A round trip: whatever came twice would be here.
      sockets.get(user).ask("dance", "{}");
      assertThat(seqs(user, group))
          .as("seed %d: %s of %s", seed, group, user)
          .containsExactlyElementsOf(
              LongStream.rangeClosed(in.size() + 1L, world.head(group)).boxed().toList());
    }
  }

  private void awaitReadiness(int status, String what, String is) {
    Awaiting.until(
        "%s is %s".formatted(what, is),
        () -> {
          var answer = get("/ready");
          return answer.statusCode() == status && told(answer).path(what).asText().startsWith(is);
        });
  }

  private static JsonNode told(HttpResponse<String> answer) {
    try {
      for (var check : Json.MAPPER.readTree(answer.body()).path("checks")) {
        if (check.path("name").asText().equals("edge")) {
          return check.path("data");
        }
      }
      throw new AssertionError("No check of the edge in " + answer.body());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private HttpResponse<String> get(String path) {
    try (var client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create(health + path)).build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException failed) {
      throw new AssertionError(failed);
    }
  }
}
