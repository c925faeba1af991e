package dev.parley.projection.inbox;

import dev.parley.projection.http.Refusal;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.id.Ids;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where a page of the inbox ended. Opaque to clients.
record InboxCursor(long lastAtMillis, UUID conversation) {

  private static final Pattern SHAPE = Pattern.compile("(-?[0-9]{1,18})_([0-9a-f-]{36})");

  static InboxCursor after(InboxItem item) {
    return new InboxCursor(item.lastAtMillis(), item.conversation());
  }

  static @Nullable InboxCursor of(@Nullable String text) {
    if (text == null) {
      return null;
    }
    var match = SHAPE.matcher(text);
    var conversation = match.matches() ? Ids.parse(match.group(2)) : null;
    if (conversation == null) {
      throw new Refusal(ErrorCode.CURSOR_INVALID, "before must be the next of another page");
    }
    return new InboxCursor(Long.parseLong(match.group(1)), conversation);
  }

  String text() {
    return lastAtMillis + "_" + conversation;
  }
}
