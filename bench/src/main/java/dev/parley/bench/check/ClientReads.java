package dev.parley.bench.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.bench.check.history.Person;
import dev.parley.bench.check.rules.ShownItem;
import dev.parley.bench.check.rules.ShownMessage;
import dev.parley.client.Answer;
import dev.parley.client.Rest;
import dev.parley.schemas.id.Ids;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/// What a deployment shows to its people, read as any client would.
final class ClientReads {

  private static final int UNAUTHENTICATED = 401;
  private static final int ABSENT = 404;

  private final Rest rest;

  ClientReads(Rest rest) {
    this.rest = rest;
  }

  /// All that this person can page through, oldest first; nothing where it is not for them.
  List<ShownMessage> history(Person reader, UUID conversation) {
    var shown = new ArrayList<ShownMessage>();
    boolean more = true;
    while (more) {
      long after = shown.isEmpty() ? 0 : shown.getLast().seq();
      var page =
          get(reader, "/api/conversations/" + conversation + "/messages?limit=200&after=" + after);
      page.path("messages").forEach(message -> shown.add(ShownMessage.of(message)));
      more = page.path("has_after").asBoolean();
    }
    return shown;
  }

  /// All events that this person may catch up on.
  void events(Person reader, UUID conversation, Consumer<JsonNode> event) {
    long after = 0;
    while (true) {
      var page =
          get(reader, "/api/conversations/" + conversation + "/events?limit=1000&after=" + after);
      var events = page.path("events");
      if (events.isEmpty()) {
        return;
      }
      events.forEach(event);
      after = events.get(events.size() - 1).path("seq").asLong();
    }
  }

  /// All messages of a conversation that this person can find.
  ///
  /// @param through the seq up to which the index holds what happened there
  record Found(List<ShownMessage> messages, long through) {}

  Found found(Person reader, UUID conversation) {
    var found = new ArrayList<ShownMessage>();
    var path = "/api/search/messages?sort=newest&limit=100&in=" + conversation;
    var page = get(reader, path);
    long through = page.path("indexed_through").path("seq").asLong();
    while (true) {
      page.path("hits").forEach(hit -> found.add(ShownMessage.of(hit)));
      var cursor = page.path("cursor");
      if (!cursor.isTextual()) {
        return new Found(found, through);
      }
      page = get(reader, path + "&cursor=" + cursor.textValue());
    }
  }

  Map<UUID, ShownItem> inbox(Person reader) {
    var items = new HashMap<UUID, ShownItem>();
    var path = "/api/conversations?limit=200";
    var next = path;
    while (true) {
      var page = get(reader, next);
      for (var item : page.path("conversations")) {
        items.put(Ids.required(item.path("conversation").asText()), ShownItem.of(item));
      }
      if (!page.path("next").isTextual()) {
        return items;
      }
      next = path + "&before=" + page.path("next").textValue();
    }
  }

  /// Empty for what is not there, or not for this person.
  private JsonNode get(Person reader, String path) {
    var answer = rest.get(path, token(reader, false));
    if (answer.status() == UNAUTHENTICATED) {
      answer = rest.get(path, token(reader, true));
    }
    return answer.status() == ABSENT ? empty(answer) : answer.expectOk().body();
  }

  private static JsonNode empty(Answer answer) {
    return answer.body().path("nothing");
  }

  private static String token(Person reader, boolean another) {
    var tokens = reader.tokens();
    return (another ? tokens.renew() : tokens.fresh()).toCompletableFuture().join();
  }
}
