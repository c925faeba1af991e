package dev.parley.schemas.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.schemas.content.Content;

/// What a content has besides its text, as clients see it: in events and in pages of messages.
public final class ContentJson {

  private ContentJson() {}

  /// Puts `type`, `custom` and `attachments`, those that there are.
  public static void putRest(ObjectNode data, Content content) {
    if (!content.type().isEmpty()) {
      data.put("type", content.type());
    }
    if (!content.custom().isEmpty()) {
      var custom = data.putObject("custom");
      content.custom().forEach(custom::put);
    }
    if (content.attachments().isEmpty()) {
      return;
    }
    var attachments = data.putArray("attachments");
    for (var attachment : content.attachments()) {
      var json = attachments.addObject();
      json.put("id", attachment.id());
      json.put("name", attachment.name());
      json.put("media_type", attachment.mediaType());
      json.put("url", attachment.url());
      if (attachment.bytes() > 0) {
        json.put("bytes", attachment.bytes());
      }
      if (attachment.width() > 0 && attachment.height() > 0) {
        json.put("width", attachment.width()).put("height", attachment.height());
      }
    }
  }
}
