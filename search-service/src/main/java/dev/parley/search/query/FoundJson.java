package dev.parley.search.query;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.schemas.wire.Json;
import dev.parley.search.query.Found.Through;
import java.time.Instant;

/// A page of what was found, as the caller gets it.
final class FoundJson {

  private FoundJson() {}

  static ObjectNode of(Found found) {
    var json = Json.MAPPER.createObjectNode();
    var hits = json.putArray("hits");
    found.hits().forEach(hit -> hits.add(of(hit)));
    json.put("total", found.total());
    json.put("total_relation", found.totalAtLeast() ? "at_least" : "exact");
    json.put("cursor", found.cursor());
    json.set("indexed_through", of(found.through()));
    json.put("lag_ms", found.lagMillis());
    if (found.incomplete()) {
      json.put("incomplete", true);
    }
    return json;
  }

  private static ObjectNode of(Found.Hit hit) {
    var message = hit.message();
    var json = Json.MAPPER.createObjectNode();
    json.put("conversation", message.conversation().toString());
    json.put("id", message.id().toString());
    json.put("seq", message.seq());
    json.put("author", message.author().toString());
    json.put("at", Instant.ofEpochMilli(message.at()).toString());
    json.put("text", message.text());
    var highlights = json.putArray("highlights");
    hit.highlights().forEach(highlights::add);
    var thread = message.thread();
    json.put("thread", thread == null ? null : thread.toString());
    return json;
  }

  private static ObjectNode of(Through through) {
    var json = Json.MAPPER.createObjectNode();
    switch (through) {
      case Through.OfConversation(var conversation, var seq) ->
          json.put("conversation", conversation.toString()).put("seq", seq);
      case Through.OfLog(var version, var partitions) -> {
        json.put("version", version);
        var nextOffsets = json.putObject("partitions");
        partitions.forEach((partition, next) -> nextOffsets.put(Integer.toString(partition), next));
      }
    }
    return json;
  }
}
