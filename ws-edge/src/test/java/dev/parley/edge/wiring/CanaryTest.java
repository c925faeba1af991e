package dev.parley.edge.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.schemas.token.Ticket;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Tokens and tickets are planted in every way in, good ones and bad ones; none of them may be
/// found in the log at its finest, in metrics, in frames, in reasons of closes, in answers of
/// handshakes.
@QuarkusTest
@TestProfile(CanaryTest.EverythingIsLogged.class)
class CanaryTest extends EdgeTest {

  private final Map<String, String> planted = new LinkedHashMap<>();
  private final Queue<String> logged = new ConcurrentLinkedQueue<>();
  private final List<String> answers = new ArrayList<>();
  private final Handler log = new EverythingLogged(logged);

  /// All loggers, of the libraries as well.
  public static final class EverythingIsLogged implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "quarkus.log.min-level", "TRACE",
          "quarkus.log.level", "TRACE",
          "quarkus.log.console.level", "WARN",
          // What the log's client has to tell at its finest is the heartbeat of the log.
          "quarkus.log.category.\"org.apache.kafka\".level", "INFO");
    }
  }

  @BeforeEach
  void listen() {
    Logger.getLogger("").addHandler(log);
  }

  @AfterEach
  void unlisten() {
    Logger.getLogger("").removeHandler(log);
  }

  @Test
  void noSecretIsFoundAnywhere() throws Exception {
    handshakes();
    frames();

    var metrics = get("/q/metrics");
    assertThat(metrics).contains("parley_");
    answers.add(metrics);
    answers.add(get("/q/health"));

    assertThat(planted).hasSizeGreaterThan(25);
    assertThat(logged).as("the log is really listened to").hasSizeGreaterThan(500);
    assertThat(logged).anyMatch(line -> line.contains("TRACE"));
    planted.forEach((way, secret) -> {
      assertThat(logged.stream().filter(line -> line.contains(secret)))
          .as("log, %s", way)
          .isEmpty();
      assertThat(answers.stream().filter(line -> line.contains(secret)))
          .as("answers, %s", way)
          .isEmpty();
    });
  }

  private void handshakes() throws IOException {
    for (var good : List.of(true, false)) {
      handshake(ws(), "Authorization: Bearer " + token("header", good));
      handshake(ws(), "Authorization: Basic " + token("header of another scheme", good));
      handshake(ws(), "Sec-WebSocket-Protocol: parley.v1.json, bearer." + token("protocol", good));
      handshake(ws(), "Sec-WebSocket-Protocol: bearer." + token("protocol alone", good));
      handshake(
          ws(), "Sec-WebSocket-Protocol: parley.v9.json, bearer." + token("old protocol", good));
      handshake(ws(), "Sec-WebSocket-Protocol: ticket." + ticket("ticket as protocol", good));
      handshake(ws("ticket=" + ticket("ticket in the query", good)));
      handshake(ws("token=" + token("token in the query", good)));
      handshake(ws(), "Cookie: parley_access=" + token("cookie, no origin", good));
      handshake(
          ws(),
          "Cookie: parley_access=" + token("foreign cookie", good),
          "Origin: https://evil.example");
      handshake(
          ws(),
          "Cookie: parley_access=" + token("own cookie", good),
          "Origin: http://" + uri.getAuthority());
    }
    handshake(ws(), "Authorization: Bearer " + token("large header", false) + "x".repeat(20_000));
  }

  /// As a client does: what the server answers to the handshake, and to a frame after it.
  private void handshake(URI uri, String... headers) throws IOException {
    try (var socket = RawSocket.open(uri, Arrays.asList(headers))) {
      answers.add(socket.answer());
      if (socket.answer().contains(" 101 ")) {
        socket.send("{\"id\":1,\"t\":\"resume\",\"d\":{}}");
        // One that ends the session, whoever it is.
        socket.write(RawSocket.frame(0x81, new byte[100_000]));
      } else {
        socket.write("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".getBytes());
      }
      answers.add(socket.rest());
    } catch (IOException cut) {
      answers.add(cut.toString());
    }
  }

  private void frames() {
    for (var good : List.of(true, false)) {
      frame(null, "{\"id\":1,\"t\":\"auth\",\"d\":{\"token\":\"%s\"}}", token("auth", good));
      frame(
          null,
          "{\"id\":1,\"t\":\"auth\",\"d\":{\"ticket\":\"%s\"}}",
          ticket("ticket frame", good));
      frame(null, "{\"id\":1,\"t\":\"resume\",\"token\":\"%s\"}", token("beside resume", good));
      var user = world.person();
      frame(user, "{\"id\":1,\"t\":\"refresh\",\"d\":{\"token\":\"%s\"}}", token("refresh", good));
      frame(user, "{\"id\":1,\"t\":\"ping\",\"token\":\"%s\"}", token("beside ping", good));
      frame(user, "{\"id\":1,\"t\":\"dance\",\"token\":\"%s\"}", token("beside nonsense", good));
    }
    var user = world.person();
    frame(null, "{\"id\":1,\"t\":\"auth\",\"d\":{\"token\":\"%s\"", token("malformed", true));
    frame(user, "{\"id\":1,\"t\":\"send\",\"token\":%s}", token("no string", false));
    frame(user, "%s", token("no JSON", false));
    frame(user, "{\"id\":1,\"t\":\"%s\",\"d\":{}}", token("type", false));
    frame(user, "{\"id\":\"%s\",\"t\":\"dance\"}", token("long id", false) + "x".repeat(80));
    frame(user, "{\"id\":1,\"t\":\"auth\",\"d\":{\"token\":[\"%s\"]}}", token("a list", false));
    frame(user, "{\"id\":1,\"t\":\"auth\",\"d\":\"%s\"}", token("no object", false));
    frame(user, "{\"id\":1,\"t\":\"resume\",\"d\":{\"cursor\":\"%s\"}}", token("cursor", false));
    frame(
        user,
        "{\"id\":1,\"t\":\"auth\",\"d\":{\"token\":\"%s\"}}",
        token("oversized", false) + "x".repeat(100_000));
    frame(
        user,
        "{\"id\":1,\"t\":\"auth\",\"d\":{\"token\":\"%s\"}}",
        token("large", false) + "x".repeat(50_000));
  }

  private void frame(UUID user, String frame, String secret) {
    var socket = user == null ? TestSocket.open(ws()) : open(user);
    try {
      socket.send(frame.formatted(secret));
      socket.send("ping", "{}");
      Awaiting.until(
          "an answer or the end",
          () -> !socket.isOpen() || socket.rest().stream().anyMatch(f -> f.has("id")));
      Awaiting.until(
          "the pong or the end",
          () ->
              !socket.isOpen()
                  || socket.rest().stream().anyMatch(f -> f.path("t").asText().equals("pong")));
    } catch (CompletionException closed) {
      // By the node, before all was sent.
    }
    socket.rest().forEach(answer -> answers.add(answer.toString()));
    answers.add(socket.closeReason());
    socket.close();
  }

  /// A token of its own, planted once.
  private String token(String way, boolean good) {
    var user = world.person();
    var token = good ? world.token(user) : world.foreignToken(user);
    // What only this token has.
    planted.put(way + ", " + good, token.substring(token.lastIndexOf('.') + 1));
    return token;
  }

  private String ticket(String way, boolean good) {
    var ticket = good ? world.ticket(world.token(world.person())) : Ticket.random().secret();
    return secret(way + ", " + good, ticket);
  }

  private String secret(String way, String secret) {
    planted.put(way, secret);
    return secret;
  }

  private String get(String path) throws Exception {
    var request = HttpRequest.newBuilder(uri.resolve(path)).build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  /// Everything that a record holds, as text.
  private static final class EverythingLogged extends Handler {
    private final Queue<String> lines;

    EverythingLogged(Queue<String> lines) {
      this.lines = lines;
      setLevel(Level.ALL);
    }

    @Override
    public void publish(LogRecord logged) {
      var text = new StringWriter();
      text.append(logged.getLevel().getName()).append(' ').append(logged.getLoggerName());
      text.append(' ').append(logged.getMessage());
      text.append(' ').append(Arrays.deepToString(logged.getParameters()));
      if (logged instanceof org.jboss.logmanager.ExtLogRecord record) {
        text.append(' ').append(record.getFormattedMessage());
      }
      if (logged.getThrown() != null) {
        logged.getThrown().printStackTrace(new PrintWriter(text));
      }
      lines.add(text.toString());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
