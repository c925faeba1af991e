package dev.parley.edge.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What the upgrade agrees to, and what it does not.
@QuarkusTest
class UpgradeTest extends EdgeTest {

  @Test
  void compressionIsNotAgreedTo() throws IOException {
    var offers =
        "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits, x-webkit-deflate-frame";
    try (var socket = RawSocket.open(ws(), List.of(offers))) {
      assertThat(socket.answer()).contains(" 101 ");
      assertThat(socket.answer().toLowerCase()).doesNotContain("sec-websocket-extensions");
      socket.awaitFrame("\"t\":\"hello\"");
    }
  }

  /// The bit that says so is an error of the WebSocket itself.
  @Test
  void aCompressedFrameEndsTheConnection() throws IOException {
    try (var socket = RawSocket.open(ws(), "")) {
      socket.write(RawSocket.frame(0xC1, new byte[] {1, 2, 3}));
      assertThat(socket.readToEnd().orElse(1006)).isIn(1002, 1006);
    }
  }

  @Test
  void ofSeveralSubprotocolsOnlyTheVersionIsAgreedTo() throws IOException {
    var offers = "Sec-WebSocket-Protocol: bearer.secret, parley.v1.json, ticket.secret";
    try (var socket = RawSocket.open(ws(), List.of(offers))) {
      assertThat(socket.answer().toLowerCase())
          .contains("sec-websocket-protocol: parley.v1.json\r\n")
          .doesNotContain("secret");
    }
  }

  @Test
  void headersBeyondTheLimitAreRefusedUnread() throws IOException {
    try (var socket = RawSocket.open(ws(), "x".repeat(30_000))) {
      assertThat(socket.answer()).contains(" 431 ");
    }
  }
}
