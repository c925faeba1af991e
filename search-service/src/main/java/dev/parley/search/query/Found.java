package dev.parley.search.query;

import dev.parley.search.message.MessageDocument;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A page of what was found.
///
/// @param totalAtLeast whether there are more than `total`
/// @param cursor of the next page; null on the last one
/// @param through how far the search sees
/// @param lagMillis how old the oldest entry of the log may be that it does not see; null: unknown
/// @param incomplete whether the caller has more conversations than one search takes
public record Found(
    List<Hit> hits,
    long total,
    boolean totalAtLeast,
    @Nullable String cursor,
    Through through,
    @Nullable Long lagMillis,
    boolean incomplete) {

  public Found {
    hits = List.copyOf(hits);
  }

  public record Hit(MessageDocument message, List<String> highlights) {
    public Hit {
      highlights = List.copyOf(highlights);
    }
  }

  /// How far a search sees.
  public sealed interface Through {

    /// Of the conversation asked for: all its messages and their changes up to `seq`.
    record OfConversation(UUID conversation, long seq) implements Through {}

    /// Of the log: the next offset of each partition of `parley.events`.
    record OfLog(int version, Map<Integer, Long> partitions) implements Through {}
  }
}
