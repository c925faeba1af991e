package dev.parley.bench.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.client.Account;
import dev.parley.schemas.wire.Json;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.net.impl.ConnectionBase;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// One person's socket: it keeps the seq of each conversation, notices what is missing or comes
/// again, and reads no more of a frame than that. It stays away after a loss until it is connected
/// again, and resumes then.
public final class Line {

  private static final String EVENT = "{\"t\":\"event\"";
  private static final String ANSWER = "{\"id\":";
  private static final String PING = "{\"t\":\"ping\"";
  private static final String PONG = "{\"t\":\"pong\",\"d\":{}}";
  private static final String READY = "{\"t\":\"ready\"";
  private static final String LIVE = "{\"t\":\"live\"";
  private static final String CONVERSATION = "\"conversation\":\"";
  private static final String SEQ = "\"seq\":";
  private static final String OK = ",\"ok\":";
  private static final int ID_CHARS = 36;
  private static final int FIRST_ID = 10;
  private static final int RESUME_ID = 2;

  /// Ids of requests from here on are the caller's own; [Ear#answered] tells of them.
  static final long OWN_IDS_FROM = 1_000_000;

  /// What sockets tell, each on its own thread.
  public interface Ear {

    /// An event that is new to this socket.
    ///
    /// @param text holds it between `from` and `to`, with other frames around it
    default void event(Line to, String text, int from, int end) {}

    /// @param id the sender's own
    /// @param done whether it was accepted
    default void answered(Line to, long id, boolean done, String text, int from, int end) {}

    /// A socket that was not closed from here is gone.
    ///
    /// @param code null: without a goodbye
    default void lost(Line line, @Nullable Short code) {}
  }

  /// What a socket has of a conversation.
  private static final class Head {
    private long seq;
  }

  private final Vertx vertx;
  private final WebSocketClient client;
  private final Account account;
  private final URI edge;
  private final Ear ear;

  // Of the socket's thread.
  private final Map<String, Head> heads = new HashMap<>();

  private final Map<Long, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
  private final AtomicLong nextId = new AtomicLong(FIRST_ID);
  private final AtomicLong holes = new AtomicLong();
  private final AtomicLong repeats = new AtomicLong();
  private volatile CompletableFuture<Void> live = new CompletableFuture<>();
  private volatile @Nullable WebSocket socket;
  private volatile boolean wanted;

  Line(Vertx vertx, WebSocketClient client, Account account, URI edge, Ear ear) {
    this.vertx = vertx;
    this.client = client;
    this.account = account;
    this.edge = edge;
    this.ear = ear;
  }

  Account account() {
    return account;
  }

  /// Events that were passed over by a later one.
  long holes() {
    return holes.get();
  }

  /// Events that came again.
  long repeats() {
    return repeats.get();
  }

  /// Completes when the socket has all that it missed.
  Future<Void> connect(String token) {
    wanted = true;
    var caughtUp = new CompletableFuture<Void>();
    live = caughtUp;
    var options =
        new WebSocketConnectOptions()
            .setHost(edge.getHost())
            .setPort(edge.getPort())
            .setURI(edge.getPath())
            .setSsl(edge.getScheme().equals("wss"))
            .addSubProtocol("parley.v1.json")
            .addHeader("Authorization", "Bearer " + token);
    client
        .connect(options)
        .onSuccess(this::opened)
        .onFailure(failed -> {
          caughtUp.completeExceptionally(failed);
          ear.lost(this, null);
        });
    return caughtUp;
  }

  /// Sends a message; the answer comes to the ear under this id.
  ///
  /// @param id from [#OWN_IDS_FROM] on
  /// @param text of letters that JSON needs not escape
  void send(long id, UUID conversation, UUID message, String text) {
    write(
        "{\"id\":"
            + id
            + ",\"t\":\"send\",\"d\":{\"conversation\":\""
            + conversation
            + "\",\"message_id\":\""
            + message
            + "\",\"text\":\""
            + text
            + "\"}}");
  }

  /// Any frame; completes with the whole answer.
  Future<JsonNode> ask(String type, ObjectNode content) {
    long id = nextId.getAndIncrement();
    var answer = new CompletableFuture<JsonNode>();
    asked.put(id, answer);
    var frame = Json.MAPPER.createObjectNode().put("id", id).put("t", type);
    frame.set("d", content);
    write(frame.toString());
    return answer;
  }

  /// Stops reading: what comes waits in the network, and then at the server.
  void pause() {
    var open = socket;
    if (open != null) {
      open.pause();
    }
  }

  void goOn() {
    var open = socket;
    if (open != null) {
      open.resume();
    }
  }

  /// Ends the connection without a goodbye, as a lost network does.
  void cut() {
    wanted = false;
    var open = socket;
    socket = null;
    if (open != null) {
      ((ConnectionBase) ((io.vertx.core.http.impl.WebSocketInternal) open).connection()).close();
    }
  }

  boolean isOpen() {
    return socket != null;
  }

  /// Whether it lacks something of a conversation that it has.
  ///
  /// @param heads seqs that it should have at least
  boolean isBehind(Map<UUID, Long> heads) throws InterruptedException {
    var behind = new CompletableFuture<Boolean>();
    vertx.runOnContext(_ ->
        behind.complete(
            heads.entrySet().stream()
                .anyMatch(expected -> {
                  var head = this.heads.get(expected.getKey().toString());
                  return head != null && head.seq < expected.getValue();
                })));
    return Stage.get(behind);
  }

  /// What it has of a conversation; 0 for nothing.
  Future<Long> head(UUID conversation) {
    var seq = new CompletableFuture<Long>();
    vertx.runOnContext(_ -> {
      var head = heads.get(conversation.toString());
      seq.complete(head == null ? 0 : head.seq);
    });
    return seq;
  }

  private void write(String text) {
    var open = socket;
    if (open != null) {
      open.writeTextMessage(text);
    }
  }

  private void opened(WebSocket open) {
    if (!wanted) {
      open.close();
      return;
    }
    socket = open;
    open.textMessageHandler(this::received);
    open.exceptionHandler(_ -> {});
    open.closeHandler(_ -> {
      if (wanted && socket == open) {
        socket = null;
        live.completeExceptionally(
            new IllegalStateException("The socket was closed with " + open.closeStatusCode()));
        ear.lost(this, open.closeStatusCode());
      }
    });
    var resume = Json.MAPPER.createObjectNode().put("id", RESUME_ID).put("t", "resume");
    var told = resume.putObject("d").putObject("heads");
    heads.forEach((conversation, head) -> told.put(conversation, head.seq));
    open.writeTextMessage(resume.toString());
  }

  private void received(String text) {
    int from = 0;
    while (from < text.length()) {
      int newline = text.indexOf('\n', from);
      int end = newline < 0 ? text.length() : newline;
      frame(text, from, end);
      from = end + 1;
    }
  }

  private void frame(String text, int from, int end) {
    if (text.startsWith(EVENT, from)) {
      event(text, from, end);
    } else if (text.startsWith(ANSWER, from)) {
      answer(text, from, end);
    } else if (text.startsWith(PING, from)) {
      write(PONG);
    } else if (text.startsWith(READY, from)) {
      ready(parsed(text.substring(from, end)).path("d"));
    } else if (text.startsWith(LIVE, from)) {
      live.complete(null);
    }
  }

  private void event(String text, int from, int end) {
    int id = text.indexOf(CONVERSATION, from, end) + CONVERSATION.length();
    var conversation = text.substring(id, id + ID_CHARS);
    long seq = number(text, text.indexOf(SEQ, id, end) + SEQ.length());
    var head = heads.computeIfAbsent(conversation, _ -> new Head());
    if (seq <= head.seq) {
      repeats.incrementAndGet();
      return;
    }
    // Of a conversation that is new to it, a socket is told from its joining on.
    if (head.seq != 0 && seq != head.seq + 1) {
      holes.addAndGet(seq - head.seq - 1);
    }
    head.seq = seq;
    ear.event(this, text, from, end);
  }

  private void answer(String text, int from, int end) {
    if (text.startsWith("null", from + ANSWER.length())) {
      return;
    }
    long id = number(text, from + ANSWER.length());
    if (id >= OWN_IDS_FROM) {
      ear.answered(this, id, text.indexOf(OK, from, end) >= 0, text, from, end);
      return;
    }
    var waiting = asked.remove(id);
    if (waiting != null) {
      waiting.complete(parsed(text.substring(from, end)));
    }
  }

  /// Of conversations that it did not have, the snapshot says where it begins.
  private void ready(JsonNode snapshot) {
    for (var item : snapshot.path("conversations")) {
      var conversation = item.path("conversation").asText();
      if (!heads.containsKey(conversation)) {
        var head = new Head();
        head.seq = item.path("head_seq").asLong();
        heads.put(conversation, head);
      }
    }
  }

  static long number(String text, int from) {
    long number = 0;
    for (int i = from; i < text.length(); i++) {
      char digit = text.charAt(i);
      if (digit < '0' || digit > '9') {
        break;
      }
      number = number * 10 + digit - '0';
    }
    return number;
  }

  private static JsonNode parsed(String text) {
    try {
      return Json.MAPPER.readTree(text);
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException("Expected a frame, but got " + text, broken);
    }
  }
}
