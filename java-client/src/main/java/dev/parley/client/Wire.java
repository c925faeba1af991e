package dev.parley.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.schemas.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/// One connection's frames: numbers the requests and knows who waits for which answer. For one
/// thread, the client's.
final class Wire {

  private static final int UTF8_BYTES_OF_A_CHAR_MAX = 3;

  private final Link link;
  private final Map<Long, Consumer<Reply>> asked = new HashMap<>();
  private long frameBytesMax;
  private long lastId;

  Wire(Link link) {
    this.link = link;
  }

  Link link() {
    return link;
  }

  /// @param bytesMax 0: the server does not say
  void limit(long bytesMax) {
    frameBytesMax = bytesMax;
  }

  /// The answer may never come. A frame that is too long is refused here: sent all the same, it
  /// would cost the connection.
  void request(Frame frame, Consumer<Reply> answered) {
    var json = Json.MAPPER.createObjectNode().put("id", ++lastId);
    json.setAll(json(frame));
    var text = json.toString();
    if (isTooLong(text)) {
      answered.accept(
          new Reply.Refused(
              Reply.TOO_LARGE, false, 0, "The frame is over " + frameBytesMax + " bytes."));
    } else {
      asked.put(lastId, answered);
      link.send(text);
    }
  }

  /// A frame that nobody answers.
  void push(Frame frame) {
    link.send(json(frame).toString());
  }

  void push(String type) {
    push(new Frame(type, Json.MAPPER.createObjectNode()));
  }

  void answered(JsonNode frame) {
    var waiting = asked.remove(frame.path("id").asLong());
    if (waiting != null) {
      waiting.accept(Reply.of(frame));
    }
  }

  private boolean isTooLong(String text) {
    return frameBytesMax > 0
        && (text.length() > frameBytesMax
            || ((long) text.length() * UTF8_BYTES_OF_A_CHAR_MAX > frameBytesMax
                && text.getBytes(StandardCharsets.UTF_8).length > frameBytesMax));
  }

  private static ObjectNode json(Frame frame) {
    var json = Json.MAPPER.createObjectNode().put("t", frame.type());
    json.set("d", frame.content());
    return json;
  }
}
