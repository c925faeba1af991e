package dev.parley.simulation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.schemas.wire.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// What people do: they found conversations, write, edit, delete, invite, remove, leave, read, and
/// send again what was answered long ago.
final class Talk {

  private static final int CONVERSATIONS = 3;
  private static final int ERASES_PERCENT = 60;
  private static final int ERASED_MILLIS = 5_000;

  private final World world;
  private final Scheduler scheduler;
  private final List<UUID> conversations = new ArrayList<>();
  private final List<Request> sends = new ArrayList<>();
  private final Map<UUID, List<Request>> sendsOf = new HashMap<>();
  private final Map<UUID, String> texts = new HashMap<>();
  private boolean over;

  Talk(World world) {
    this.world = world;
    this.scheduler = world.scheduler;
  }

  /// What was written under an id; null: nothing ever.
  @org.jspecify.annotations.Nullable
  String textOf(UUID message) {
    return texts.get(message);
  }

  void found() {
    for (var i = 0; i < CONVERSATIONS; i++) {
      var conversation = world.trace.named(world.id(), "c" + i);
      conversations.add(conversation);
      var content = content(conversation).put("kind", "group").put("title", "c" + i);
      var members = content.putArray("members");
      world.people.all().stream()
          .skip(1)
          .filter(_ -> scheduler.chance(70))
          .forEach(person -> members.add(person.toString()));
      ask(world.clients.getFirst(), "create", conversation, content);
    }
  }

  void begin() {
    world.clients.forEach(this::goOn);
    if (scheduler.chance(ERASES_PERCENT)) {
      scheduler.soon(ERASED_MILLIS, this::erase);
    }
  }

  void end() {
    over = true;
  }

  private void goOn(Client client) {
    scheduler.soon(
        700,
        () -> {
          if (!over) {
            act(client);
            goOn(client);
          }
        });
  }

  private void act(Client client) {
    var conversation = any(conversations);
    var content = content(conversation);
    var person = any(world.people.all()).toString();
    var dice = scheduler.random.nextInt(100);
    if (dice < 58 || sends.isEmpty()) {
      send(client, conversation, content);
    } else if (dice < 64) {
      edit(client, ownOrAny(client));
    } else if (dice < 70) {
      var sent = ownOrAny(client);
      ask(client, "delete", sent.conversation(), of(sent));
    } else if (dice < 74) {
      var sent = any(sends);
      ask(client, "react", sent.conversation(), of(sent).put("emoji", "👍"));
    } else if (dice < 78) {
      ask(client, "invite", conversation, content.put("user", person));
    } else if (dice < 80) {
      ask(client, "remove", conversation, content.put("user", person));
    } else if (dice < 86) {
      comeAndGo(conversation, person);
    } else if (dice < 88) {
      ask(client, "leave", conversation, content);
    } else if (dice < 94) {
      read(client, conversation, content);
    } else {
      again(client);
    }
  }

  /// Anybody but the first, who keeps the conversations together.
  private void erase() {
    var client = any(world.clients.stream().filter(this::mayGo).toList());
    client.leaveForEver();
    world.people.erase(client.user);
  }

  private boolean mayGo(Client client) {
    return !client.user.equals(world.people.all().getFirst());
  }

  private void send(Client client, UUID conversation, ObjectNode content) {
    var message = world.trace.named(world.id(), "m" + texts.size());
    var text = "text " + texts.size();
    texts.put(message, text);
    content.put("message_id", message.toString()).put("text", text);
    var request = new Request(message, conversation, "send", content);
    sends.add(request);
    sendsOf.computeIfAbsent(client.user, _ -> new ArrayList<>()).add(request);
    client.ask(request);
  }

  /// Most often a message of one's own: others may not be edited.
  private Request ownOrAny(Client client) {
    var own = sendsOf.getOrDefault(client.user, List.of());
    return any(own.isEmpty() || scheduler.chance(20) ? sends : own);
  }

  private void edit(Client client, Request sent) {
    ask(client, "edit", sent.conversation(), of(sent).put("text", "edited"));
  }

  private void read(Client client, UUID conversation, ObjectNode content) {
    var lane = client.lanes.get(conversation);
    if (lane != null && lane.have > 0) {
      content.put("seq", lane.have);
      client.ask(new Request(world.id(), conversation, "read", content));
    }
  }

  /// Removed and invited again by the owner, at once or after a while: what comes late of the first
  /// stay meets the second.
  private void comeAndGo(UUID conversation, String person) {
    var owner = world.clients.getFirst();
    ask(owner, "remove", conversation, content(conversation).put("user", person));
    scheduler.soon(
        1_000, () -> ask(owner, "invite", conversation, content(conversation).put("user", person)));
  }

  /// What was accepted, as if the answer had never come.
  private void again(Client client) {
    if (!client.answers.isEmpty()) {
      client.ask(any(client.answers).request());
    }
  }

  private void ask(Client client, String type, UUID conversation, ObjectNode content) {
    var id = world.id();
    world.trace.named(id, type + "-" + scheduler.steps());
    content.put("command_id", id.toString());
    client.ask(new Request(id, conversation, type, content));
  }

  private static ObjectNode of(Request sent) {
    return content(sent.conversation()).put("message_id", sent.id().toString());
  }

  private static ObjectNode content(UUID conversation) {
    return Json.MAPPER.createObjectNode().put("conversation", conversation.toString());
  }

  private <T> T any(List<T> all) {
    return all.get(scheduler.random.nextInt(all.size()));
  }
}
