package dev.parley.stack.engine;

import dev.parley.stack.tls.Identity;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Asks an engine, in its own protocol, whether it serves. A few bytes each instead of four client
/// libraries.
public final class Probes {

  private static final int LIMIT_MILLIS = 3_000;
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofMillis(LIMIT_MILLIS))
          .build();

  private Probes() {}

  /// Any 2xx answer of a server that shows a certificate of `ca`.
  public static boolean https(String url, Path ca) {
    return isAnswered(
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofMillis(LIMIT_MILLIS))
            .sslContext(Identity.believing(ca))
            .build(),
        url);
  }

  /// Any 2xx answer.
  public static boolean http(String url) {
    return isAnswered(HTTP, url);
  }

  private static boolean isAnswered(HttpClient client, String url) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofMillis(LIMIT_MILLIS)).build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() / 100 == 2;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// `PING`, answered with `+PONG` (a server that still loads its data answers `-LOADING`).
  static boolean redis(int port, @Nullable Identity identity) {
    return ask(
        port,
        socket -> identity == null ? socket : encrypted(socket, identity),
        (in, out) -> {
          out.write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
          out.flush();
          return in.readByte() == '+';
        });
  }

  /// A startup message, answered with a request to authenticate. A server that is still recovering,
  /// or does not know the database, answers with an error instead.
  static boolean postgres(int port, String user, String database, @Nullable Identity identity) {
    byte[] parameters =
        "user\0%s\0database\0%s\0\0".formatted(user, database).getBytes(StandardCharsets.UTF_8);
    return ask(
        port,
        socket -> identity == null ? socket : encryptedPostgres(socket, identity),
        (in, out) -> {
          out.writeInt(8 + parameters.length);
          out.writeInt(3 << 16);
          out.write(parameters);
          out.flush();
          return in.readByte() == 'R';
        });
  }

  /// An `ApiVersions` request, version 0.
  static boolean kafka(int port) {
    int correlation = 7;
    byte[] client = "probe".getBytes(StandardCharsets.US_ASCII);
    ByteBuffer request = ByteBuffer.allocate(14 + client.length);
    request.putInt(10 + client.length).putShort((short) 18).putShort((short) 0);
    request.putInt(correlation).putShort((short) client.length).put(client);
    return ask(
        port,
        socket -> socket,
        (in, out) -> {
          out.write(request.array());
          out.flush();
          int size = in.readInt();
          return size > 6 && in.readInt() == correlation && in.readShort() == 0;
        });
  }

  /// Whether somebody listens.
  static boolean accepts(int port) {
    return ask(port, socket -> socket, (in, out) -> true);
  }

  private static Socket encryptedPostgres(Socket socket, Identity identity) throws IOException {
    var out = new DataOutputStream(socket.getOutputStream());
    out.writeInt(8);
    out.writeInt(80877103);
    out.flush();
    if (socket.getInputStream().read() != 'S') {
      throw new IOException("Postgres does not speak TLS");
    }
    return encrypted(socket, identity);
  }

  private static Socket encrypted(Socket socket, Identity identity) throws IOException {
    return identity
        .context()
        .getSocketFactory()
        .createSocket(socket, "localhost", socket.getPort(), true);
  }

  private interface Wrapping {
    Socket around(Socket socket) throws IOException;
  }

  private interface Conversation {
    boolean with(DataInputStream in, DataOutputStream out) throws IOException;
  }

  private static boolean ask(int port, Wrapping wrapping, Conversation conversation) {
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(LIMIT_MILLIS);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), LIMIT_MILLIS);
      var wrapped = wrapping.around(socket);
      return conversation.with(
          new DataInputStream(wrapped.getInputStream()),
          new DataOutputStream(wrapped.getOutputStream()));
    } catch (IOException e) {
      return false;
    }
  }
}
