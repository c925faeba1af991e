package dev.parley.bench.check.history;

import com.fasterxml.jackson.databind.JsonNode;

/// Events and texts as 64 bits each, so that a run of millions of deliveries fits in memory. Not
/// against an attacker.
public final class Digests {

  /// The text of what was deleted or erased since: its place is kept, its text is not.
  public static final long GONE = 0;

  private static final long OFFSET = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;
  private static final String[] ENVELOPE = {"type", "id", "actor", "at"};
  private static final String[] DATA = {"message", "user", "role", "emoji"};

  private Digests() {}

  /// Of all that tells one event from another besides its text, which the log keeps sealed.
  ///
  /// @param event as clients see it
  public static long identity(JsonNode event) {
    long digest = mixed(OFFSET, event.path("ordinal").asLong());
    for (var field : ENVELOPE) {
      digest = with(digest, event.path(field).asText());
    }
    var data = event.path("data");
    for (var field : DATA) {
      digest = with(digest, data.path(field).asText());
    }
    return mixed(digest, data.path("revision").asLong());
  }

  /// Of the text that an event shows; [#GONE] where it has none.
  public static long shownText(JsonNode event) {
    var data = event.path("data");
    boolean gone = data.path("deleted").asBoolean() || data.path("erased").asBoolean();
    return gone || !data.has("text") ? GONE : text(data.path("text").asText());
  }

  /// Never [#GONE].
  public static long text(String text) {
    long digest = with(OFFSET, text);
    return digest == GONE ? 1 : digest;
  }

  private static long with(long digest, String text) {
    long next = digest;
    for (int i = 0; i < text.length(); i++) {
      next = (next ^ text.charAt(i)) * PRIME;
    }
    return (next ^ 0xffff) * PRIME;
  }

  private static long mixed(long digest, long number) {
    return with(digest, Long.toString(number));
  }
}
