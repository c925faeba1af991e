package dev.parley.command.decider;

import com.google.protobuf.ByteString;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.HistoryVisibility;
import java.util.UUID;

/// The head of a conversation: all that is kept once per conversation, of constant size.
///
/// Members and the like are counted here, so that "the last owner" can be decided without listing
/// them. Title and topic are not here: no rule reads them, and the head is written again with every
/// message.
///
/// @param createdAtMillis time of the first event, whose seq is 1 and whose ordinal is 0
/// @param seq number of the newest event
/// @param ordinal how many messages there have been
/// @param hash hash of the newest event
public record Conversation(
    ConversationKind kind,
    HistoryVisibility history,
    UUID creator,
    boolean imported,
    long createdAtMillis,
    Counts counts,
    Policy policy,
    long seq,
    long ordinal,
    ByteString hash) {

  /// How much there is of what is limited, or of what must not end.
  ///
  /// @param channels that a space lists
  /// @param schedules messages that wait for their time
  public record Counts(int members, int owners, int pins, int channels, int schedules) {

    static final Counts NONE = new Counts(0, 0, 0, 0, 0);

    Counts plusMembers(int more, int moreOwners) {
      return new Counts(members + more, owners + moreOwners, pins, channels, schedules);
    }

    Counts plusPins(int more) {
      return new Counts(members, owners, pins + more, channels, schedules);
    }

    Counts plusChannels(int more) {
      return new Counts(members, owners, pins, channels + more, schedules);
    }

    Counts plusSchedules(int more) {
      return new Counts(members, owners, pins, channels, schedules + more);
    }
  }

  /// Rules that may change.
  ///
  /// @param slowModeSeconds between two messages of one member; 0: no such rule
  public record Policy(boolean archived, int slowModeSeconds) {
    static final Policy OPEN = new Policy(false, 0);
  }

  Mark created() {
    return new Mark(1, 0, createdAtMillis);
  }

  int members() {
    return counts.members();
  }

  int owners() {
    return counts.owners();
  }

  Conversation with(Counts now) {
    return new Conversation(
        kind, history, creator, imported, createdAtMillis, now, policy, seq, ordinal, hash);
  }

  Conversation with(Policy now) {
    return new Conversation(
        kind, history, creator, imported, createdAtMillis, counts, now, seq, ordinal, hash);
  }

  Conversation with(HistoryVisibility now) {
    return new Conversation(
        kind, now, creator, imported, createdAtMillis, counts, policy, seq, ordinal, hash);
  }

  Conversation withHead(long newestSeq, long newestOrdinal, ByteString newestHash) {
    return new Conversation(
        kind,
        history,
        creator,
        imported,
        createdAtMillis,
        counts,
        policy,
        newestSeq,
        newestOrdinal,
        newestHash);
  }
}
