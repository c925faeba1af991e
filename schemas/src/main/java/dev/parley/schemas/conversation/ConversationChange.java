package dev.parley.schemas.conversation;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What of a conversation is to be, or was, changed; null: unchanged.
///
/// @param avatar an address or an emoji; empty: none
/// @param custom the product's own data, replaced as a whole
/// @param slowModeSeconds between two messages of one member; 0: no such rule
public record ConversationChange(
    @Nullable String title,
    @Nullable String topic,
    @Nullable String avatar,
    @Nullable Map<String, String> custom,
    @Nullable HistoryVisibility history,
    @Nullable Integer slowModeSeconds) {

  public ConversationChange {
    // Sorted: the same data gives the same bytes.
    custom = custom == null ? null : java.util.Collections.unmodifiableMap(new TreeMap<>(custom));
  }

  public boolean isEmpty() {
    return title == null
        && topic == null
        && avatar == null
        && custom == null
        && history == null
        && slowModeSeconds == null;
  }
}
