package dev.parley.projection.access;

import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.HistoryVisibility;
import dev.parley.schemas.conversation.Role;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A conversation that the caller may read, as the view had it at one moment.
///
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
    Visible visible) {

  /// Value of the header `Parley-Position`.
  public String position() {
    return conversation + ":" + head;
  }
}
