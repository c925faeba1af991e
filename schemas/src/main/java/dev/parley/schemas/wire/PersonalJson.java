package dev.parley.schemas.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.schemas.content.ContentReader;
import dev.parley.schemas.content.Opened;
import dev.parley.schemas.personal.Personal;
import dev.parley.schemas.personal.PersonalEntry;
import java.time.Instant;

/// Personal entries as clients see them: the `d` of a push without seq.
public final class PersonalJson {

  private PersonalJson() {}

  /// The type of the push: `mark`, `settings`, `draft` or `hidden`.
  ///
  /// @throws IllegalArgumentException of what is pushed to nobody
  public static String type(PersonalEntry entry) {
    return switch (entry.value()) {
      case Personal.Delivered _, Personal.Read _, Personal.ThreadRead _ -> "mark";
      case Personal.Muted _, Personal.Pinned _, Personal.Archived _ -> "settings";
      case Personal.Draft _ -> "draft";
      case Personal.Hidden _ -> "hidden";
      case Personal.Moderation _ -> throw neverPushed();
    };
  }

  /// Whether others in the conversation see it, too.
  public static boolean isShared(PersonalEntry entry) {
    return switch (entry.value()) {
      case Personal.Delivered _, Personal.Read _ -> !entry.quiet();
      case Personal.ThreadRead _,
          Personal.Muted _,
          Personal.Pinned _,
          Personal.Archived _,
          Personal.Draft _,
          Personal.Hidden _,
          Personal.Moderation _ ->
          false;
    };
  }

  /// @throws KeyMissingException if the member's content key has not arrived here yet
  public static ObjectNode toJson(PersonalEntry entry, ContentReader reader) {
    var json = Json.MAPPER.createObjectNode();
    json.put("conversation", entry.conversation().toString());
    switch (entry.value()) {
      case Personal.Delivered(var seq) ->
          json.put("user", entry.user().toString()).put("delivered", seq);
      case Personal.Read(var seq) -> json.put("user", entry.user().toString()).put("read", seq);
      case Personal.ThreadRead(var thread, var seq) ->
          json.put("user", entry.user().toString())
              .put("thread", thread.toString())
              .put("read", seq);
      case Personal.Muted(var untilMillis) -> json.put("muted_until", mutedUntil(untilMillis));
      case Personal.Pinned(var pinned) -> json.put("pinned", pinned);
      case Personal.Archived(var archived) -> json.put("archived", archived);
      case Personal.Draft(var body) -> json.put("text", body == null ? "" : text(entry, reader));
      case Personal.Hidden(var message) -> json.put("message", message.toString());
      case Personal.Moderation _ -> throw neverPushed();
    }
    return json;
  }

  private static IllegalArgumentException neverPushed() {
    return new IllegalArgumentException("What is for moderators is pushed to nobody");
  }

  /// Null: not muted; `forever`, or a time.
  public static @org.jspecify.annotations.Nullable String mutedUntil(long untilMillis) {
    if (untilMillis == 0) {
      return null;
    }
    return untilMillis < 0 ? "forever" : Instant.ofEpochMilli(untilMillis).toString();
  }

  private static String text(PersonalEntry entry, ContentReader reader) {
    if (!(entry.value() instanceof Personal.Draft(var body)) || body == null) {
      return "";
    }
    var place = PersonalEntry.draftPlace(entry.conversation(), entry.user());
    return switch (reader.open(body, place)) {
      case Opened.Readable(var content) -> content.text();
      case Opened.Erased() -> "";
      case Opened.KeyMissing() -> throw new KeyMissingException(entry.user());
    };
  }
}
