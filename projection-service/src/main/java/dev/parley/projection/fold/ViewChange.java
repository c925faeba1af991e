package dev.parley.projection.fold;

import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.HistoryVisibility;
import dev.parley.schemas.conversation.Role;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The rows that a run of events changes. Each row occurs once, as it stands after the last event.
///
/// @param conversations created in this run
/// @param heads how far the other conversations got
/// @param stays begun in this run
/// @param stayPatches what became of stays that were there before
/// @param memberships by how many the members of a conversation grew
/// @param messages sent in this run
/// @param messagePatches what became of messages that were there before
/// @param revisions new texts of edited messages, and the first text where it is at hand
/// @param ownSends the last message of each author: whoever sends has read up to there
/// @param asides what happens seldom, in its order, after all the rest
public record ViewChange(
    List<ConversationRow> conversations,
    List<Head> heads,
    List<Stay> stays,
    List<StayPatch> stayPatches,
    Map<UUID, Integer> memberships,
    List<MessageRow> messages,
    List<MessagePatch> messagePatches,
    List<RevisionRow> revisions,
    List<EventRow> events,
    List<OwnSend> ownSends,
    List<Aside> asides) {

  public record ConversationRow(
      UUID id,
      ConversationKind kind,
      String title,
      String topic,
      HistoryVisibility history,
      boolean imported,
      long createdAtMillis,
      UUID createdBy,
      String avatar,
      @Nullable String custom,
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

  /// @param mutedUntilMillis may not speak until then; 0: may
  public record Stay(
      UUID conversation,
      UUID user,
      long joinedSeq,
      @Nullable Long leftSeq,
      Role role,
      long mutedUntilMillis) {}

  /// @param leftSeq null: still there
  /// @param role null: as it was
  /// @param mutedUntilMillis null: as it was
  public record StayPatch(
      UUID conversation,
      UUID user,
      @Nullable Long leftSeq,
      @Nullable Role role,
      @Nullable Long mutedUntilMillis) {}

  /// @param sentRest what no edit changes, such as what it was forwarded from, as JSON; null:
  ///   nothing
  /// @param originAuthor who wrote what a forward copied; null: it is no forward
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
      boolean imported,
      @Nullable String sentRest,
      @Nullable UUID originAuthor) {}

  public record OwnSend(UUID conversation, UUID author, long seq) {}

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
