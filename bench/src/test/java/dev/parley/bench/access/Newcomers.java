package dev.parley.bench.access;

import dev.parley.client.Account;
import dev.parley.client.Answer;
import dev.parley.client.Rest;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.wire.Json;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// People who have just come, with a token of each kind.
final class Newcomers {

  static final String PASSWORD = "correct horse battery staple 4711";

  private static final int UNAUTHORIZED = 401;
  private static final int TRIES_MAX = 400;
  // Behind the gateway they are asked in turn.
  private static final int NODES_MAX = 4;

  private final Rest rest;
  private final Issuer issuer;

  /// Nobody is refused because of what was done to this one, who only makes others.
  private final Account firstOperator;

  /// @param makeAdmin makes the person of that name an admin of the deployment: once, the others
  ///   are made by the first
  Newcomers(Rest rest, Issuer issuer, Consumer<String> makeAdmin) {
    this.rest = rest;
    this.issuer = issuer;
    var person = person("operator");
    makeAdmin.accept(person.name());
    firstOperator = rest.login(person.name(), PASSWORD);
  }

  Rest rest() {
    return rest;
  }

  Account person(String role) {
    return rest.register(name(role), PASSWORD);
  }

  Account of(Caller caller) {
    return switch (caller) {
      case OWNER, ADMIN, MODERATOR, MEMBER, READ_ONLY, MUTED, BANNED, FORMER, STRANGER ->
          person(caller.title().replace(' ', '-'));
      case OPERATOR -> operator();
      case BOT -> bot();
      case FOREIGN -> foreigner();
      case GUEST -> rest.guest();
      case EXPIRED -> with(foreigner(), issuer::expired);
      case OTHER_ISSUER -> with(foreigner(), issuer::unknown);
      case REVOKED -> revoked();
      case NOBODY -> new Account(Ids.uuid7(), "nobody", "");
    };
  }

  private Account operator() {
    var person = person("operator");
    rest.send(
            "PATCH",
            "/api/admin/users/" + person.user(),
            firstOperator.token(),
            Cast.object().put("admin", true))
        .expectOk();
    return rest.login(person.name(), PASSWORD);
  }

  private Account bot() {
    var bot =
        rest.post(
                "/api/admin/bots",
                firstOperator.token(),
                Json.MAPPER.createObjectNode().put("name", name("bot")).put("display_name", "Bot"))
            .expectOk()
            .body();
    var id = Ids.required(bot.path("id").asText());
    var wanted = Json.MAPPER.createObjectNode().put("label", "matrix").put("expires_in_days", 1);
    wanted.putArray("scopes").add("read");
    var key =
        rest.post("/api/admin/bots/" + id + "/keys", firstOperator.token(), wanted)
            .expectOk()
            .body();
    var token =
        rest.post(
                "/api/auth/service-token",
                null,
                Json.MAPPER.createObjectNode().put("key", key.path("key").asText()))
            .expectOk()
            .body();
    return new Account(id, bot.path("name").asText(), token.path("access_token").asText());
  }

  private Account foreigner() {
    var subject = name("foreigner");
    var token = issuer.token(subject);
    var me = firstSight(token).expectOk().body();
    return new Account(
        Ids.required(me.path("id").asText()), me.path("name").asText(), token, subject);
  }

  /// A door that looked for the issuer's keys before there was an issuer rests before it looks
  /// again.
  private Answer firstSight(String token) {
    var answer = rest.get("/api/users/me", token);
    for (int i = 0; answer.status() == 503 && i < 120; i++) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
      answer = rest.get("/api/users/me", token);
    }
    return answer;
  }

  private static Account with(Account foreigner, java.util.function.UnaryOperator<String> token) {
    return new Account(
        foreigner.user(), foreigner.name(), token.apply(foreigner.refreshToken()), "");
  }

  private Account revoked() {
    var person = person("revoked");
    rest.post("/api/auth/logout", person.token(), Cast.object()).expectOk();
    // It reaches every door through the log.
    var conversation = "/api/conversations/" + Ids.uuid7();
    awaitRefused(() -> rest.get("/api/conversations/directory", person.token()));
    awaitRefused(() -> rest.get("/api/search/messages?q=x", person.token()));
    awaitRefused(() -> rest.post(conversation + "/messages", person.token(), Cast.object()));
    return person;
  }

  private static void awaitRefused(Supplier<Answer> ask) {
    int inARow = 0;
    for (int i = 0; inARow < NODES_MAX; i++) {
      if (i == TRIES_MAX) {
        throw new IllegalStateException("Expected a revoked token to be refused everywhere");
      }
      if (ask.get().status() == UNAUTHORIZED) {
        inARow++;
      } else {
        inARow = 0;
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      }
    }
  }

  static String name(String role) {
    return role + "-" + UUID.randomUUID().toString().substring(0, 8);
  }

  /// By the script, as an operator does.
  static Consumer<String> byTheScript(java.nio.file.Path home, java.nio.file.Path data) {
    return name -> {
      try {
        var process =
            new ProcessBuilder(
                    home.resolve("parley").toString(), "admin", "--data", data.toString(), name)
                .inheritIO()
                .start();
        if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
          throw new IllegalStateException("./parley admin " + name + " failed");
        }
      } catch (IOException failed) {
        throw new java.io.UncheckedIOException(failed);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(interrupted);
      }
    };
  }
}
