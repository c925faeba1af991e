package dev.parley.projection.fold;

import dev.parley.schemas.content.Content;
import dev.parley.schemas.event.Event;
import dev.parley.schemas.wire.ContentJson;
import dev.parley.schemas.wire.Json;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An event whose content, if it has any, was opened.
///
/// @param record value of the record of `parley.events`; not to be changed
@SuppressWarnings("ArrayRecordComponent") // Handed on as it is, never compared.
public record OpenedEvent(Event event, byte[] record, Written written) {

  /// What its author wrote, as a view may keep it.
  ///
  /// @param erased nobody can read it any more: the text is empty
  /// @param rest type, custom data and attachments as JSON; null: none of them
  public record Written(String text, List<UUID> mentions, boolean erased, @Nullable String rest) {

    public Written(String text, List<UUID> mentions, boolean erased) {
      this(text, mentions, erased, null);
    }

    /// Nothing: of events without content, and of deleted messages.
    public static final Written NOTHING = new Written("", List.of(), false);

    /// Of an author whose key was destroyed.
    public static final Written ERASED = new Written("", List.of(), true);

    public static Written of(Content content) {
      var rest = Json.MAPPER.createObjectNode();
      ContentJson.putRest(rest, content);
      return new Written(
          ViewText.of(content.text()),
          content.mentions(),
          false,
          rest.isEmpty() ? null : rest.toString());
    }
  }
}
