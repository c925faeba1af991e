package dev.parley.command.decider;

import com.google.protobuf.ByteString;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.HistoryVisibility;
import java.util.UUID;

/// The head of a conversation: all that is kept once per conversation, of constant size.
///
/// Members and owners are counted here, so that "the last owner" can be decided without listing
/// members. Title and topic are not here: no rule reads them, and the head is written again with
/// every message.
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
    int members,
    int owners,
    long seq,
    long ordinal,
    ByteString hash) {

  Mark created() {
    return new Mark(1, 0, createdAtMillis);
  }

  Conversation withMembers(int membersNow, int ownersNow) {
    return new Conversation(
        kind,
        history,
        creator,
        imported,
        createdAtMillis,
        membersNow,
        ownersNow,
        seq,
        ordinal,
        hash);
  }

  Conversation withHead(long newestSeq, long newestOrdinal, ByteString newestHash) {
    return new Conversation(
        kind,
        history,
        creator,
        imported,
        createdAtMillis,
        members,
        owners,
        newestSeq,
        newestOrdinal,
        newestHash);
  }
}
