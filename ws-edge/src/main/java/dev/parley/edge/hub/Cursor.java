package dev.parley.edge.hub;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A position in all conversations of a person, opaque to clients.
///
/// @param epoch the log that the numbers belong to
/// @param heads the last seq seen of each conversation
public record Cursor(String epoch, Map<UUID, Long> heads) {

  private static final byte VERSION = 1;
  private static final int BYTES_PER_HEAD = 3 * Long.BYTES;

  public Cursor {
    heads = Map.copyOf(heads);
  }

  /// URL-safe text.
  public String encode() {
    var name = epoch.getBytes(StandardCharsets.UTF_8);
    var bytes = ByteBuffer.allocate(2 + name.length + heads.size() * BYTES_PER_HEAD);
    bytes.put(VERSION).put((byte) name.length).put(name);
    heads.forEach((conversation, seq) ->
        bytes
            .putLong(conversation.getMostSignificantBits())
            .putLong(conversation.getLeastSignificantBits())
            .putLong(seq));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  /// The cursor that `text` is, or null.
  public static @Nullable Cursor decode(String text) {
    try {
      var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
      if (bytes.get() != VERSION) {
        return null;
      }
      var name = new byte[bytes.get() & 0xFF];
      bytes.get(name);
      if (bytes.remaining() % BYTES_PER_HEAD != 0) {
        return null;
      }
      var heads = new LinkedHashMap<UUID, Long>();
      while (bytes.hasRemaining()) {
        heads.put(new UUID(bytes.getLong(), bytes.getLong()), bytes.getLong());
      }
      return new Cursor(new String(name, StandardCharsets.UTF_8), heads);
    } catch (IllegalArgumentException | BufferUnderflowException notACursor) {
      return null;
    }
  }
}
