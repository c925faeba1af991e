package dev.parley.bench.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.schemas.id.Ids;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ChatTest {

  private final FakeEdge edge = new FakeEdge();
  private final Network network = new Network(1);
  private final Rest rest = new Rest(URI.create("http://127.0.0.1:1"));

  @AfterEach
  void end() {
    network.close();
    rest.close();
    edge.close();
  }

  @Test
  void aMessageIsAnsweredAfterTheHandshake() throws Exception {
    try (var chat = chat("good")) {
      chat.live().get(10, TimeUnit.SECONDS);

      var reply = chat.send(Ids.uuid7(), Ids.uuid7(), "hello").get(10, TimeUnit.SECONDS);

      assertThat(reply.expectDone().seq()).isEqualTo(1);
      assertThat(edge.received.stream().map(frame -> frame.path("t").asText()))
          .containsExactly("auth", "resume", "send");
    }
  }

  @Test
  void aMessageWhoseAnswerWasLostIsSentAgainWithTheSameId() throws Exception {
    edge.dropsBeforeAnswer = 2;
    try (var chat = chat("good")) {
      var reply = chat.send(Ids.uuid7(), Ids.uuid7(), "hello").get(20, TimeUnit.SECONDS);

      assertThat(reply.expectDone().duplicate()).isTrue();
      assertThat(reply.expectDone().seq()).isEqualTo(1);
      assertThat(chat.resends()).isEqualTo(2);
    }
  }

  @Test
  void aTemporaryRefusalIsTriedAgain() throws Exception {
    edge.refuseOnce = "overloaded";
    try (var chat = chat("good")) {
      var reply = chat.send(Ids.uuid7(), Ids.uuid7(), "hello").get(20, TimeUnit.SECONDS);

      assertThat(reply).isInstanceOf(Reply.Done.class);
    }
  }

  @Test
  void aCodeThatForbidsItEndsTheClient() {
    try (var chat = chat("bad")) {
      assertThatThrownBy(() -> chat.live().get(10, TimeUnit.SECONDS))
          .hasMessageContaining("not to come back");
    }
  }

  @Test
  void aCutConnectionComesBack() throws Exception {
    try (var chat = chat("good")) {
      chat.live().get(10, TimeUnit.SECONDS);

      chat.cut();
      var reply = chat.send(Ids.uuid7(), Ids.uuid7(), "hello").get(20, TimeUnit.SECONDS);

      assertThat(reply).isInstanceOf(Reply.Done.class);
    }
  }

  private Chat chat(String token) {
    var account = new Account(Ids.uuid7(), "ada", token);
    return Chat.start(network, rest, account, List.of(edge.uri()), new ChatListener() {});
  }
}
