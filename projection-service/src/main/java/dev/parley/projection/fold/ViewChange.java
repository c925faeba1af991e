package dev.parley.projection.fold;

import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.HistoryVisibility;
import dev.parley.schemas.conversation.Role;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The rows that a run of events changes. Each row occurs once, as it stands after the last event.
///
/// @param conversations created in this run
/// @param heads how far the other conversations got
/// @param stays begun in this run
/// @param stayPatches what became of stays that were there before
/// @param memberships conversations whose members must be counted again
/// @param messages sent in this run
/// @param messagePatches what became of messages that were there before
/// @param revisions new texts of edited messages, and the first text where it is at hand
public record ViewChange(
    List<ConversationRow> conversations,
    List<Head> heads,
    List<Stay> stays,
    List<StayPatch> stayPatches,
    Set<UUID> memberships,
    List<MessageRow> messages,
    List<MessagePatch> messagePatches,
    List<RevisionRow> revisions,
    List<EventRow> events) {

  public record ConversationRow(
      UUID id,
      ConversationKind kind,
      String title,
      String topic,
      HistoryVisibility history,
      boolean imported,
      long createdAtMillis,
      UUID createdBy,
      Head head) {}

  /// @param before the seq that the view must have stood at: anything else is a hole in the log
  /// @param lastAtMillis time of the latest message; null: none in this run
  public record Head(
      UUID conversation,
      long before,
      long seq,
      long ordinal,
      @Nullable Long lastAtMillis,
      @Nullable Long lastMessageSeq) {}

  public record Stay(
      UUID conversation, UUID user, long joinedSeq, @Nullable Long leftSeq, Role role) {}

  /// @param leftSeq null: still there
  /// @param role null: as it was
  public record StayPatch(
      UUID conversation, UUID user, @Nullable Long leftSeq, @Nullable Role role) {}

  public record MessageRow(
      UUID conversation,
      long seq,
      long ordinal,
      UUID id,
      UUID author,
      long atMillis,
      OpenedEvent.Written written,
      int revision,
      @Nullable Long editedAtMillis,
      boolean deleted,
      @Nullable UUID replyTo,
      @Nullable UUID thread,
      boolean imported) {}

  /// @param edit the last edit; null: none
  public record MessagePatch(
      UUID conversation, UUID message, @Nullable Edit edit, boolean deleted) {}

  public record Edit(OpenedEvent.Written written, int revision, long atMillis) {}

  public record RevisionRow(
      UUID conversation,
      UUID message,
      int revision,
      long seq,
      long atMillis,
      UUID author,
      OpenedEvent.Written written) {}

  @SuppressWarnings("ArrayRecordComponent") // Handed on as it is, never compared.
  public record EventRow(UUID conversation, long seq, byte[] record) {}
}
