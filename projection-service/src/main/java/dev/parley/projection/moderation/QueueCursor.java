package dev.parley.projection.moderation;

import dev.parley.projection.http.Refusal;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.id.Ids;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where a page of a queue ended. Opaque to clients.
///
/// @param author of a held message; of a reported one its own id once more
record QueueCursor(long atMillis, UUID conversation, UUID message, UUID author) {

  private static final int NUMBER_CHARS_MAX = 18;

  static @Nullable QueueCursor of(@Nullable String text) {
    if (text == null) {
      return null;
    }
    var parts = text.split("_", -1);
    var ids = Stream.of(parts).skip(1).map(Ids::parse).filter(Objects::nonNull).toList();
    if (parts.length != 4
        || ids.size() != 3
        || parts[0].length() > NUMBER_CHARS_MAX
        || !parts[0].matches("[0-9]+")) {
      throw new Refusal(ErrorCode.CURSOR_INVALID, "after must be the next of another page");
    }
    return new QueueCursor(Long.parseLong(parts[0]), ids.get(0), ids.get(1), ids.get(2));
  }

  String text() {
    return atMillis + "_" + conversation + "_" + message + "_" + author;
  }

  /// Adds four parameters; nulls where a queue is read from its beginning.
  static Tuple add(Tuple parameters, @Nullable QueueCursor cursor) {
    return parameters
        .addLong(cursor == null ? null : cursor.atMillis())
        .addUUID(cursor == null ? null : cursor.conversation())
        .addUUID(cursor == null ? null : cursor.message())
        .addUUID(cursor == null ? null : cursor.author());
  }
}
