package dev.parley.edge.session;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.edge.hub.Cursor;
import dev.parley.edge.hub.Position;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.id.Ids;
import java.util.LinkedHashMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The content of a `resume` frame: `{"heads":{conversation:seq}}` or `{"cursor":"..."}`, and the
/// `epoch` that heads belong to, which a cursor says itself.
///
/// A position of another log is no error: the answer is a whole snapshot with `resumed` false and
/// `epoch_changed` true, so a client needs one path only.
sealed interface ResumeInput {

  record Read(Position position) implements ResumeInput {}

  record Refused(ErrorCode code, String detail) implements ResumeInput {}

  static ResumeInput read(JsonNode content, String epoch, int headsMax) {
    var cursor = content.path("cursor");
    if (cursor.isTextual() && !cursor.textValue().isEmpty()) {
      return new Read(position(Cursor.decode(cursor.textValue()), epoch));
    }
    var told = content.path("epoch");
    if (!told.isMissingNode() && !told.isNull() && !told.isTextual()) {
      return new Refused(ErrorCode.INVALID, "\"epoch\" must be what hello said.");
    }
    var heads = content.path("heads");
    if (heads.isMissingNode() || heads.isNull()) {
      return new Read(new Position.Nowhere());
    }
    if (!heads.isObject()) {
      return new Refused(ErrorCode.INVALID, "\"heads\" must be an object of conversation to seq.");
    }
    if (heads.size() > headsMax) {
      return new Refused(ErrorCode.TOO_LARGE, "\"heads\" may name " + headsMax + " at most.");
    }
    return told.isTextual() && !told.textValue().equals(epoch) ? elsewhere(heads) : heads(heads);
  }

  private static Position position(@Nullable Cursor cursor, String epoch) {
    if (cursor == null) {
      return new Position.Unknown();
    }
    return cursor.epoch().equals(epoch)
        ? new Position.Heads(cursor.heads())
        : new Position.Elsewhere();
  }

  private static ResumeInput elsewhere(JsonNode heads) {
    return heads(heads) instanceof Refused refused ? refused : new Read(new Position.Elsewhere());
  }

  private static ResumeInput heads(JsonNode heads) {
    var read = new LinkedHashMap<UUID, Long>();
    for (var head : heads.properties()) {
      var conversation = Ids.parse(head.getKey());
      var seq = head.getValue();
      if (conversation == null
          || !seq.canConvertToLong()
          || !seq.isIntegralNumber()
          || seq.longValue() < 0) {
        return new Refused(
            ErrorCode.INVALID, "\"heads\" must map ids of conversations to seqs from 0.");
      }
      read.put(conversation, seq.longValue());
    }
    return new Read(read.isEmpty() ? new Position.Nowhere() : new Position.Heads(read));
  }
}
