package dev.parley.projection.access;

import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.HistoryVisibility;
import dev.parley.schemas.conversation.Role;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A conversation that the caller may read, as the view had it at one moment.
///
/// @param head the last seq that the caller may know of: the conversation's, or the end of their
///   stay
/// @param role null: not a member, which channels allow
/// @param joinedSeq null: not a member
/// @param peer the other person of a direct conversation
public record Readable(
    UUID conversation,
    ConversationKind kind,
    String title,
    String topic,
    HistoryVisibility history,
    boolean imported,
    long createdAtMillis,
    UUID createdBy,
    long head,
    long headOrdinal,
    long lastAtMillis,
    long membersCount,
    @Nullable Role role,
    @Nullable Long joinedSeq,
    @Nullable UUID peer,
    Details details,
    Visible visible) {

  /// @param custom JSON
  /// @param mutedUntilMillis when the caller may speak again; 0: may
  public record Details(
      String avatar, String custom, boolean archived, int slowModeSeconds, long mutedUntilMillis) {}

  /// Whether the caller was a member once and is not any more: then the past is all they see.
  public boolean isPast() {
    return role == null && kind != ConversationKind.CHANNEL;
  }

  /// Where the caller's own reading begins; null: not a member, who has nothing unread.
  public @Nullable Long unreadFrom() {
    return joinedSeq;
  }

  /// Value of the header `Parley-Position`.
  public String position() {
    return conversation + ":" + head;
  }
}
