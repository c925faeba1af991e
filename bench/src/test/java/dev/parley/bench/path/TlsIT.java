package dev.parley.bench.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.wire.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A stack of its own in which every line is encrypted (`./parley up --tls`): certificates are made
/// at its start, Kafka asks for those of the services and holds each to its rules.
final class TlsIT {

  private static final Path ROOT = Path.of(System.getProperty("parley.root", ".."));
  private static final int OFFSET = 6_000;
  private static final int GATEWAY = 8_080 + OFFSET;
  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final List<Integer> HTTP =
      List.of(8_080, 8_101, 8_111, 8_121, 8_131, 8_141, 19_200);

  @TempDir static Path folder;

  private static Path data;
  private static HttpClient client;

  @BeforeAll
  static void start() throws Exception {
    data = folder.resolve("data");
    assertThat(parley("up", "--tls", "--quiet")).as("./parley up --tls").isZero();
    client = HttpClient.newBuilder().sslContext(believing()).connectTimeout(BOUND).build();
  }

  @AfterAll
  static void stop() throws Exception {
    parley("down");
  }

  @Test
  void aMessageSentOverWssIsFoundOverHttps() throws Exception {
    var token = register();
    var frames = new LinkedBlockingQueue<JsonNode>();
    var socket = connect(token, frames);
    socket.sendText("{\"id\":1,\"t\":\"resume\",\"d\":{\"heads\":{}}}", true).join();
    var conversation = Ids.uuid7().toString();
    socket
        .sendText(
            """
            {"id":2,"t":"create","d":{"conversation":"%s","kind":"group","title":"t"}}\
            """
                .formatted(conversation),
            true)
        .join();
    assertThat(answer(frames, 2).path("conversation").asText()).isEqualTo(conversation);
    var message = Ids.uuid7().toString();
    socket
        .sendText(
            """
            {"id":3,"t":"send","d":{"conversation":"%s","message_id":"%s","text":"well wrapped"}}\
            """
                .formatted(conversation, message),
            true)
        .join();
    assertThat(answer(frames, 3).path("seq").asLong()).isPositive();

    var hits = await("/api/search/messages?q=wrapped", token, "/hits");
    assertThat(hits.at("/hits/0/id").asText()).isEqualTo(message);
    var history = await("/api/conversations/" + conversation + "/messages", token, "/messages");
    assertThat(history.at("/messages/0/text").asText()).isEqualTo("well wrapped");
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
  }

  @Test
  void aCheckFindsNothingWrong() throws Exception {
    var out = folder.resolve("check");

    assertThat(
            parley(
                "check",
                "--clients",
                "6",
                "--conversations",
                "3",
                "--rate",
                "40",
                "--duration",
                "5",
                "--out",
                out.toString()))
        .as("./parley check")
        .isZero();

    var verdict = Json.MAPPER.readTree(out.resolve("verdict.json").toFile());
    assertThat(verdict.at("/counts/answered").asLong()).isPositive();
    assertThat(verdict.path("clean").asBoolean()).isTrue();
  }

  @Test
  void whatNeedsAStackInTheClearSaysSo() throws Exception {
    assertThat(parley("bench")).isEqualTo(1);
    assertThat(parley("check", "--faults", "kill")).isEqualTo(1);
  }

  @Test
  void aHistoryIsBroughtIn() throws Exception {
    var archive = folder.resolve("export.zip");
    try (var zip = new ZipOutputStream(Files.newOutputStream(archive))) {
      entry(zip, "users.json", "[{'id':'U1','name':'grace','profile':{'real_name':'Grace'}}]");
      entry(
          zip,
          "channels.json",
          "[{'id':'C1','name':'general','created':1577836800,"
              + "'creator':'U1','members':['U1']}]");
      entry(
          zip,
          "general/2020-01-01.json",
          "[{'type':'message','user':'U1','text':'hello'," + "'ts':'1577836900.000100'}]");
    }

    assertThat(parley("import", archive.toString())).as("./parley import").isZero();
  }

  private static void entry(ZipOutputStream zip, String name, String json) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void thePageSaysThatItIsToBeAskedForOverTlsAlone() throws Exception {
    var page = client.send(request("/").build(), HttpResponse.BodyHandlers.ofString());

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Strict-Transport-Security").orElse(""))
        .startsWith("max-age=31536000");
  }

  @Test
  void inTheClearNobodyAnswers() throws Exception {
    for (var port : HTTP) {
      assertThat(said(port + OFFSET, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"))
          .as("http on %d", port + OFFSET)
          .doesNotStartWith("HTTP/1.1 2");
    }
    assertThat(said(16_379 + OFFSET, "PING\r\n")).as("redis").doesNotContain("PONG");
    assertThat(said(15_432 + OFFSET, "\0\0\0\u0025\0\3\0\0user\0parley\0database\0parley\0\0"))
        .as("postgres: an error instead of a request for the password")
        .startsWith("E")
        .contains("no encryption");
    // ApiVersions, version 0, of a client without a name.
    assertThat(said(19_092 + OFFSET, "\0\0\0\n\0\u0012\0\0\0\0\0\7\0\0"))
        .as("kafka: an alert of TLS, or nothing; no answer with the number of the question")
        .doesNotContain("\0\0\0\7");
  }

  @Test
  void aClientThatDoesNotKnowTheAuthorityIsNotFooled() {
    try (var stranger = HttpClient.newHttpClient()) {
      assertThatThrownBy(
              () -> stranger.send(request("/").build(), HttpResponse.BodyHandlers.discarding()))
          .isInstanceOf(SSLException.class);
    }
  }

  @Test
  void noKeyIsInAnyLog() throws IOException {
    List<String> keys = new ArrayList<>();
    try (Stream<Path> files = Files.list(data.resolve("tls"))) {
      for (var file : files.filter(each -> each.toString().endsWith(".key")).toList()) {
        keys.add(Files.readAllLines(file).get(1));
      }
    }
    assertThat(keys).hasSizeGreaterThan(8);
    try (Stream<Path> logs = Files.list(data.resolve("logs"))) {
      for (var log : logs.toList()) {
        var text = Files.readString(log, StandardCharsets.ISO_8859_1);
        assertThat(keys).as("%s", log.getFileName()).noneMatch(text::contains);
        assertThat(text).as("%s", log.getFileName()).doesNotContain("PRIVATE KEY");
      }
    }
  }

  private static String register() throws Exception {
    var answer =
        client.send(
            request("/api/auth/register")
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "{\"name\":\"ada\",\"password\":\"a long enough phrase, 7\"}"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return Json.MAPPER.readTree(answer.body()).path("access_token").asText();
  }

  private static WebSocket connect(String token, BlockingQueue<JsonNode> frames) throws Exception {
    return client
        .newWebSocketBuilder()
        .subprotocols("parley.v1.json")
        .header("Authorization", "Bearer " + token)
        .connectTimeout(BOUND)
        .buildAsync(URI.create("wss://localhost:" + GATEWAY + "/ws"), new Frames(frames))
        .get(60, TimeUnit.SECONDS);
  }

  private static JsonNode answer(BlockingQueue<JsonNode> frames, int id) throws Exception {
    long deadline = System.nanoTime() + BOUND.toNanos();
    while (System.nanoTime() < deadline) {
      var frame = frames.poll(1, TimeUnit.SECONDS);
      if (frame != null && frame.path("id").asInt() == id) {
        assertThat(frame.has("ok")).as("%s", frame).isTrue();
        return frame.path("ok");
      }
    }
    throw new AssertionError("Expected an answer to " + id + ", but none came within " + BOUND);
  }

  private static JsonNode await(String path, String token, String list) throws Exception {
    long deadline = System.nanoTime() + BOUND.toNanos();
    while (true) {
      var answer =
          client.send(
              request(path).header("Authorization", "Bearer " + token).build(),
              HttpResponse.BodyHandlers.ofString());
      var body = Json.MAPPER.readTree(answer.body());
      if (!body.at(list).isEmpty()) {
        return body;
      }
      assertThat(System.nanoTime()).as("%s: %s", path, answer.body()).isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("https://localhost:" + GATEWAY + path)).timeout(BOUND);
  }

  /// The first bytes of the answer, up to 5 s; empty: the line was cut.
  private static String said(int port, String bytes) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
      var answer = new byte[512];
      int length = socket.getInputStream().read(answer);
      return length <= 0 ? "" : new String(answer, 0, length, StandardCharsets.ISO_8859_1);
    } catch (IOException cut) {
      return "";
    }
  }

  private static SSLContext believing() throws Exception {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (InputStream in = Files.newInputStream(data.resolve("tls/ca.pem"))) {
      store.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    var context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private static int parley(String command, String... flags) throws Exception {
    var words = new ArrayList<>(List.of(command, "--data", data.toString()));
    if (command.equals("up")) {
      words.addAll(List.of("--offset", Integer.toString(OFFSET)));
    }
    words.addAll(List.of(flags));
    return CommandLine.run(ROOT, words);
  }

  private static final class Frames implements WebSocket.Listener {

    private final BlockingQueue<JsonNode> frames;
    private final StringBuilder message = new StringBuilder();

    Frames(BlockingQueue<JsonNode> frames) {
      this.frames = frames;
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      message.append(data);
      if (last) {
        message.toString().lines().map(Frames::frame).forEach(frames::add);
        message.setLength(0);
      }
      socket.request(1);
      return CompletableFuture.completedStage(null);
    }

    private static JsonNode frame(String line) {
      try {
        return Json.MAPPER.readTree(line);
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }
  }
}
