package dev.parley.identity.password;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.identity.Engines;
import dev.parley.identity.Somebody;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Engines.class)
@TestProfile(LoginStormTest.OneAtATime.class)
class LoginStormTest {

  public static final class OneAtATime implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "parley.identity.hashing.threads", "1",
          "parley.identity.hashing.waiting-max", "1",
          "parley.identity.hashing.memory-kib", "65536");
    }
  }

  @Test
  void whatIsBeyondTheBoundIsToldToComeBack() throws InterruptedException {
    Somebody nobody = Somebody.fresh();
    Queue<Response> answers = new ConcurrentLinkedQueue<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      threads.add(Thread.startVirtualThread(() -> answers.add(nobody.login())));
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(answers).hasSize(12).anyMatch(answer -> answer.statusCode() == 401);
    List<Response> refused = answers.stream().filter(a -> a.statusCode() == 503).toList();
    assertThat(refused).isNotEmpty();
    for (Response answer : refused) {
      assertThat(answer.header("Retry-After")).isEqualTo("2");
      assertThat(answer.<String>path("code")).isEqualTo("overloaded");
    }
  }
}
