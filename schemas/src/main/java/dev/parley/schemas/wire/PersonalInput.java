package dev.parley.schemas.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.schemas.content.Body;
import dev.parley.schemas.content.Content;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.personal.Personal;
import dev.parley.schemas.personal.ReportReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// What a member wants to keep in a conversation, as a client wrote it.
public sealed interface PersonalInput {

  /// Types of the frames that say so.
  Set<String> TYPES = ClientFrame.names(ClientFrame.Kind.PERSONAL);

  /// @param values at least one; a draft with a plain body, to be sealed
  record Read(UUID conversation, List<Personal> values) implements PersonalInput {
    public Read {
      values = List.copyOf(values);
    }
  }

  record Refused(ErrorCode code, String detail) implements PersonalInput {}

  /// @param type one of [#TYPES]
  /// @param nowMillis what `muted_for_seconds` counts from
  static PersonalInput read(String type, JsonNode d, long nowMillis, Limits limits) {
    if (!d.isObject()) {
      return new Refused(ErrorCode.MALFORMED, "Expected an object in \"d\".");
    }
    try {
      var fields = new Fields(d, limits);
      var conversation = fields.id("conversation");
      return switch (type) {
        case "delivered" -> read(conversation, new Personal.Delivered(seq(fields)));
        case "read" ->
            read(
                conversation,
                fields.has("thread")
                    ? new Personal.ThreadRead(fields.id("thread"), seq(fields))
                    : new Personal.Read(seq(fields)));
        case "settings" -> new Read(conversation, settings(fields, nowMillis));
        case "draft" -> read(conversation, draft(fields));
        case "report" -> read(conversation, report(fields));
        case "hide" -> read(conversation, new Personal.Hidden(fields.id("message_id")));
        // Any text can come here from a client, so this is no closed set.
        default -> new Refused(ErrorCode.UNKNOWN_TYPE, "There is no frame \"" + type + "\".");
      };
    } catch (Fields.Unfit unfit) {
      return new Refused(unfit.code, unfit.detail);
    }
  }

  private static Read read(UUID conversation, Personal value) {
    return new Read(conversation, List.of(value));
  }

  private static long seq(Fields d) {
    return d.number("seq", 0, Long.MAX_VALUE);
  }

  private static List<Personal> settings(Fields d, long nowMillis) {
    var settings = new ArrayList<Personal>();
    if (d.has("muted_for_seconds")) {
      var seconds = d.number("muted_for_seconds", -1, d.limits.aheadMax().toSeconds());
      settings.add(new Personal.Muted(seconds <= 0 ? seconds : nowMillis + seconds * 1_000));
    }
    if (d.has("pinned")) {
      settings.add(new Personal.Pinned(d.flag("pinned")));
    }
    if (d.has("archived")) {
      settings.add(new Personal.Archived(d.flag("archived")));
    }
    if (settings.isEmpty()) {
      throw Fields.invalid("Name what is set: muted_for_seconds, pinned or archived.");
    }
    return settings;
  }

  private static Personal report(Fields d) {
    var reason = ReportReason.fromWire(d.text("reason", d.limits.titleCharsMax()));
    if (reason == null) {
      throw Fields.invalid("\"reason\" must be spam, abuse, illegal or other.");
    }
    var note = d.has("note") ? d.text("note", d.limits.textCharsMax()) : "";
    return new Personal.Reported(
        d.id("message_id"),
        reason,
        note.isEmpty() ? null : new Body.Plain(new Content(note, List.of())));
  }

  private static Personal draft(Fields d) {
    var text = d.text("text", d.limits.textCharsMax());
    return new Personal.Draft(text.isEmpty() ? null : new Body.Plain(new Content(text, List.of())));
  }
}
