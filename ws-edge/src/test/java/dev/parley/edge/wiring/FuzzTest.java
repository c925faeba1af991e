package dev.parley.edge.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.wire.ClientFrame;
import dev.parley.schemas.wire.CloseCode;
import dev.parley.schemas.wire.Json;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever a client sends is answered by an error or a close of the table. The node logs no stack
/// trace, and another session on it goes on as if nothing was.
@QuarkusTest
class FuzzTest extends EdgeTest {

  private static final int FRAMES_OF_A_TYPE = 40;
  private static final int FRAMES_AT_ONCE = 4_000;
  private static final List<Integer> CODES =
      Arrays.stream(CloseCode.values()).map(CloseCode::code).toList();

  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final Queue<LogRecord> traces = new ConcurrentLinkedQueue<>();
  private final Handler log = new TraceLog(traces);
  private UUID bystander;
  private UUID group;
  private TestSocket other;
  private long seen;

  @BeforeEach
  void bystander() {
    Logger.getLogger("").addHandler(log);
    bystander = world.person();
    group = world.group(bystander);
    other = live(bystander);
    seen = world.head(group);
  }

  @AfterEach
  void unharmed() {
    Logger.getLogger("").removeHandler(log);
    checkBystander();
    other.close();
    assertThat(traces).as("seed " + seed).extracting(LogRecord::getMessage).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(ClientFrame.class)
  void framesOfEveryTypeAreAnsweredOrEndTheSessionByTheTable(ClientFrame type) {
    System.out.println("FuzzTest seed " + seed);
    var user = world.person();
    var own = world.group(user, bystander);
    seen = world.head(group);
    var socket = live(user);
    var asked = new ArrayList<Integer>();
    for (var i = 1; i <= FRAMES_OF_A_TYPE; i++) {
      var frame = frame(type, i, own);
      if (!sent(socket, frame)) {
        break;
      }
      if (frame.path("id").asInt() == i && type != ClientFrame.PONG) {
        asked.add(i);
      }
    }
    Awaiting.until(
        "seed %d: answers to %s".formatted(seed, asked),
        () -> !socket.isOpen() || answered(socket) >= asked.size());
    if (!socket.isOpen()) {
      assertThat(socket.closeCode()).as("seed " + seed).isIn(CODES);
    }
    socket.close();
  }

  static List<Supplier<byte[]>> nonsense() {
    var random = new Random(7);
    var noise = new byte[2_000];
    random.nextBytes(noise);
    return List.of(
        () ->
            "{\"id\":1,\"t\":\"send\",\"d\":{\"text\":\"\u00e9"
                .getBytes(StandardCharsets.ISO_8859_1),
        () -> new byte[] {'{', '"', 't', '"', ':', '"', (byte) 0xC3, (byte) 0x28, '"', '}'},
        () -> noise,
        () -> "[".repeat(50_000).getBytes(StandardCharsets.US_ASCII),
        () -> "{\"t\":".repeat(10_000).getBytes(StandardCharsets.US_ASCII),
        () ->
            ("{\"id\":" + "9".repeat(60_000) + ",\"t\":\"ping\"}")
                .getBytes(StandardCharsets.US_ASCII),
        () -> "{\"id\":1e999999999,\"t\":\"ping\"}".getBytes(StandardCharsets.US_ASCII),
        () ->
            "{\"id\":1,\"t\":\"read\",\"d\":{\"conversation\":\"%s\",\"seq\":1e400}}"
                .formatted(Ids.uuid7())
                .getBytes(StandardCharsets.US_ASCII),
        () -> "\0\0\0".getBytes(StandardCharsets.US_ASCII),
        () ->
            ("{\"id\":1,\"t\":\"" + "x".repeat(60_000) + "\"}")
                .getBytes(StandardCharsets.US_ASCII));
  }

  @ParameterizedTest
  @MethodSource("nonsense")
  void whatIsNoFrameIsAnErrorAndAgainAndAgainTheEnd(Supplier<byte[]> bytes) throws IOException {
    try (var socket = RawSocket.open(ws(), world.token(world.person()))) {
      socket.send("{\"id\":1,\"t\":\"resume\",\"d\":{}}");
      socket.awaitFrame("\"t\":\"live\"");
      for (var i = 0; i < 300; i++) {
        try {
          socket.write(RawSocket.frame(0x81, bytes.get()));
        } catch (IOException closed) {
          break;
        }
      }
      socket.send("{\"id\":2,\"t\":\"auth\",\"token\":\"x\",\"d\":{\"token\":\"x\"}}");
    } catch (IOException closed) {
      // As it should: what matters is that the node and the others go on.
    }
  }

  @Test
  void thousandsOfFramesAtOnceEndTheSessionThatSendsThem() {
    var socket = live(world.person());
    var line = "{\"id\":1,\"t\":\"ping\"}\n";
    socket.send(line.repeat(FRAMES_AT_ONCE));
    // Their answers fill its outbox as well.
    assertThat(socket.closeCode())
        .isIn(CloseCode.RATE_LIMITED.code(), CloseCode.SLOW_CONSUMER.code());
  }

  @Test
  void aFrameOverTheLimitEndsTheSessionThatSendsIt() {
    var socket = live(world.person());
    socket.send("{\"id\":1,\"t\":\"send\",\"d\":{\"text\":\"" + "x".repeat(100_000) + "\"}}");
    assertThat(socket.closeCode()).isEqualTo(CloseCode.FRAME_TOO_BIG.code());
  }

  /// Such that what is no text can be sent as one.
  private static String text(JsonNode frame) {
    try {
      return Json.MAPPER.writer().with(JsonWriteFeature.ESCAPE_NON_ASCII).writeValueAsString(frame);
    } catch (JsonProcessingException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /// A frame that might be right, with something wrong in it.
  private ObjectNode frame(ClientFrame type, int id, UUID own) {
    var frame = Json.MAPPER.createObjectNode();
    frame.put("id", id).put("t", type.wireName());
    var content = frame.putObject("d");
    content.put("conversation", own.toString());
    content.put("message_id", Ids.uuid7().toString());
    content.put("user", Ids.uuid7().toString());
    content.put("text", "hi");
    content.put("seq", 1);
    content.put("emoji", "+1");
    content.put("channel", Ids.uuid7().toString());
    content.put("at", "2030-01-01T00:00:00Z");
    content.put("kind", "group");
    content.put("title", "t");
    content.put("role", "member");
    content.put("archived", true);
    content.put("for_seconds", 1);
    content.putObject("from").put("conversation", own.toString());
    content.putObject("heads").put(own.toString(), 1);
    content.putArray("users").add(Ids.uuid7().toString());
    content.putArray("conversations").add(own.toString());
    var fields = new ArrayList<String>();
    content.fieldNames().forEachRemaining(fields::add);
    fields.addAll(
        List.of("mentions", "custom", "attachments", "members", "everyone", "cursor", "token"));
    for (var changes = random.nextInt(4); changes > 0; changes--) {
      content.set(fields.get(random.nextInt(fields.size())), anything(3));
    }
    switch (random.nextInt(12)) {
      case 0 -> frame.set("d", anything(3));
      case 1 -> frame.set("id", anything(2));
      case 2 -> frame.set("token", anything(2));
      case 3 -> frame.set("trace", anything(2));
      case 4 -> frame.set("unknown", anything(4));
      default -> {}
    }
    return frame;
  }

  private JsonNode anything(int depth) {
    var mapper = Json.MAPPER;
    return switch (random.nextInt(depth > 0 ? 16 : 13)) {
      case 0 -> mapper.nullNode();
      case 1 -> mapper.getNodeFactory().booleanNode(random.nextBoolean());
      case 2 -> mapper.getNodeFactory().numberNode(-1);
      case 3 -> mapper.getNodeFactory().numberNode(Long.MAX_VALUE);
      case 4 -> mapper.getNodeFactory().numberNode(new BigInteger("9".repeat(400)));
      case 5 -> mapper.getNodeFactory().numberNode(1e308);
      case 6 -> mapper.getNodeFactory().textNode("");
      case 7 -> mapper.getNodeFactory().textNode("x".repeat(random.nextInt(30_000)));
      case 8 -> mapper.getNodeFactory().textNode(Ids.uuid7().toString());
      case 9 -> mapper.getNodeFactory().textNode("\u0000\uD800\u202E");
      case 10 -> mapper.getNodeFactory().textNode(Ids.uuid7().toString().toUpperCase(Locale.ROOT));
      case 11 -> nested(random.nextInt(40));
      case 12 -> mapper.createArrayNode();
      case 13 -> mapper.createObjectNode();
      case 14 -> mapper.createObjectNode().set("x", anything(depth - 1));
      default -> mapper.createArrayNode().add(anything(depth - 1)).add(anything(depth - 1));
    };
  }

  private static JsonNode nested(int levels) {
    JsonNode node = Json.MAPPER.nullNode();
    for (var i = 0; i < levels; i++) {
      node = Json.MAPPER.createArrayNode().add(node);
    }
    return node;
  }

  /// Every event and every answer still reaches who did nothing wrong.
  private void checkBystander() {
    world.append(group, bystander, text("still here"));
    seen++;
    var expected = seen;
    other.await(frame ->
        frame.path("d").path("conversation").asText().equals(group.toString())
            && frame.path("d").path("seq").asLong() == expected);
    assertThat(other.ask("dance", "{}").path("err").path("code").asText())
        .isEqualTo("unknown_type");
  }

  /// Frames with an answer; what cannot be read has no id.
  private static long answered(TestSocket socket) {
    return socket.rest().stream().filter(frame -> frame.has("id")).count();
  }

  private static boolean sent(TestSocket socket, JsonNode frame) {
    try {
      socket.send(text(frame));
      return true;
    } catch (CompletionException closed) {
      return false;
    }
  }

  /// Keeps what is logged with a stack trace.
  private static final class TraceLog extends Handler {
    private final Queue<LogRecord> traces;

    TraceLog(Queue<LogRecord> traces) {
      this.traces = traces;
    }

    @Override
    public void publish(LogRecord logged) {
      if (logged.getThrown() != null && logged.getLevel().intValue() > Level.FINE.intValue()) {
        traces.add(logged);
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
