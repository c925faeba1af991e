package dev.parley.bench.path;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.wire.ClientFrame;
import dev.parley.schemas.wire.CloseCode;
import dev.parley.schemas.wire.Json;
import java.io.IOException;
import java.math.BigInteger;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Whatever a socket is given: an error or a close by the table, never more than its name says, and
/// nobody else notices.
@Timeout(120)
class FuzzIT {

  @RegisterExtension static final Town TOWN = new Town();

  private static final int FRAMES_OF_A_TYPE = 8;
  private static final int FLOOD = 5_000;
  private static final long SEED = new Random().nextLong();

  /// Halves of surrogate pairs pass a socket only in escapes.
  private static final ObjectWriter WRITER =
      Json.MAPPER.writer().with(JsonGenerator.Feature.ESCAPE_NON_ASCII);

  private static final List<String> TYPES =
      Stream.concat(Stream.of(ClientFrame.values()).map(ClientFrame::wireName), Stream.of("x", ""))
          .toList();

  private static final List<String> FIELDS =
      List.of(
          "conversation",
          "message_id",
          "text",
          "user",
          "role",
          "emoji",
          "seq",
          "thread",
          "kind",
          "title",
          "members",
          "mentions",
          "custom",
          "attachments",
          "everyone",
          "at",
          "from",
          "for_seconds",
          "expires_after_seconds",
          "muted_for_seconds",
          "heads",
          "users",
          "conversations",
          "channel",
          "archived",
          "token",
          "reply_to",
          "slow_mode_seconds");

  private static Person ada;
  private static Person grace;
  private static UUID group;

  @BeforeAll
  static void twoWhoOnlyWantToTalk() throws Exception {
    System.out.println("FuzzIT seed " + SEED);
    ada = TOWN.person("ada", 0);
    grace = TOWN.person("grace", 0);
    group = ada.create(ConversationKind.GROUP, "Undisturbed", grace);
  }

  @AfterAll
  static void theyWereNotDisturbed() throws Exception {
    grace.awaitEvent(group, ada.send(group, "what was that?").seq());
    assertThat(ada.seen().closes).isEmpty();
    assertThat(grace.seen().closes).isEmpty();
  }

  @Test
  void everyTypeWithAnyContentIsRefusedByTheTable() throws Exception {
    var random = new Random(SEED);
    var attacker = TOWN.account("mallory");
    var socket = live(attacker.token());
    try {
      for (var type : TYPES) {
        for (int i = 0; i < FRAMES_OF_A_TYPE; i++) {
          if (!socket.isOpen()) {
            socket.close();
            socket = live(attacker.token());
          }
          int id = 1_000 + i;
          var frame = Person.object().put("id", id).put("t", type);
          frame.set("d", content(random));
          socket.send(WRITER.writeValueAsString(frame));
        }
        expectTable(socket);
      }
    } finally {
      socket.close();
    }
  }

  @Test
  void whatIsNoFrameAtAllIsMalformed() throws Exception {
    var attacker = TOWN.account("mallory");
    var deep = "[".repeat(500) + "]".repeat(500);
    for (var text :
        List.of(
            "{\"id\":1,\"t\":\"send\",\"d\":" + deep + "}",
            "{\"id\":1e999,\"t\":\"ping\"}",
            "{\"id\":" + "9".repeat(5_000) + ",\"t\":\"ping\"}",
            "{\"id\":1,\"t\":{}}",
            "{\"id\":1,\"id\":2,\"t\":\"ping\"}",
            "\u0000",
            "{\"id\":1,\"t\":\"ping\"",
            "\"ping\"")) {
      try (var socket = live(attacker.token())) {
        socket.send(text);
        assertThat(socket.awaitRefusal()).as("%.60s", text).matches("malformed|closed 4400");
      }
    }
  }

  @Test
  void bytesThatAreNoUtf8EndTheirOwnSocketOnly() throws Exception {
    for (var bytes :
        List.of(new byte[] {(byte) 0xff, (byte) 0xfe}, new byte[] {(byte) 0xc0, (byte) 0x80})) {
      assertThat(closeCodeAfter(TOWN.stack.edges().getFirst(), bytes)).isIn(1007, 4400, 1002, -1);
    }
  }

  @Test
  void thousandsOfFramesAtOnceAreHeldBackOrClosed() throws Exception {
    var attacker = TOWN.account("mallory");
    try (var socket = live(attacker.token())) {
      var frames = new StringBuilder();
      for (int i = 0; i < FLOOD && socket.isOpen(); i++) {
        frames.append("{\"id\":").append(i).append(",\"t\":\"ping\",\"d\":{}}\n");
        if (frames.length() > 20_000) {
          socket.send(frames.toString());
          frames.setLength(0);
        }
      }
      assertThat(socket.awaitRefusal()).matches("rate_limited|closed 4029");
    } catch (CompletionException closedUnderUs) {
      // It was closed while we were writing, as the table allows.
      assertThat(closedUnderUs).hasRootCauseInstanceOf(IOException.class);
    }
  }

  private static RawSocket live(String token) throws InterruptedException {
    return RawSocket.live(TOWN.stack.edges().getFirst(), token, "{}");
  }

  /// All that came is in the table, and says nothing of the inside.
  private static void expectTable(RawSocket socket) throws InterruptedException {
    var barrier = Ids.uuid7().toString();
    try {
      socket.send("{\"id\":\"" + barrier + "\",\"t\":\"ping\",\"d\":{}}");
    } catch (CompletionException closed) {
      assertThat(socket.isOpen()).isFalse();
    }
    Await.until(
        "an answer or a close",
        () ->
            !socket.isOpen()
                || socket.all().stream().anyMatch(f -> f.path("id").asText().equals(barrier)));
    if (!socket.isOpen()) {
      assertThat(Stream.of(CloseCode.values()).map(CloseCode::code)).contains(socket.closeCode());
    }
    for (var frame : socket.all()) {
      if (frame.has("err")) {
        var code = ErrorCode.fromWire(frame.path("err").path("code").asText());
        assertThat(code).as("%s", frame).isNotNull().isNotEqualTo(ErrorCode.INTERNAL);
        assertThat(frame.path("err").path("detail").asText())
            .doesNotContain("Exception", "dev.parley", "java.", "\tat ");
      }
    }
  }

  private static JsonNode content(Random random) {
    if (random.nextInt(10) == 0) {
      return value(random, 2);
    }
    ObjectNode d = Person.object();
    for (int i = random.nextInt(8); i >= 0; i--) {
      d.set(FIELDS.get(random.nextInt(FIELDS.size())), value(random, 2));
    }
    return d;
  }

  private static JsonNode value(Random random, int depth) {
    var json = JsonNodeFactory.instance;
    return switch (random.nextInt(16)) {
      case 0 -> json.nullNode();
      case 1 -> json.booleanNode(random.nextBoolean());
      case 2 -> json.numberNode(Long.MAX_VALUE);
      case 3 -> json.numberNode(-1);
      case 4 -> json.numberNode(0.5);
      case 5 -> json.numberNode(new BigInteger("9".repeat(30)));
      case 6 -> json.textNode("");
      case 7 -> json.textNode("x".repeat(random.nextInt(30_000)));
      case 8 -> json.textNode("\u0000 \ud800 \u202e");
      case 9 -> json.textNode(Ids.uuid7().toString());
      case 10, 11 -> json.textNode(group.toString());
      case 12 -> json.textNode("2026-99-99T99:99:99Z");
      case 13 -> json.textNode("group");
      case 14 -> {
        var list = json.arrayNode();
        for (int i = random.nextInt(5); depth > 0 && i >= 0; i--) {
          list.add(value(random, depth - 1));
        }
        yield list;
      }
      default -> {
        var object = json.objectNode();
        for (int i = random.nextInt(3); depth > 0 && i >= 0; i--) {
          object.set("f" + i, value(random, depth - 1));
        }
        yield object;
      }
    };
  }

  private static void awaitUpgrade(Socket socket) throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        throw new IOException("Expected an upgrade, but got " + head);
      }
      head.append((char) next);
    }
  }

  /// Speaks WebSocket by hand, since no client library writes such bytes.
  ///
  /// @return the close code, or -1 if the connection just ended
  private static int closeCodeAfter(URI edge, byte[] text) throws IOException {
    try (var socket = new Socket(edge.getHost(), edge.getPort())) {
      socket.setSoTimeout(20_000);
      var out = socket.getOutputStream();
      var request =
          List.of(
              "GET " + edge.getPath() + " HTTP/1.1",
              "Host: " + edge.getHost(),
              "Upgrade: websocket",
              "Connection: Upgrade",
              "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
              "Sec-WebSocket-Version: 13",
              "Sec-WebSocket-Protocol: parley.v1.json",
              "",
              "");
      out.write(String.join("\r\n", request).getBytes(StandardCharsets.US_ASCII));
      out.flush();
      awaitUpgrade(socket);
      var frame = new ArrayList<Byte>(List.of((byte) 0x81, (byte) (0x80 | text.length)));
      // A mask of zeros leaves the bytes as they are.
      frame.addAll(List.of((byte) 0, (byte) 0, (byte) 0, (byte) 0));
      for (byte b : text) {
        frame.add(b);
      }
      for (byte b : frame) {
        out.write(b);
      }
      out.flush();
      var all = socket.getInputStream().readAllBytes();
      for (int i = all.length - 4; i >= 0; i--) {
        if ((all[i] & 0xff) == 0x88 && all[i + 1] >= 2) {
          return (all[i + 2] & 0xff) << 8 | (all[i + 3] & 0xff);
        }
      }
      return -1;
    }
  }
}
