package dev.parley.bench.check.rules;

import dev.parley.bench.check.ConversationLog;
import dev.parley.bench.check.history.Digests;
import dev.parley.bench.check.history.History;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/// A message as the log leaves it at its end.
///
/// @param text [Digests#GONE] for a deleted one
/// @param thread the message that its thread hangs on; empty: none
/// @param changedSeq of the last event that its document shows
/// @param reactions people by emoji
public record FoldedMessage(
    UUID id,
    long seq,
    long ordinal,
    UUID author,
    long text,
    int revision,
    boolean deleted,
    boolean pinned,
    String thread,
    long changedSeq,
    Map<String, Integer> reactions) {

  /// In the order of their seqs.
  public static Map<UUID, FoldedMessage> all(ConversationLog log, History history) {
    var messages = new LinkedHashMap<UUID, FoldedMessage>();
    for (var event : log.events()) {
      var about = event.about();
      if (about == null) {
        continue;
      }
      var issued = history.command(event.command());
      long text = issued == null ? Digests.GONE : issued.text();
      switch (event.type()) {
        case "message.sent" ->
            messages.putIfAbsent(
                about,
                new FoldedMessage(
                    about,
                    event.seq(),
                    event.ordinal(),
                    event.actor(),
                    text,
                    0,
                    false,
                    false,
                    event.detail(),
                    event.seq(),
                    Map.of()));
        case "message.edited" ->
            messages.computeIfPresent(
                about,
                (_, message) ->
                    message.edited(text, Integer.parseInt(event.detail()), event.seq()));
        case "message.deleted" ->
            messages.computeIfPresent(about, (_, message) -> message.gone(event.seq()));
        case "reaction.added" ->
            messages.computeIfPresent(about, (_, message) -> message.reacted(event.detail(), 1));
        case "reaction.removed" ->
            messages.computeIfPresent(about, (_, message) -> message.reacted(event.detail(), -1));
        case "message.pinned" ->
            messages.computeIfPresent(about, (_, message) -> message.pinned(true));
        case "message.unpinned" ->
            messages.computeIfPresent(about, (_, message) -> message.pinned(false));
        // A type is any text of the log's; no other changes a message.
        default -> {}
      }
    }
    return messages;
  }

  private FoldedMessage edited(long next, int nextRevision, long atSeq) {
    return new FoldedMessage(
        id, seq, ordinal, author, next, nextRevision, deleted, pinned, thread, atSeq, reactions);
  }

  private FoldedMessage gone(long atSeq) {
    return new FoldedMessage(
        id, seq, ordinal, author, Digests.GONE, revision, true, false, thread, atSeq, Map.of());
  }

  private FoldedMessage pinned(boolean now) {
    return new FoldedMessage(
        id, seq, ordinal, author, text, revision, deleted, now, thread, changedSeq, reactions);
  }

  private FoldedMessage reacted(String emoji, int more) {
    var next = new TreeMap<>(reactions);
    next.merge(emoji, more, Integer::sum);
    next.values().removeIf(count -> count == 0);
    return new FoldedMessage(
        id, seq, ordinal, author, text, revision, deleted, pinned, thread, changedSeq, next);
  }
}
