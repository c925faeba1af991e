package dev.parley.bench.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.parley.bench.load.Stage;
import dev.parley.client.Answer;
import dev.parley.client.Frames;
import dev.parley.client.Reply;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.id.Ids;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// One person's tokens are the same at every door and on every node; so are one address'.
@Timeout(120)
class RateLimitIT {

  @RegisterExtension static final Town TOWN = new Town();

  private static final int CALLERS = 8;
  private static final int BURSTS = 7;
  private static final int BURST = 50;
  private static final Duration FLOOD_MAX = Duration.ofSeconds(30);

  @Test
  void whoFloodsRestIsHeldBackThereAndAtBothEdgesAndNobodyElseIs() throws Exception {
    var one = TOWN.person("flooder", 0);
    var two = TOWN.device(one, 1);
    var other = TOWN.person("other", 1);
    var group = one.create(ConversationKind.GROUP, "Rate", other);
    var token = one.account().token();
    // Cheap, and counted all the same: there is no such route.
    Supplier<Answer> call = () -> TOWN.rest.get("/api/conversations/" + group + "/none", token);
    var refusals = new ConcurrentLinkedQueue<Answer>();
    var atEdges = new ConcurrentLinkedQueue<Reply.Refused>();

    flood(
        () -> {
          var answer = call.get();
          if (answer.status() == 429) {
            refusals.add(answer);
          }
        },
        underWay -> {
          Await.until("429 by REST", () -> !refusals.isEmpty());
          for (var device : List.of(one, two)) {
            refused(device).ifPresent(atEdges::add);
          }
          assertThat(other.send(group, "I am not held back").seq()).isPositive();
        });

    assertThat(refusals).as("429 by REST").isNotEmpty();
    assertThat(refusals)
        .allSatisfy(refusal -> {
          assertThat(refusal.code()).isEqualTo("rate_limited");
          assertThat(refusal.retryAfter()).isPresent();
        });
    assertThat(atEdges).as("rate_limited at both edges").hasSize(2);
    assertThat(atEdges)
        .allSatisfy(refusal -> {
          assertThat(refusal.detail()).contains("here and elsewhere");
          assertThat(refusal.temporary()).isTrue();
          assertThat(refusal.retryAfterMillis()).isPositive();
        });
    for (var device : List.of(one, two)) {
      assertThat(afterTheWait(device, group)).isInstanceOf(Reply.Done.class);
    }
    assertThat(afterTheWait(call).status()).isEqualTo(404);
  }

  @Test
  void whoComesWithoutATokenIsHeldBackByTheirAddressAtEveryService() throws Exception {
    var identity = System.getenv("PARLEY_IDENTITY_URL");
    var search = System.getenv("PARLEY_SEARCH_URL");
    assumeThat(identity).as("PARLEY_IDENTITY_URL; ./parley test sets it").isNotNull();
    var random = ThreadLocalRandom.current();
    var address = "198.18." + random.nextInt(256) + "." + random.nextInt(256);
    var seen = new ConcurrentLinkedQueue<HttpResponse<String>>();
    try (var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      flood(
          () -> {
            var answer = get(http, identity + "/api/users/me", address);
            if (answer.statusCode() == 429) {
              seen.add(answer);
            }
          },
          underWay -> {
            while (underWay.getAsBoolean()) {
              var there = get(http, search + "/api/search/messages?q=x", address);
              if (there.statusCode() == 429) {
                seen.add(there);
                break;
              }
            }
            assertThat(get(http, identity + "/api/users/me", "198.51.100.1").statusCode())
                .as("another address")
                .isEqualTo(401);
          });

      assertThat(seen).extracting(answer -> answer.uri().getPath()).contains("/api/users/me");
      assertThat(seen)
          .extracting(answer -> answer.uri().getPath())
          .contains("/api/search/messages");
      assertThat(seen)
          .allSatisfy(answer -> {
            assertThat(answer.body()).contains("\"code\":\"rate_limited\"");
            assertThat(answer.headers().firstValueAsLong("Retry-After")).isPresent();
          });
      Await.until(
          "the address is let in again",
          () -> get(http, identity + "/api/users/me", address).statusCode() == 401);
    }
  }

  private interface Meanwhile {
    void act(BooleanSupplier underWay) throws Exception;
  }

  /// Calls from several sides at once until what happens meanwhile is over, within a bound.
  private static void flood(Runnable call, Meanwhile meanwhile) throws Exception {
    var enough = new AtomicBoolean();
    long deadline = System.nanoTime() + FLOOD_MAX.toNanos();
    BooleanSupplier underWay = () -> !enough.get() && System.nanoTime() < deadline;
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < CALLERS; i++) {
        pool.submit(() -> {
          while (underWay.getAsBoolean()) {
            call.run();
          }
        });
      }
      try {
        meanwhile.act(underWay);
      } finally {
        enough.set(true);
      }
    }
  }

  /// Bursts, since a lot and credit let a few frames pass even now; fewer than the connection's own
  /// rate would refuse.
  private static Optional<Reply.Refused> refused(Person device) throws Exception {
    for (int round = 0; round < BURSTS; round++) {
      var asked = new ArrayList<CompletableFuture<Reply>>();
      for (int i = 0; i < BURST; i++) {
        asked.add(device.chat().ask(Frames.command("dance", Person.object())));
      }
      for (var reply : asked) {
        if (Stage.get(reply) instanceof Reply.Refused refused
            && refused.code().equals("rate_limited")) {
          return Optional.of(refused);
        }
      }
    }
    return Optional.empty();
  }

  private static Reply afterTheWait(Person device, UUID group) throws Exception {
    var message = Ids.uuid7();
    var reply = Stage.get(device.chat().ask(Frames.send(group, message, "me again")));
    if (reply instanceof Reply.Refused refused) {
      Thread.sleep(refused.retryAfterMillis());
      return Stage.get(device.chat().ask(Frames.send(group, message, "me again")));
    }
    return reply;
  }

  private static Answer afterTheWait(Supplier<Answer> call) throws Exception {
    var answer = call.get();
    if (answer.status() == 429) {
      Thread.sleep(answer.retryAfter().orElseThrow());
      return call.get();
    }
    return answer;
  }

  private static HttpResponse<String> get(HttpClient http, String uri, String address) {
    var request =
        HttpRequest.newBuilder(URI.create(uri)).header("X-Forwarded-For", address).build();
    return http.sendAsync(request, BodyHandlers.ofString()).join();
  }
}
