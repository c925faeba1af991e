package dev.parley.search.story;

import com.google.protobuf.ByteString;
import dev.parley.schemas.content.Body;
import dev.parley.schemas.content.Content;
import dev.parley.schemas.content.ContentKey;
import dev.parley.schemas.content.ContentSeal;
import dev.parley.schemas.content.Place;
import dev.parley.schemas.conversation.ConversationChange;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.Everyone;
import dev.parley.schemas.conversation.Forwarded;
import dev.parley.schemas.conversation.HistoryVisibility;
import dev.parley.schemas.conversation.Role;
import dev.parley.schemas.event.ChainedEvent;
import dev.parley.schemas.event.Event;
import dev.parley.schemas.event.EventCodec;
import dev.parley.schemas.event.EventData;
import dev.parley.schemas.id.Ids;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A conversation as a test tells it: each call is its next event.
public final class Story {

  private static final long BEGAN_AT_MILLIS = 1_760_000_000_000L;
  private static final long STEP_MILLIS = 1_000;

  private final Consumer<ChainedEvent> log;
  private final UUID id;
  private final long beganAtMillis;
  private long seq;
  private long ordinal;
  private ByteString head = ByteString.EMPTY;

  private Story(UUID id, long beganAtMillis, Consumer<ChainedEvent> log) {
    this.id = id;
    this.beganAtMillis = beganAtMillis;
    this.log = log;
  }

  public static Story group(HistoryVisibility history, Consumer<ChainedEvent> log) {
    return at(BEGAN_AT_MILLIS, history, log);
  }

  public static Story at(long millis, HistoryVisibility history, Consumer<ChainedEvent> log) {
    var story = new Story(Ids.uuid7(), millis, log);
    story.add(
        Ids.uuid7(),
        new EventData.ConversationCreated(ConversationKind.GROUP, "Story", "", history, false));
    return story;
  }

  public UUID id() {
    return id;
  }

  public long seq() {
    return seq;
  }

  public Story joined(UUID user) {
    add(user, new EventData.MemberJoined(user, Role.MEMBER));
    return this;
  }

  public Story historyBecame(HistoryVisibility history) {
    add(
        Ids.uuid7(),
        new EventData.ConversationChanged(
            new ConversationChange(null, null, null, null, history, null)));
    return this;
  }

  public Story left(UUID user) {
    add(user, new EventData.MemberLeft(user));
    return this;
  }

  public Story removed(UUID user) {
    add(user, new EventData.MemberRemoved(user));
    return this;
  }

  public UUID sent(UUID author, String text) {
    return sent(author, text, null, false);
  }

  /// Under an id that was seen elsewhere.
  public Story sentAs(UUID author, UUID message, String text) {
    ordinal++;
    add(author, new EventData.MessageSent(message, plain(text), null, null, false));
    return this;
  }

  public UUID imported(UUID author, String text) {
    return sent(author, text, null, true);
  }

  public UUID inThread(UUID author, String text, UUID thread) {
    return sent(author, text, thread, false);
  }

  public UUID sealed(UUID author, ContentKey key, String text) {
    var message = Ids.uuid7();
    var body = ContentSeal.seal(new Content(text, List.of()), key, new Place(id, message, author));
    ordinal++;
    add(author, new EventData.MessageSent(message, body, null, null, false));
    return message;
  }

  public UUID sent(UUID author, Content content) {
    var message = Ids.uuid7();
    ordinal++;
    var body = new Body.Plain(content);
    add(author, new EventData.MessageSent(message, body, null, null, false));
    return message;
  }

  /// A copy of what `origin` wrote elsewhere.
  public UUID forwarded(UUID author, UUID origin, String text) {
    var message = Ids.uuid7();
    ordinal++;
    add(
        author,
        new EventData.MessageSent(
            message,
            plain(text),
            null,
            null,
            false,
            Everyone.NONE,
            0,
            new Forwarded(Ids.uuid7(), Ids.uuid7(), origin)));
    return message;
  }

  public Story expired(UUID message) {
    add(Ids.uuid7(), new EventData.MessageDeleted(message, true));
    return this;
  }

  public Story banned(UUID user) {
    removed(user);
    add(Ids.uuid7(), new EventData.MemberBanned(user, 0, "spam"));
    return this;
  }

  public Story edited(UUID author, UUID message, int revision, String text) {
    add(author, new EventData.MessageEdited(message, revision, plain(text)));
    return this;
  }

  public Story deleted(UUID by, UUID message) {
    add(by, new EventData.MessageDeleted(message));
    return this;
  }

  private UUID sent(UUID author, String text, @Nullable UUID thread, boolean imported) {
    var message = Ids.uuid7();
    ordinal++;
    add(author, new EventData.MessageSent(message, plain(text), thread, thread, imported));
    return message;
  }

  private static Body plain(String text) {
    return new Body.Plain(new Content(text, List.of()));
  }

  private void add(UUID actor, EventData data) {
    seq++;
    var chained =
        EventCodec.chain(
            new Event(
                id,
                seq,
                ordinal,
                beganAtMillis + seq * STEP_MILLIS,
                actor,
                Ids.uuid7(),
                "test",
                head,
                "",
                data));
    head = chained.hash();
    log.accept(chained);
  }
}
