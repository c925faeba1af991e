package dev.parley.edge.wiring;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/// A WebSocket client that does just what it is told: it may read nothing, or write what no library
/// would.
final class RawSocket implements AutoCloseable {

  private static final int RECEIVE_BYTES = 4_096;
  private static final int TIMEOUT_MILLIS = 20_000;
  private static final int LENGTH_16 = 126;
  private static final int LENGTH_64 = 127;
  private static final int CLOSE = 8;

  private final Socket socket;
  private final InputStream in;
  private String answer = "";

  private RawSocket(Socket socket) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
  }

  /// @param token empty: none
  static RawSocket open(URI uri, String token) throws IOException {
    return open(uri, token.isEmpty() ? List.of() : List.of("Authorization: Bearer " + token));
  }

  /// @param headers of the handshake, beside those that it must have
  static RawSocket open(URI uri, List<String> headers) throws IOException {
    var socket = new Socket();
    socket.setReceiveBufferSize(RECEIVE_BYTES);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
    var raw = new RawSocket(socket);
    var query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    raw.write(
        """
        GET /ws%s HTTP/1.1\r
        Host: %s\r
        Upgrade: websocket\r
        Connection: Upgrade\r
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
        Sec-WebSocket-Version: 13\r
        %s\r
        """
            .formatted(
                query,
                uri.getAuthority(),
                headers.stream().map(header -> header + "\r\n").collect(Collectors.joining()))
            .getBytes(StandardCharsets.US_ASCII));
    raw.answer = raw.readUntil("\r\n\r\n");
    return raw;
  }

  /// The status line and the headers of the handshake's answer.
  String answer() {
    return answer;
  }

  /// All that comes after it, to the end of the connection.
  String rest() throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }

  void send(String text) throws IOException {
    write(frame(0x81, text.getBytes(StandardCharsets.UTF_8)));
  }

  void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /// A frame with a mask of zeros.
  static byte[] frame(int firstByte, byte[] payload) {
    var frame = new ByteArrayOutputStream();
    frame.write(firstByte);
    if (payload.length < LENGTH_16) {
      frame.write(0x80 | payload.length);
    } else {
      frame.write(0x80 | LENGTH_16);
      frame.write(payload.length >> 8);
      frame.write(payload.length);
    }
    frame.writeBytes(new byte[4]);
    frame.writeBytes(payload);
    return frame.toByteArray();
  }

  private String readUntil(String text) throws IOException {
    var read = new StringBuilder();
    while (read.indexOf(text) < 0) {
      var next = in.read();
      if (next < 0) {
        throw new IOException("Ended before " + text + ": " + read);
      }
      read.append((char) next);
    }
    return read.toString();
  }

  /// Reads frames until one holds the text.
  void awaitFrame(String text) throws IOException {
    while (true) {
      var first = in.read();
      if (first < 0 || (first & 0x0F) == CLOSE) {
        throw new IOException("Ended before " + text);
      }
      var payload = in.readNBytes((int) length(in.read()));
      if (new String(payload, StandardCharsets.UTF_8).contains(text)) {
        return;
      }
    }
  }

  /// Reads frames to the end of the connection; the code of the close frame, if one came.
  OptionalInt readToEnd() throws IOException {
    while (true) {
      var first = in.read();
      if (first < 0) {
        return OptionalInt.empty();
      }
      var length = length(in.read());
      if ((first & 0x0F) == CLOSE) {
        var code = in.read() << 8 | in.read();
        return OptionalInt.of(code);
      }
      in.skipNBytes(length);
    }
  }

  private long length(int second) throws IOException {
    var length = second & 0x7F;
    if (length == LENGTH_16) {
      return in.read() << 8 | in.read();
    }
    if (length == LENGTH_64) {
      var total = 0L;
      for (var i = 0; i < Long.BYTES; i++) {
        total = total << 8 | in.read();
      }
      return total;
    }
    return length;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
