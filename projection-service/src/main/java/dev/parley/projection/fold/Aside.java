package dev.parley.projection.fold;

import dev.parley.schemas.conversation.ConversationChange;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What an event changes besides conversations, stays and messages. Each is written by itself, in
/// the order of the events: there are few of them, and the later ones undo the earlier.
public sealed interface Aside {

  UUID conversation();

  /// @param custom the change's custom data as JSON; null: unchanged
  record Changed(UUID conversation, ConversationChange change, @Nullable String custom)
      implements Aside {}

  record Archived(UUID conversation, boolean archived) implements Aside {}

  record Banned(UUID conversation, UUID user, long seq, long untilMillis, String reason)
      implements Aside {}

  record Unbanned(UUID conversation, UUID user) implements Aside {}

  record Reacted(UUID conversation, UUID message, UUID user, String emoji, long seq)
      implements Aside {}

  record Unreacted(UUID conversation, UUID message, UUID user, String emoji) implements Aside {}

  record Pinned(UUID conversation, UUID message, UUID user, long seq) implements Aside {}

  record Unpinned(UUID conversation, UUID message) implements Aside {}

  record ChannelAdded(UUID conversation, UUID channel, long seq) implements Aside {}

  record ChannelRemoved(UUID conversation, UUID channel) implements Aside {}

  /// @param everyone also all members
  record Mentioned(UUID conversation, UUID message, long seq, List<UUID> users, boolean everyone)
      implements Aside {}

  /// What hangs on a deleted message goes with it.
  record MessageGone(UUID conversation, UUID message) implements Aside {}

  /// @param rest what a client sees of it besides its text, as JSON
  record Scheduled(
      UUID conversation,
      UUID message,
      UUID target,
      long seq,
      long atMillis,
      OpenedEvent.Written written,
      String rest)
      implements Aside {}

  record ScheduleEnded(UUID conversation, UUID message, boolean failed, String detail)
      implements Aside {}
}
