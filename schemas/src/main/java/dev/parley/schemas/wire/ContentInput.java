package dev.parley.schemas.wire;

import dev.parley.schemas.command.Command;
import dev.parley.schemas.content.Attachment;
import dev.parley.schemas.content.Body;
import dev.parley.schemas.content.Content;
import dev.parley.schemas.conversation.Everyone;
import org.jspecify.annotations.Nullable;

/// Reads what a person wrote from the fields of a client.
record ContentInput(Fields d) {

  Command.SendMessage send() {
    return new Command.SendMessage(
        body(true),
        d.optionalId("reply_to"),
        d.optionalId("thread"),
        everyone(),
        d.number("expires_after_seconds", 1, d.limits.aheadMax().toSeconds(), 0) * 1_000,
        null);
  }

  /// @param mayBeEmpty whether attachments or a type of the product's own may stand for the text
  Body body(boolean mayBeEmpty) {
    var content =
        new Content(
            d.text("text", d.limits.textCharsMax(), ""),
            d.ids("mentions", d.limits.mentionsMax()),
            d.text("type", d.limits.titleCharsMax(), ""),
            d.custom("custom"),
            d.objects("attachments", d.limits.attachmentsMax()).stream()
                .map(ContentInput::attachment)
                .toList());
    var stands = !content.attachments().isEmpty() || !content.type().isEmpty();
    if (content.text().isBlank() && !(mayBeEmpty && stands)) {
      throw Fields.invalid("\"text\" must not be empty.");
    }
    return new Body.Plain(content);
  }

  private Everyone everyone() {
    @Nullable Everyone everyone =
        Everyone.fromWire(d.text("everyone", d.limits.titleCharsMax(), Everyone.NONE.wireName()));
    if (everyone == null) {
      throw Fields.invalid("\"everyone\" must be none, here or all.");
    }
    return everyone;
  }

  private static Attachment attachment(Fields a) {
    var chars = a.limits.titleCharsMax() * 4;
    return new Attachment(
        a.text("id", chars, ""),
        a.text("name", chars),
        a.text("media_type", chars, ""),
        a.number("bytes", 0, Long.MAX_VALUE, 0),
        address(a, chars),
        (int) a.number("width", 0, Integer.MAX_VALUE, 0),
        (int) a.number("height", 0, Integer.MAX_VALUE, 0));
  }

  /// Pages make links of it, so nothing that a browser would run.
  private static String address(Fields a, int chars) {
    var address = a.text("url", chars);
    if (!address.startsWith("https://") && !address.startsWith("http://")) {
      throw Fields.invalid("\"url\" must begin with https:// or http://.");
    }
    return address;
  }
}
