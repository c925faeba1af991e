package dev.parley.bench.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.schemas.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Plays the server of a transcript to a client, and says what the client did wrong.
final class ServerSide {

  private static final long WAIT_MILLIS = 30_000;

  private final Function<ClientUnderTest.Reports, ClientUnderTest> clients;

  /// @param clients makes a client for each transcript
  ServerSide(Function<ClientUnderTest.Reports, ClientUnderTest> clients) {
    this.clients = clients;
  }

  void play(Transcript transcript) throws Deviation, InterruptedException {
    try (var playing = new Playing()) {
      for (var step : transcript.steps()) {
        try {
          playing.play(step);
        } catch (Deviation deviation) {
          throw new Deviation(
              "%s.jsonl:%d %s".formatted(transcript.name(), step.line(), deviation.getMessage()));
        }
      }
    }
  }

  /// One transcript under way.
  private final class Playing implements AutoCloseable {
    private final Captures captures = new Captures();
    private final PlayedServer server = new PlayedServer();
    private final Map<String, BlockingQueue<JsonNode>> reports = new ConcurrentHashMap<>();
    private final ClientUnderTest client = clients.apply(this::reported);
    private PlayedServer.@Nullable Connection connection;
    private long endedNanos;

    @Override
    public void close() {
      client.close();
      server.close();
    }

    void play(Transcript.Step step) throws Deviation, InterruptedException {
      var json = step.json();
      var subject = step.subject();
      switch (step.verb()) {
        case "say" -> {}
        case "let" ->
            subject
                .properties()
                .forEach(e -> captures.bind(e.getKey(), captures.fill(e.getValue())));
        case "tell" -> tell(subject);
        case "accept" -> accept(subject);
        case "welcome" -> welcome(subject);
        case "push" -> connection().push(captures.fill(subject));
        case "push_text" -> connection().pushText(captures.fillText(subject.asText()));
        case "expect" -> expect(subject);
        case "serve" -> serve(subject.asText(), json);
        case "called" -> called(captures.fillText(subject.asText()));
        case "close" -> {
          connection().close(subject.asInt());
          ended();
        }
        case "cut" -> {
          connection().cut();
          ended();
        }
        case "no_connection" -> noConnection(subject.path("for_ms").asLong());
        case "report" -> report(subject);
        case "no_report" -> noReport(subject.asText());
        case "quiet" -> quiet(subject);
        default -> throw new Deviation("There is no step " + step.verb());
      }
    }

    private void tell(JsonNode subject) {
      var instruction = (ObjectNode) captures.fill(subject);
      if (instruction.path("do").asText().equals("start")) {
        instruction.put("url", "http://127.0.0.1:" + server.port());
        instruction.put("socket", "ws://127.0.0.1:" + server.port() + "/ws");
      }
      client.tell(instruction);
    }

    private void reported(String line) {
      try {
        for (var report : Json.MAPPER.readTree(line).properties()) {
          queue(report.getKey()).add(report.getValue());
        }
      } catch (JsonProcessingException other) {
        System.err.println("(not a report) " + line);
      }
    }

    private BlockingQueue<JsonNode> queue(String kind) {
      return reports.computeIfAbsent(kind, _ -> new LinkedBlockingQueue<>());
    }

    private PlayedServer.Connection connection() throws Deviation {
      if (connection == null) {
        throw new Deviation("The transcript has not accepted a connection");
      }
      return connection;
    }

    private void ended() {
      connection = null;
      endedNanos = System.nanoTime();
    }

    private void accept(JsonNode subject) throws Deviation, InterruptedException {
      long within = subject.path("within_ms").asLong(WAIT_MILLIS);
      var next = server.connections().poll(within, TimeUnit.MILLISECONDS);
      if (next == null) {
        throw new Deviation("the client did not connect within " + within + " ms");
      }
      long waited = TimeUnit.NANOSECONDS.toMillis(next.openedNanos() - endedNanos);
      if (endedNanos != 0 && waited < subject.path("not_before_ms").asLong()) {
        throw new Deviation("the client came back after " + waited + " ms already");
      }
      connection = next;
    }

    /// From `hello` to `live`, for transcripts about something else.
    private void welcome(JsonNode subject) throws Deviation, InterruptedException {
      accept(Json.MAPPER.createObjectNode());
      var hello = Json.MAPPER.createObjectNode().put("t", "hello");
      hello
          .putObject("d")
          .put("heartbeat_ms", subject.path("heartbeat_ms").asLong(25_000))
          .put("epoch", subject.path("epoch").asText("e1"))
          .put("auth_deadline_ms", 5_000)
          .putObject("limits")
          .put("frame_bytes", 98_304)
          .put("text_chars", 20_000);
      connection().push(hello);
      answer("auth", Json.MAPPER.createObjectNode().put("expires_at", "2100-01-01T00:00:00Z"));
      var resume = answer("resume", Json.MAPPER.createObjectNode());
      if (subject.has("heads")) {
        var mismatch = captures.mismatch(subject.path("heads"), resume.path("d").path("heads"));
        if (mismatch != null) {
          throw new Deviation("heads of the resume: " + mismatch);
        }
      }
      var ready = Json.MAPPER.createObjectNode().put("t", "ready");
      var d = ready.putObject("d").put("session", "01990000-0000-7000-8000-000000000001");
      d.put("user", "01990000-0000-7000-8000-000000000002").put("guest", false);
      d.put("cursor", "").put("resumed", subject.path("resumed").asBoolean());
      d.set(
          "conversations",
          captures.fill(
              subject.path("conversations").isArray()
                  ? subject.path("conversations")
                  : Json.MAPPER.createArrayNode()));
      connection().push(ready);
      for (var backlog : captures.fill(subject.path("backlog"))) {
        connection().push(backlog);
      }
      var live = Json.MAPPER.createObjectNode().put("t", "live");
      live.putObject("d").put("cursor", "");
      connection().push(live);
    }

    private JsonNode answer(String type, ObjectNode ok) throws Deviation, InterruptedException {
      var frame = next();
      if (!frame.path("t").asText().equals(type)) {
        throw new Deviation("expected " + type + ", but the client sent " + frame);
      }
      var answer = Json.MAPPER.createObjectNode();
      answer.set("id", frame.path("id"));
      answer.set("ok", ok);
      connection().push(answer);
      return frame;
    }

    /// The next frame but for heartbeats, which come when they come.
    private JsonNode next() throws Deviation, InterruptedException {
      while (true) {
        var frame = connection().frames().poll(WAIT_MILLIS, TimeUnit.MILLISECONDS);
        if (frame == null) {
          throw new Deviation("the client sent nothing");
        }
        if (!frame.path("t").asText().equals("ping")) {
          return frame;
        }
      }
    }

    private void expect(JsonNode pattern) throws Deviation, InterruptedException {
      var frame = next();
      var mismatch = captures.mismatch(pattern, frame);
      if (mismatch != null) {
        throw new Deviation(mismatch + " in " + frame);
      }
    }

    private void serve(String call, JsonNode json) {
      server.serve(
          captures.fillText(call),
          new PlayedServer.Served(
              json.path("status").asInt(200), captures.fill(json.path("answer"))));
    }

    private void called(String call) throws Deviation {
      if (server.calls().stream().noneMatch(made -> made.startsWith(call))) {
        throw new Deviation("the client did not call " + call + ", but " + server.calls());
      }
    }

    private void noConnection(long millis) throws Deviation, InterruptedException {
      if (server.connections().poll(millis, TimeUnit.MILLISECONDS) != null) {
        throw new Deviation("the client connected again, and must not");
      }
    }

    private void report(JsonNode pattern) throws Deviation, InterruptedException {
      var kind = pattern.fieldNames().next();
      var report = queue(kind).poll(WAIT_MILLIS, TimeUnit.MILLISECONDS);
      if (report == null) {
        throw new Deviation("the client did not report " + captures.fillKnown(pattern));
      }
      var mismatch = captures.mismatch(pattern.path(kind), report);
      if (mismatch != null) {
        throw new Deviation("the client reported " + kind + " " + report + ": " + mismatch);
      }
    }

    private void noReport(String kind) throws Deviation {
      var left = new ArrayList<>(queue(kind));
      if (!left.isEmpty()) {
        throw new Deviation("the client reported more than it should: " + kind + " " + left);
      }
    }

    /// Nothing but heartbeats is sent for a while.
    private void quiet(JsonNode subject) throws Deviation, InterruptedException {
      long until =
          System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(subject.path("for_ms").asLong());
      for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
        var frame = connection().frames().poll(left, TimeUnit.NANOSECONDS);
        if (frame != null && !List.of("ping", "pong").contains(frame.path("t").asText())) {
          throw new Deviation("the client should be silent, but sent " + frame);
        }
      }
    }
  }
}
