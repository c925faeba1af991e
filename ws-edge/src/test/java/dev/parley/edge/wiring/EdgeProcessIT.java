package dev.parley.edge.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.log.TopicAdmin;
import dev.parley.schemas.content.MasterKey;
import dev.parley.schemas.id.Ids;
import dev.parley.stack.process.GuardedProcess;
import dev.parley.stack.process.Launch;
import dev.parley.stack.process.Ports;
import dev.parley.stack.test.TestEngines;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/// The packaged edge, with a small heap, in a process of its own. One connection that sends as fast
/// as it can neither ends it nor grows its memory; a signal to end is followed in good order.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EdgeProcessIT {

  private static final int FRAME_BYTES = 32 * 1024;
  private static final int FRAMES = 20_000;
  private static final int HEAP_MB = 128;
  private static final Path APPLICATION = Path.of("target/quarkus-app/quarkus-run.jar");

  private static GuardedProcess edge;
  private static World world;
  private static URI uri;

  @BeforeAll
  static void startEdge() throws Exception {
    var bootstrap = TestEngines.kafka().bootstrapServers();
    TopicAdmin.ensure(bootstrap, 4, (short) 1, Duration.ofSeconds(60));
    var services = Ports.free();
    System.setProperty(EnginesResource.PORT, Integer.toString(services));
    System.setProperty(EnginesResource.MASTER_KEY, MasterKey.randomBase64());
    world = new World();
    var port = Ports.free();
    uri = URI.create("ws://127.0.0.1:" + port + "/ws");
    edge =
        GuardedProcess.start(
            Launch.of(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx" + HEAP_MB + "m",
                    "-XX:MaxDirectMemorySize=64m",
                    "-XX:+ExitOnOutOfMemoryError",
                    "-Dquarkus.http.port=" + port,
                    "-Dparley.node=flooded",
                    "-Dparley.kafka.bootstrap-servers=" + bootstrap,
                    "-Dquarkus.redis.hosts=" + TestEngines.redis().url(),
                    "-Dparley.projection.url=http://127.0.0.1:" + services,
                    "-Dmp.jwt.verify.publickey.location=http://127.0.0.1:"
                        + services
                        + "/.well-known/jwks.json",
                    "-Dparley.master-key=" + System.getProperty(EnginesResource.MASTER_KEY),
                    "-Dparley.internal-secret=" + EnginesResource.SECRET,
                    "-jar",
                    APPLICATION.toAbsolutePath().toString()),
                Path.of("target").toAbsolutePath(),
                Path.of("target/flood-edge.log").toAbsolutePath()));
    awaitReady(port);
  }

  @AfterAll
  static void stopEdge() throws Exception {
    edge.kill();
    world.close();
  }

  @Test
  void aFloodBeforeAuthenticationIsCutOff() throws Exception {
    assertThat(flood("", "{\"id\":1,\"t\":\"auth\",\"d\":{\"x\":\"%s\"}}")).hasValue(4029);
    assertHealthy("before authentication");
  }

  @Test
  void aFloodOfMessagesIsHeldBackAndCutOff() throws Exception {
    var user = world.person();
    var group = world.group(user);
    var closed =
        flood(
            world.token(user),
            "{\"id\":1,\"t\":\"send\",\"d\":{\"conversation\":\"%s\",\"message_id\":\"%s\",\"text\":\"%%s\"}}"
                .formatted(group, Ids.uuid7()));
    assertThat(closed).hasValue(4029);
    assertHealthy("authenticated");
  }

  @Test
  void aFloodOfPingsWhosePongsNobodyReadsIsHeldBack() throws Exception {
    var ping = RawSocket.frame(0x89, new byte[125]);
    var many = new byte[ping.length * 100];
    for (var i = 0; i < 100; i++) {
      System.arraycopy(ping, 0, many, i * ping.length, ping.length);
    }
    try (var socket = RawSocket.open(uri, world.token(world.person()))) {
      var writer =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  for (var i = 0; i < 20_000; i++) {
                    socket.write(many);
                  }
                } catch (IOException cutOff) {
                  // What the edge is expected to do, sooner or later.
                }
              });
      writer.join(Duration.ofSeconds(5));
      assertHealthy("pings");
    }
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void aNodeThatGoesDownAnswersFirstAndTellsEveryoneToComeBack() throws Exception {
    var user = world.person();
    var group = world.group(user);
    var socket =
        TestSocket.open(
            uri, Map.of("Authorization", "Bearer " + world.token(user)), "parley.v1.json");
    socket.send("resume", "{}");
    socket.push("live");
    world.deciding = false;
    var frame =
        socket.send(
            "send",
            "{\"conversation\":\"%s\",\"message_id\":\"%s\",\"text\":\"last\"}"
                .formatted(group, Ids.uuid7()));
    socket.ask("dance", "{}");

    var stopping = Thread.ofVirtual().start(edge::stop);
    var reconnect = socket.push("reconnect");
    assertThatThrownBy(() -> TestSocket.open(uri)).rootCause().hasMessageContaining("503");
    world.deciding = true;
    var answer = socket.await(f -> f.path("id").asInt() == frame && !f.has("t"));

    assertThat(reconnect.path("reason").asText()).isEqualTo("drain");
    assertThat(answer.path("ok").path("seq").asLong()).isEqualTo(2);
    assertThat(socket.closeCode()).isEqualTo(4001);
    stopping.join(Duration.ofSeconds(20));
    assertThat(edge.isAlive()).isFalse();
  }

  /// Sends frames as fast as they are taken, while it reads what comes; the code of the close.
  private static OptionalInt flood(String token, String frame) throws Exception {
    var filler = "a".repeat(FRAME_BYTES - frame.length());
    var bytes = RawSocket.frame(0x81, frame.formatted(filler).getBytes(StandardCharsets.UTF_8));
    try (var socket = RawSocket.open(uri, token)) {
      var writer =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  for (var i = 0; i < FRAMES; i++) {
                    socket.write(bytes);
                  }
                } catch (IOException cutOff) {
                  // What the edge is expected to do, sooner or later.
                }
              });
      var code = socket.readToEnd();
      writer.join(Duration.ofSeconds(5));
      return code;
    }
  }

  private static void assertHealthy(String flood) throws IOException {
    var residentMb = residentMb();
    System.out.printf("Flood %s: edge %d MB resident, heap %d MB%n", flood, residentMb, HEAP_MB);
    assertThat(edge.isAlive()).isTrue();
    assertThat(residentMb).isLessThan(HEAP_MB + 300);
    var other = TestSocket.open(uri);
    assertThat(other.push("hello").path("epoch").asText()).isEqualTo("e1");
    assertThat(
            other
                .ask("auth", "{\"token\":\"%s\"}".formatted(world.token(UUID.randomUUID())))
                .has("ok"))
        .isTrue();
    other.close();
  }

  private static long residentMb() throws IOException {
    for (var line : Files.readAllLines(Path.of("/proc/" + edge.pid() + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
      }
    }
    return 0;
  }

  private static void awaitReady(int port) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/q/health/ready")).build();
    var deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    var tries = new ArrayList<String>();
    while (System.nanoTime() < deadline) {
      try {
        var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() == 200) {
          return;
        }
        tries.add(answer.body());
      } catch (IOException notYet) {
        tries.add(notYet.toString());
      }
      Thread.sleep(Duration.ofMillis(200));
    }
    throw new AssertionError("The edge is not ready: " + tries.getLast());
  }
}
