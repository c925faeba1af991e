package dev.parley.bench.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.client.Account;
import dev.parley.client.Rest;
import dev.parley.schemas.wire.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Plays the clients of transcripts against a live server. People are made once and meet again in
/// other transcripts; conversations are new in each.
final class ClientSide implements AutoCloseable {

  private static final long WAIT_MILLIS = 30_000;
  private static final String PROTOCOL = "parley.v1.json";

  /// Pushes that may come at any time, passed over unless they are what is expected.
  private static final Set<String> AT_ANY_TIME =
      Set.of(
          "ping",
          "mark",
          "typing",
          "presence",
          "counts",
          "profile",
          "settings",
          "draft",
          "hidden",
          "auth.expiring",
          "pong");

  private final Rest rest;
  private final List<URI> edges;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, Account> people = new HashMap<>();

  ClientSide(URI origin, List<URI> edges) {
    this.rest = new Rest(origin);
    this.edges = List.copyOf(edges);
  }

  @Override
  public void close() {
    rest.close();
    http.shutdownNow();
  }

  void play(Transcript transcript) throws Deviation, InterruptedException {
    var playing = new Playing();
    try {
      for (var step : transcript.steps()) {
        try {
          playing.play(step);
        } catch (Deviation deviation) {
          throw new Deviation(
              "%s.jsonl:%d %s%n    %s"
                  .formatted(
                      transcript.name(), step.line(), deviation.getMessage(), playing.left()));
        }
      }
    } finally {
      playing.end();
    }
  }

  /// One transcript under way.
  private final class Playing {
    private final Captures captures = new Captures();
    private final Map<String, PlayedSocket> sockets = new HashMap<>();

    void play(Transcript.Step step) throws Deviation, InterruptedException {
      var json = step.json();
      var subject = step.subject();
      switch (step.verb()) {
        case "say" -> {}
        case "people" -> subject.forEach(name -> introduce(name.asText()));
        case "let" ->
            subject
                .properties()
                .forEach(e -> captures.bind(e.getKey(), captures.fill(e.getValue())));
        case "open" -> open(subject.asText(), json);
        case "live" -> live(subject.asText(), json);
        case "send" -> socket(subject).send(captures.fill(json.path("frame")).toString());
        case "text" -> socket(subject).send(captures.fill(json.path("line")).asText());
        case "binary" -> socket(subject).sendBinary(new byte[] {1, 2, 3});
        case "expect" -> expect(socket(subject), json.path("frame"));
        case "never" -> never(socket(subject), json.path("frame"));
        case "closed" -> closed(socket(subject), json.path("code"));
        case "end" -> socket(subject).close();
        case "rest" -> rest(subject.asText(), json);
        default -> throw new Deviation("There is no step " + step.verb());
      }
    }

    void end() {
      sockets.values().forEach(PlayedSocket::close);
    }

    String left() {
      var left = new StringBuilder();
      sockets.forEach((name, socket) -> left.append(name + " still has " + socket.left() + "; "));
      var text = left.toString();
      return text.length() > 2_000 ? text.substring(0, 2_000) + "..." : text;
    }

    /// A name that ends in `guest` is a guest, one that begins with `new` is somebody nobody met.
    private void introduce(String name) {
      var account =
          name.startsWith("new") ? register(name) : people.computeIfAbsent(name, this::register);
      captures.bind(name, account.user().toString());
      captures.bind(name + ".token", account.token());
      captures.bind(name + ".name", account.name());
    }

    private Account register(String name) {
      if (name.endsWith("guest")) {
        return rest.guest();
      }
      var unique = name + "-" + UUID.randomUUID().toString().substring(0, 8);
      return rest.register(unique, "correct horse " + UUID.randomUUID());
    }

    private PlayedSocket socket(JsonNode subject) throws Deviation {
      var socket = sockets.get(subject.asText());
      if (socket == null) {
        throw new Deviation("The transcript has not opened " + subject);
      }
      return socket;
    }

    private void open(String name, JsonNode json) {
      var protocols = new ArrayList<String>();
      if (json.has("subprotocols")) {
        json.path("subprotocols").forEach(p -> protocols.add(captures.fillText(p.asText())));
      } else {
        protocols.add(PROTOCOL);
      }
      var authorization = json.path("authorization");
      var edge = edges.get(json.path("edge").asInt(0) % edges.size());
      sockets.put(
          name,
          new PlayedSocket(
              http,
              edge,
              protocols,
              authorization.isTextual() ? captures.fillText(authorization.asText()) : null));
    }

    /// From opening to live, as most transcripts begin.
    private void live(String name, JsonNode json) throws Deviation, InterruptedException {
      open(name, json);
      var socket = socket(Json.MAPPER.getNodeFactory().textNode(name));
      var person = name.split("/")[0];
      socket.send(
          frame("live-1", "auth", object().set("token", fill("$" + person + ".token"))).toString());
      expect(socket, answer("live-1"));
      var heads = json.has("heads") ? captures.fill(json.path("heads")) : object();
      socket.send(frame("live-2", "resume", object().set("heads", heads)).toString());
      expect(socket, answer("live-2"));
      skipTo(socket, "hello");
      if (!json.has("heads")) {
        skipTo(socket, "live");
      }
    }

    private JsonNode fill(String text) {
      return captures.fill(Json.MAPPER.getNodeFactory().textNode(text));
    }

    private void skipTo(PlayedSocket socket, String type) throws Deviation, InterruptedException {
      var found =
          socket.push(
              pushes -> {
                for (int i = 0; i < pushes.size(); i++) {
                  if (pushes.get(i).path("t").asText().equals(type)) {
                    var frame = pushes.get(i);
                    pushes.subList(0, i + 1).clear();
                    return frame;
                  }
                }
                return null;
              },
              WAIT_MILLIS);
      if (found == null) {
        throw new Deviation("no " + type + " came");
      }
    }

    private void expect(PlayedSocket socket, JsonNode pattern)
        throws Deviation, InterruptedException {
      var mismatch =
          pattern.has("t")
              ? socket.push(pushes -> takePush(pushes, pattern), WAIT_MILLIS)
              : socket.answer(answers -> takeAnswer(answers, pattern), WAIT_MILLIS);
      if (mismatch == null) {
        throw new Deviation("nothing came, expected " + captures.fillKnown(pattern));
      }
      if (!mismatch.isEmpty()) {
        throw new Deviation(mismatch);
      }
    }

    /// Empty if the answer with that id fits.
    private @Nullable String takeAnswer(List<JsonNode> answers, JsonNode pattern) {
      var id = captures.fill(pattern.path("id"));
      for (var answer : answers) {
        if (answer.path("id").equals(id) || answer.path("id").asText().equals(id.asText())) {
          answers.remove(answer);
          var mismatch = captures.mismatch(pattern, answer);
          return mismatch == null ? "" : mismatch + " in " + answer;
        }
      }
      return null;
    }

    /// Empty if the next push that counts fits. What may come at any time is looked for everywhere.
    private @Nullable String takePush(List<JsonNode> pushes, JsonNode pattern) {
      boolean anywhere = AT_ANY_TIME.contains(pattern.path("t").asText());
      for (var push : pushes) {
        var mismatch = captures.mismatch(pattern, push);
        if (mismatch == null) {
          pushes.remove(push);
          return "";
        }
        if (!anywhere && !AT_ANY_TIME.contains(push.path("t").asText())) {
          return mismatch + " in " + push;
        }
      }
      return null;
    }

    /// Of all that has come; a barrier before it makes that all there is.
    private void never(PlayedSocket socket, JsonNode pattern)
        throws Deviation, InterruptedException {
      var found =
          socket.push(
              pushes ->
                  pushes.stream()
                      .filter(push -> captures.matches(pattern, push))
                      .findFirst()
                      .orElse(null),
              0);
      if (found != null) {
        throw new Deviation("should not have come: " + found);
      }
    }

    private void closed(PlayedSocket socket, JsonNode pattern)
        throws Deviation, InterruptedException {
      var code = socket.closed(WAIT_MILLIS);
      if (code == null) {
        throw new Deviation("was not closed");
      }
      var mismatch = captures.mismatch(pattern, Json.MAPPER.getNodeFactory().numberNode(code));
      if (mismatch != null) {
        throw new Deviation("the close code" + mismatch);
      }
    }

    /// With `until`, asked again while it does not fit: views follow the log.
    private void rest(String caller, JsonNode json) throws Deviation, InterruptedException {
      var call = captures.fillText(json.path("call").asText()).split(" ", 2);
      var token = caller.isEmpty() ? null : fill("$" + caller + ".token").asText();
      var body = json.has("body") ? captures.fill(json.path("body")) : null;
      long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(WAIT_MILLIS);
      while (true) {
        var answer =
            body == null && call[0].equals("GET")
                ? rest.get(call[1], token)
                : rest.sendText(call[0], call[1], token, body == null ? "" : body.toString());
        var found = object().put("status", answer.status());
        found.set("answer", answer.body());
        var wanted = object();
        wanted.set("status", json.path("status"));
        if (json.has("answer")) {
          wanted.set("answer", json.path("answer"));
        }
        var mismatch = captures.mismatch(wanted, found);
        if (mismatch == null) {
          return;
        }
        if (!json.path("until").asBoolean() || System.nanoTime() > deadline) {
          throw new Deviation(mismatch + " in " + answer);
        }
        Thread.sleep(50);
      }
    }
  }

  private static ObjectNode answer(String id) {
    var pattern = object().put("id", id);
    pattern.set("ok", object());
    return pattern;
  }

  private static ObjectNode frame(String id, String type, JsonNode d) {
    var frame = object().put("id", id).put("t", type);
    frame.set("d", d);
    return frame;
  }

  private static ObjectNode object() {
    return Json.MAPPER.createObjectNode();
  }
}
