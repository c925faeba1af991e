package dev.parley.identity.service;

import static dev.parley.identity.Bearer.as;
import static dev.parley.identity.Bearer.claims;
import static dev.parley.identity.Somebody.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.parley.identity.Engines;
import dev.parley.identity.RevocationLog;
import dev.parley.identity.Somebody;
import dev.parley.identity.outbox.Outbox;
import dev.parley.identity.service.ServiceKeys.Made;
import dev.parley.schemas.session.Revocation;
import dev.parley.schemas.token.Scope;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.restassured.response.Response;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Engines.class)
class ServiceTokenTest {

  @Inject ServiceKeys keys;
  @Inject Outbox outbox;
  @Inject Vertx vertx;
  @Inject Pool pool;

  @Test
  void aKeyGetsATokenOfItsPersonWithItsScopes() throws Exception {
    UUID bot = somebody();
    Made made = make(bot, EnumSet.of(Scope.READ, Scope.WRITE), null);

    Response answer = exchange(made.secret());

    answer
        .then()
        .statusCode(200)
        .header("Cache-Control", equalTo("no-store"))
        .body("scope", equalTo("read write"));
    var token = claims(answer);
    assertThat(token.getString("sub")).isEqualTo(bot.toString());
    assertThat(token.getString("sid")).isEqualTo(made.key().id().toString());
    assertThat(token.getString("scope")).isEqualTo("read write");
    assertThat(token.getList("groups")).isEqualTo(List.of("user"));
    as(answer).get("/api/users/me").then().statusCode(200).body("id", equalTo(bot.toString()));
    assertThat(made.secret()).startsWith("pk_");
  }

  @Test
  void theDatabaseHasTheHashAlone() throws Exception {
    Made made = make(somebody(), Set.of(Scope.READ), null);

    var rows =
        pool.preparedQuery("select k::text from identity.service_key k where id = $1")
            .executeAndAwait(Tuple.of(made.key().id()));

    String row = rows.iterator().next().getString(0);
    assertThat(row).doesNotContain(made.secret().substring(ServiceKeys.PREFIX.length()));
  }

  @Test
  void aKeyThatEndedOrExpiredOrIsNoneIsAnsweredAlike() throws Exception {
    UUID bot = somebody();
    Made ended = make(bot, Set.of(Scope.READ), null);
    Made expired = make(bot, Set.of(Scope.READ), System.currentTimeMillis() - 1);
    exchange(ended.secret()).then().statusCode(200);
    UUID id = ended.key().id();

    assertThat(run(() -> keys.end(UUID.randomUUID(), id))).isFalse();
    assertThat(run(() -> keys.end(bot, id))).isTrue();
    outbox.wake();

    String wrong =
        exchange("pk_nonsense")
            .then()
            .statusCode(401)
            .body("code", equalTo("credentials_wrong"))
            .extract()
            .asString();
    assertThat(exchange(ended.secret()).asString()).isEqualTo(wrong);
    assertThat(exchange(expired.secret()).asString()).isEqualTo(wrong);
    assertThat(exchange("").asString()).isEqualTo(wrong);
    Predicate<Revocation> ofKey =
        one -> one instanceof Revocation.OfSession(_, var key, _) && key.equals(id);
    assertThat(RevocationLog.until(ofKey)).anyMatch(ofKey);
    assertThat(run(() -> keys.of(bot)))
        .extracting(ServiceKey::id)
        .containsExactly(expired.key().id());
  }

  @Test
  void whoIsSuspendedGetsNoToken() throws Exception {
    UUID bot = somebody();
    Made made = make(bot, Set.of(Scope.READ), null);
    pool.preparedQuery("update identity.person set suspended = true where id = $1")
        .executeAndAwait(Tuple.of(bot));

    exchange(made.secret()).then().statusCode(401);
  }

  @Test
  void withoutAKeyTheBodyIsInvalid() {
    post("/api/auth/service-token", Map.of())
        .then()
        .statusCode(422)
        .body("code", equalTo("invalid"));
  }

  private static UUID somebody() {
    return UUID.fromString(Somebody.fresh().register().path("user.id"));
  }

  private static Response exchange(String key) {
    return post("/api/auth/service-token", Map.of("key", key));
  }

  private Made make(UUID person, Set<Scope> scopes, @Nullable Long expiresAtMillis)
      throws Exception {
    return run(() -> keys.create(person, scopes, "a key of the test", expiresAtMillis));
  }

  /// In a transaction, on a context of its own.
  private <T> T run(Supplier<Uni<T>> work) throws Exception {
    CompletableFuture<T> done = new CompletableFuture<>();
    var context =
        Objects.requireNonNull(VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext()));
    VertxContextSafetyToggle.setContextSafe(context, true);
    context.runOnContext(_ ->
        Panache.withTransaction(work)
            .subscribe()
            .with(done::complete, done::completeExceptionally));
    return done.get(20, TimeUnit.SECONDS);
  }
}
