package dev.parley.search.access;

import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.HistoryVisibility;
import java.util.List;
import java.util.UUID;

/// A row of the access index. Its id is what it is about; its version is the seq of the event that
/// it was last changed by.
public sealed interface AccessRow {

  String id();

  long seq();

  /// What the access of all its members depends on.
  record Conversation(UUID conversation, long seq, ConversationKind kind, HistoryVisibility history)
      implements AccessRow {
    @Override
    public String id() {
      return id(conversation);
    }

    public static String id(UUID conversation) {
      return conversation.toString();
    }
  }

  /// A message that `user` does not want to see. It never changes: whatever record of the log told
  /// of it, the row is the same.
  record Hidden(UUID conversation, UUID user, UUID message) implements AccessRow {
    @Override
    public String id() {
      return "hidden/" + user + "/" + conversation + "/" + message;
    }

    @Override
    public long seq() {
      return 1;
    }
  }

  /// When `user` was a member of a conversation.
  ///
  /// @param stays ascending, apart, at most the last one open
  record Member(UUID conversation, UUID user, long seq, List<Interval> stays) implements AccessRow {
    public Member {
      stays = List.copyOf(stays);
    }

    @Override
    public String id() {
      return id(conversation, user);
    }

    public static String id(UUID conversation, UUID user) {
      return conversation + "/" + user;
    }

    /// Whether the user is there now.
    public boolean isPresent() {
      return !stays.isEmpty() && stays.getLast().isOpen();
    }
  }
}
