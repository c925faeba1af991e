package dev.parley.bench.check.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.bench.check.history.Digests;
import dev.parley.schemas.id.Ids;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/// A message as a page of history or a search shows it.
///
/// @param text [Digests#GONE] where there is none
/// @param thread the message that its thread hangs on; empty: none
public record ShownMessage(
    UUID id,
    long seq,
    long ordinal,
    UUID author,
    long text,
    int revision,
    boolean deleted,
    boolean pinned,
    String thread,
    Map<String, Integer> reactions) {

  public static ShownMessage of(JsonNode json) {
    var text = json.path("text").asText();
    var reactions = new TreeMap<String, Integer>();
    for (var reaction : json.path("reactions")) {
      reactions.put(reaction.path("emoji").asText(), reaction.path("count").asInt());
    }
    return new ShownMessage(
        Ids.required(json.path("id").asText()),
        json.path("seq").asLong(),
        json.path("ordinal").asLong(),
        Ids.required(json.path("author").asText()),
        text.isEmpty() ? Digests.GONE : Digests.text(text),
        json.path("revision").asInt(),
        json.path("deleted").asBoolean(),
        json.path("pinned").asBoolean(),
        // A null, too, is none.
        json.path("thread").asText(""),
        reactions);
  }
}
