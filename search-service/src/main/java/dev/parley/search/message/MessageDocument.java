package dev.parley.search.message;

import dev.parley.schemas.content.Attachment;
import dev.parley.schemas.content.Content;
import dev.parley.search.text.FoldedText;
import dev.parley.search.text.Letters;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A message as the index holds it, under its [#key]; its version is `changedSeq`, so that an older
/// state never replaces a newer one.
///
/// @param seq of the event that sent it: its place in the conversation
/// @param changedSeq of the event that it was last changed by
/// @param at milliseconds
/// @param text as written; empty unless `state` is live
/// @param originAuthor who wrote what a forward copies; null: it is no forward
/// @param attachments their names
/// @param words what is searched, see [FoldedText]
/// @param exact the words once more for accents as written, where the text has more than ASCII
/// @param cjk the words once more for bigrams, where the text has Chinese, Japanese or Korean
public record MessageDocument(
    UUID id,
    UUID conversation,
    UUID author,
    @Nullable UUID originAuthor,
    @Nullable UUID thread,
    @Nullable UUID replyTo,
    List<UUID> mentions,
    long seq,
    long changedSeq,
    long ordinal,
    long at,
    @Nullable Long editedAt,
    int revision,
    MessageState state,
    boolean imported,
    String text,
    List<String> attachments,
    String words,
    @Nullable String exact,
    @Nullable String cjk) {

  public MessageDocument {
    mentions = List.copyOf(mentions);
    attachments = List.copyOf(attachments);
  }

  /// The id of the document. Ids of messages are made by clients, and are one in their conversation
  /// only: nobody reaches another's document by sending its id elsewhere.
  public static String key(UUID conversation, UUID message) {
    return conversation + "/" + message;
  }

  public String key() {
    return key(conversation, id);
  }

  /// What is searched, and cut into highlights: the text, then the names of attachments.
  public static String searched(String text, List<String> attachments) {
    return attachments.isEmpty() ? text : text + "\n" + String.join("\n", attachments);
  }

  /// The same message with this content.
  MessageDocument readable(Content content) {
    var names = content.attachments().stream().map(Attachment::name).toList();
    var folded = FoldedText.of(searched(content.text(), names));
    var words = folded.words();
    return new MessageDocument(
        id,
        conversation,
        author,
        originAuthor,
        thread,
        replyTo,
        content.mentions(),
        seq,
        changedSeq,
        ordinal,
        at,
        editedAt,
        revision,
        MessageState.LIVE,
        imported,
        content.text(),
        names,
        words,
        Letters.hasBeyondAscii(words) ? words : null,
        Letters.hasCjk(words) ? words : null);
  }

  /// What stays of a message when somebody who wrote it was erased.
  public MessageDocument erased() {
    return emptied(MessageState.ERASED);
  }

  /// What stays of a message whose content is gone: enough to refuse what is older.
  MessageDocument emptied(MessageState why) {
    return new MessageDocument(
        id,
        conversation,
        author,
        originAuthor,
        thread,
        replyTo,
        List.of(),
        seq,
        changedSeq,
        ordinal,
        at,
        editedAt,
        revision,
        why,
        imported,
        "",
        List.of(),
        "",
        null,
        null);
  }

  MessageDocument changed(long bySeq, long atMillis, int toRevision) {
    return new MessageDocument(
        id,
        conversation,
        author,
        originAuthor,
        thread,
        replyTo,
        mentions,
        seq,
        bySeq,
        ordinal,
        at,
        atMillis,
        toRevision,
        state,
        imported,
        text,
        attachments,
        words,
        exact,
        cjk);
  }
}
