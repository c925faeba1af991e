package dev.parley.projection.testing;

import com.google.protobuf.ByteString;
import dev.parley.schemas.content.Body;
import dev.parley.schemas.content.Content;
import dev.parley.schemas.content.ContentSeal;
import dev.parley.schemas.content.Place;
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
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Writes the events of one conversation, as the decider would: dense seqs, ordinals, chained.
public final class Conversation {

  private final UUID id;
  private final List<ChainedEvent> events = new ArrayList<>();
  private ByteString hash = ByteString.EMPTY;
  private long ordinal;
  private long atMillis = 1_700_000_000_000L;

  public Conversation(
      Person creator, ConversationKind kind, HistoryVisibility history, String title) {
    this.id = kind == ConversationKind.SELF ? Ids.selfConversation(creator.id()) : Ids.uuid7();
    add(creator, new EventData.ConversationCreated(kind, title, "about " + title, history, false));
    join(creator, Role.OWNER);
  }

  public UUID id() {
    return id;
  }

  public long head() {
    return events.size();
  }

  public List<ChainedEvent> events() {
    return events;
  }

  public ChainedEvent last() {
    return events.getLast();
  }

  public ChainedEvent join(Person person, Role role) {
    return add(person, new EventData.MemberJoined(person.id(), role));
  }

  public ChainedEvent leave(Person person) {
    return add(person, new EventData.MemberLeft(person.id()));
  }

  public ChainedEvent remove(Person by, Person person) {
    return add(by, new EventData.MemberRemoved(person.id()));
  }

  public ChainedEvent changeRole(Person by, Person person, Role role) {
    return add(by, new EventData.MemberRoleChanged(person.id(), role));
  }

  /// @return the message's id
  public UUID send(Person author, String text, UUID... mentions) {
    var message = Ids.uuid7();
    ordinal++;
    var body = seal(author, message, new Content(text, List.of(mentions)));
    add(author, new EventData.MessageSent(message, body, null, null, false));
    return message;
  }

  /// A reply in the thread that `root` began.
  public UUID reply(Person author, UUID root, String text, UUID... mentions) {
    var message = Ids.uuid7();
    ordinal++;
    var body = seal(author, message, new Content(text, List.of(mentions)));
    add(author, new EventData.MessageSent(message, body, null, root, false));
    return message;
  }

  /// A message that calls all members.
  public UUID call(Person author, String text) {
    var message = Ids.uuid7();
    ordinal++;
    var body = seal(author, message, new Content(text, List.of()));
    add(author, new EventData.MessageSent(message, body, null, null, false, Everyone.ALL, 0, null));
    return message;
  }

  /// A copy of what `origin` wrote, sealed by who forwards it.
  public UUID forward(Person by, Person origin, Content content) {
    var message = Ids.uuid7();
    ordinal++;
    var from = new Forwarded(Ids.uuid7(), Ids.uuid7(), origin.id());
    add(
        by,
        new EventData.MessageSent(
            message, seal(by, message, content), null, null, false, Everyone.NONE, 0, from));
    return message;
  }

  /// Any message.
  ///
  /// @param root of its thread; null: none
  public UUID send(
      Person author,
      Content content,
      @Nullable UUID root,
      Everyone everyone,
      long expiresAtMillis) {
    var message = Ids.uuid7();
    ordinal++;
    var body = seal(author, message, content);
    add(
        author,
        new EventData.MessageSent(
            message, body, null, root, false, everyone, expiresAtMillis, null));
    return message;
  }

  /// A message that was never sealed.
  public UUID sendPlain(Person author, String text) {
    var message = Ids.uuid7();
    ordinal++;
    var body = new Body.Plain(new Content(text, List.of()));
    add(author, new EventData.MessageSent(message, body, null, null, false));
    return message;
  }

  public ChainedEvent edit(
      Person author, UUID message, int revision, String text, UUID... mentions) {
    var body = seal(author, message, new Content(text, List.of(mentions)));
    return add(author, new EventData.MessageEdited(message, revision, body));
  }

  public ChainedEvent delete(Person by, UUID message) {
    return add(by, new EventData.MessageDeleted(message));
  }

  private Body seal(Person author, UUID message, Content content) {
    return ContentSeal.seal(content, author.key(), new Place(id, message, author.id()));
  }

  /// Any other event.
  public ChainedEvent add(Person actor, EventData data) {
    atMillis += 1_000;
    var event =
        new Event(
            id,
            events.size() + 1L,
            ordinal,
            atMillis,
            actor.id(),
            Ids.uuid7(),
            "test",
            hash,
            "",
            data);
    var chained = EventCodec.chain(event);
    hash = chained.hash();
    events.add(chained);
    return chained;
  }
}
