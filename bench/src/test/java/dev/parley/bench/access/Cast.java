package dev.parley.bench.access;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.client.Account;
import dev.parley.client.Answer;
import dev.parley.client.Rest;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.wire.Json;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/// The people of one worker: a host, who makes the scenes, somebody things are done to, somebody
/// who is in none of them, and one for each way of asking.
final class Cast {

  final Rest rest;
  final Account host;
  final Account victim;
  final Account newcomer;
  private final Map<String, Scene> untouched = new HashMap<>();
  private final Map<Caller, Account> actors = new EnumMap<>(Caller.class);

  Cast(Newcomers newcomers) {
    this.rest = newcomers.rest();
    host = newcomers.person("host");
    victim = newcomers.person("victim");
    newcomer = newcomers.person("newcomer");
    for (var caller : Caller.values()) {
      actors.put(caller, newcomers.of(caller));
      // What is scheduled is kept there, so that nobody is refused for not having scheduled yet.
      if (caller.isKnown() && caller != Caller.BOT && caller != Caller.GUEST) {
        prepare("POST", "/api/conversations", actor(caller), object().put("kind", "self"));
      }
    }
  }

  /// The one who asks so; the token is empty where there is none.
  Account actor(Caller caller) {
    return Objects.requireNonNull(actors.get(caller));
  }

  /// A scene in which nothing has been done yet: reads and refusals change nothing, so that the
  /// next question is asked in it as well.
  Scene scene(Caller caller, ConversationKind kind) {
    return untouched.computeIfAbsent(caller + " " + kind, _ -> Scene.of(this, caller, kind));
  }

  /// Something was done in the scene.
  void touched(Caller caller, ConversationKind kind) {
    untouched.remove(caller + " " + kind);
  }

  /// What prepares a scene must succeed; what passes is waited for, by the limit of the test.
  Answer prepare(String method, String path, Account by, ObjectNode body) {
    while (true) {
      var answer =
          method.equals("GET")
              ? rest.get(path, by.token())
              : rest.send(method, path, by.token(), body);
      if (!answer.body().path("temporary").asBoolean()) {
        return answer.expectOk();
      }
      LockSupport.parkNanos(answer.retryAfter().orElse(Duration.ofSeconds(1)).toNanos());
    }
  }

  UUID say(UUID conversation, Account by, String text) {
    var id = Ids.uuid7();
    prepare(
        "POST",
        "/api/conversations/" + conversation + "/messages",
        by,
        object().put("id", id.toString()).put("text", text));
    return id;
  }

  static ObjectNode object() {
    return Json.MAPPER.createObjectNode();
  }
}
