package dev.parley.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.schemas.content.Body;
import dev.parley.schemas.content.Opened;
import dev.parley.schemas.content.Place;
import dev.parley.schemas.event.Event;
import dev.parley.schemas.event.EventData;
import dev.parley.search.index.Documents;
import dev.parley.search.message.MessageDocument;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/// What the index has to hold, told from the log in another way than the projection's: each
/// document and each row is looked up for itself.
final class IndexVerdict {

  private final World world;
  private final List<Event> events;

  IndexVerdict(World world, List<Event> events) {
    this.world = world;
    this.events = events;
  }

  String expected() {
    var all = new TreeMap<String, String>();
    for (var event : events) {
      if (event.data() instanceof EventData.MessageSent sent) {
        all.put(
            MessageDocument.key(event.conversation(), sent.message()),
            message(event, sent.message(), sent.body()));
      }
    }
    stays().forEach((member, stays) -> all.put("member " + member, stays));
    return lines(all);
  }

  String actual() {
    var all = new TreeMap<String, String>();
    world
        .indexing
        .index
        .documents(Indexing.VERSION.messages())
        .forEach((id, json) ->
            all.put(id, shown(Documents.MAPPER.convertValue(json, MessageDocument.class))));
    world
        .indexing
        .index
        .documents(Indexing.VERSION.access())
        .forEach((id, json) -> {
          if (json.path("row").asText().equals("member")) {
            all.put("member " + id, stays(json));
          }
        });
    return lines(all);
  }

  /// Its last state decides; nothing that was deleted or that somebody wrote who was erased may be
  /// read or searched.
  private String message(Event sent, UUID message, Body first) {
    var state = world.people.isErased(sent.actor()) ? "ERASED" : "LIVE";
    var body = first;
    var revision = 0;
    long changed = sent.seq();
    for (var event : events) {
      if (!event.conversation().equals(sent.conversation())) {
        continue;
      }
      if (event.data() instanceof EventData.MessageEdited(var edited, var number, var content)
          && edited.equals(message)) {
        body = content;
        revision = number;
        changed = event.seq();
      } else if (event.data() instanceof EventData.MessageDeleted(var deleted, _)
          && deleted.equals(message)) {
        state = "DELETED";
        changed = event.seq();
      }
    }
    var text = state.equals("LIVE") ? text(body, sent, message) : "";
    return line(state, sent.seq(), changed, sent.ordinal(), revision, text, !text.isEmpty());
  }

  private String text(Body body, Event sent, UUID message) {
    var opened = world.reader.open(body, new Place(sent.conversation(), message, sent.actor()));
    return opened instanceof Opened.Readable(var content) ? content.text() : "";
  }

  private static String shown(MessageDocument document) {
    return line(
        document.state().name(),
        document.seq(),
        document.changedSeq(),
        document.ordinal(),
        document.revision(),
        document.text(),
        !document.words().isEmpty());
  }

  private static String line(
      String state,
      long seq,
      long changed,
      long ordinal,
      int revision,
      String text,
      boolean searched) {
    return "%s %d %d %d %d '%s' %s"
        .formatted(state, seq, changed, ordinal, revision, text, searched);
  }

  private Map<String, String> stays() {
    var stays = new TreeMap<String, String>();
    for (var event : events) {
      if (event.data() instanceof EventData.MemberJoined(var user, _)) {
        stays.merge(event.conversation() + "/" + user, event.seq() + "-", String::concat);
      } else {
        var left = Verdict.left(event);
        if (left != null) {
          stays.merge(event.conversation() + "/" + left, event.seq() + " ", String::concat);
        }
      }
    }
    return stays;
  }

  private static String stays(JsonNode row) {
    var stays = new StringBuilder();
    for (var stay : row.path("stays")) {
      stays.append(stay.path("from").asLong()).append('-');
      if (stay.has("to")) {
        stays.append(stay.path("to").asLong()).append(' ');
      }
    }
    return stays.toString();
  }

  private static String lines(Map<String, String> all) {
    return all.entrySet().stream()
        .map(one -> one.getKey() + " " + one.getValue())
        .collect(Collectors.joining("\n"));
  }
}
