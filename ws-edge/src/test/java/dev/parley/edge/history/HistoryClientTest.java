package dev.parley.edge.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.edge.reach.Reach;
import dev.parley.edge.redis.RedisLine;
import dev.parley.edge.redis.RedisTails;
import dev.parley.edge.testkit.VirtualLoop;
import dev.parley.schemas.id.Ids;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A real client of a server that breaks its connections.
class HistoryClientTest {

  private static final UUID USER = Ids.uuid7();
  private static final List<UUID> USERS = List.of(USER);
  private static final String BODY =
      "{\"inboxes\":[{\"user\":\"" + USER + "\",\"conversations\":[]}]}";
  private static final String INBOX =
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
          + BODY.length()
          + "\r\n\r\n"
          + BODY;

  private static final int ASKED_OFTEN = 1_000;
  private static final int BUSY_THREADS = 4;

  private final Vertx vertx = Vertx.vertx();
  private final Reach reach = new Reach("views", new VirtualLoop());
  private final List<String> asked = new CopyOnWriteArrayList<>();

  private interface Server {
    void asked(int nth, NetSocket socket);
  }

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void aConnectionThatTheServerGaveUpIsNoFailure() throws Exception {
    var client =
        client(
            (nth, socket) -> {
              if (nth == 2) {
                socket.close();
              } else {
                socket.write(INBOX);
              }
            },
            5_000);

    assertThat(get(client.inboxes(USERS))).containsOnlyKeys(USER);
    assertThat(get(client.inboxes(USERS))).containsOnlyKeys(USER);
    assertThat(asked).hasSize(3);
    assertThat(reach.isAway()).isFalse();
  }

  @Test
  void aServerThatEndsEveryConnectionIsAskedTwiceAndNoMore() {
    var client = client((_, socket) -> socket.close(), 5_000);

    assertThatThrownBy(() -> get(client.inboxes(USERS)));
    assertThat(asked).hasSize(2);
    assertThat(reach.isAway()).isTrue();
  }

  @Test
  void aServerThatNeverAnswersIsGivenUpAtTheLimit() {
    var client = client((_, _) -> {}, 300);

    assertThatThrownBy(() -> get(client.inboxes(USERS))).isNotInstanceOf(TimeoutException.class);
    assertThat(asked).hasSize(1);
  }

  /// It would be an inbox without conversations.
  @Test
  void anAnswerWithoutABodyIsNone() {
    var client =
        client((_, socket) -> socket.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"), 5_000);

    assertThatThrownBy(() -> get(client.inboxes(USERS))).hasMessageContaining("JSON");
  }

  /// Whoever is no event loop may be late with saying that it wants the body.
  @Test
  void noBodyIsLostWhenTheThreadThatAsksIsSlow() throws Exception {
    var client = client((_, socket) -> socket.write(INBOX), 5_000);
    try (var busy = Executors.newCachedThreadPool()) {
      var asking = new AtomicBoolean(true);
      for (int i = 0; i < BUSY_THREADS; i++) {
        busy.submit(() -> {
          while (asking.get()) {
            Thread.onSpinWait();
          }
        });
      }
      try {
        for (int i = 0; i < ASKED_OFTEN; i++) {
          assertThat(get(client.inboxes(USERS))).containsOnlyKeys(USER);
        }
      } finally {
        asking.set(false);
      }
    }
  }

  @Test
  void whoReadsAsAGuestIsNamedToo() throws Exception {
    var client = client((_, socket) -> socket.write(INBOX), 5_000);
    var conversation = Ids.uuid7();
    var guest = Ids.uuid7();

    get(client.access(conversation, guest, true));

    assertThat(asked.getFirst())
        .startsWith(
            "GET /internal/conversations/%s/access?user=%s&guest=true "
                .formatted(conversation, guest))
        .contains("Parley-Internal: secret");
  }

  @Test
  void withoutRedisTheViewsTellTheHeads() throws Exception {
    var known = Ids.uuid7();
    var answer = "{\"heads\":{\"" + known + "\":7}}";
    var client =
        client(
            (_, socket) ->
                socket.write(
                    "HTTP/1.1 200 OK\r\nContent-Length: " + answer.length() + "\r\n\r\n" + answer),
            5_000);
    var redis = new RedisLine(vertx, new VirtualLoop(), "redis://127.0.0.1:1", "absent", null);
    var source = new TailThenHistory(new RedisTails(redis), client, 500, 2_000);

    assertThat(source.tailsAnswer()).isFalse();
    assertThat(get(source.tailHeads(List.of(known, Ids.uuid7())))).isEqualTo(Map.of(known, 7L));
  }

  private HistoryClient client(Server server, long timeoutMillis) {
    return new HistoryClient(
        vertx,
        "http://127.0.0.1:" + listen(server).actualPort(),
        "secret",
        new HistoryClient.Limits(1, 10, timeoutMillis),
        reach);
  }

  private NetServer listen(Server server) {
    return vertx
        .createNetServer()
        .connectHandler(socket ->
            socket.handler(request -> {
              asked.add(request.toString());
              server.asked(asked.size(), socket);
            }))
        .listen(0, "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .join();
  }

  private static <T> T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}
