package dev.parley.projection.views;

import dev.parley.log.Batch;
import dev.parley.log.LogEntry;
import dev.parley.log.UserTable;
import dev.parley.projection.fold.OpenedEvent;
import dev.parley.projection.fold.OpenedEvent.Written;
import dev.parley.schemas.content.Body;
import dev.parley.schemas.content.ContentReader;
import dev.parley.schemas.content.KeyLookup;
import dev.parley.schemas.content.Opened;
import dev.parley.schemas.content.Place;
import dev.parley.schemas.conversation.Forwarded;
import dev.parley.schemas.event.ChainedEvent;
import dev.parley.schemas.event.Event;
import dev.parley.schemas.event.EventData;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.personal.Personal;
import dev.parley.schemas.personal.PersonalEntry;
import dev.parley.schemas.topic.Topics;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads entries of the log and opens their content with the keys of their authors.
///
/// People travel in their own topic, so an author's first message may come before the author: then
/// it waits. An author who does not come stops the partition, rather than an unread message being
/// taken for an empty one.
final class ContentOpener {

  /// Where keys are awaited.
  @FunctionalInterface
  interface KeyArrivals {
    /// @return whether the key is known, or known to be destroyed, within the wait
    boolean await(UUID user, Duration wait);

    static KeyArrivals of(UserTable users) {
      return (user, wait) ->
          switch (users.awaitKey(user, wait).toCompletableFuture().join()) {
            case KeyLookup.Known _ -> true;
            case KeyLookup.Erased _ -> true;
            case KeyLookup.Unknown _ -> false;
          };
    }
  }

  private final ContentReader reader;
  private final KeyArrivals arrivals;
  private final Duration keyWait;

  ContentOpener(ContentReader reader, KeyArrivals arrivals, Duration keyWait) {
    this.reader = reader;
    this.arrivals = arrivals;
    this.keyWait = keyWait;
  }

  Step open(Batch batch) {
    return new Step(batch.entries().stream().map(this::read).toList(), batch.advances());
  }

  private Step.Read read(LogEntry entry) {
    return switch (entry.partition().topic()) {
      case Topics.EVENTS -> new Step.Read.OfEvent(entry, open(entry.event()));
      case Topics.USERS -> user(entry);
      case Topics.MARKS -> personal(entry);
      default -> throw new IllegalStateException("Expected no entry of " + entry.partition());
    };
  }

  private static Step.Read user(LogEntry entry) {
    return entry.value().length == 0
        ? new Step.Read.OfGoneUser(entry, Ids.required(entry.key()))
        : new Step.Read.OfUser(entry, entry.user());
  }

  private Step.Read personal(LogEntry entry) {
    if (entry.value().length == 0) {
      return new Step.Read.OfNothing(entry);
    }
    var personal = entry.personal();
    return new Step.Read.OfPersonal(entry, personal, written(personal));
  }

  private Written written(PersonalEntry entry) {
    var conversation = entry.conversation();
    var user = entry.user();
    return switch (entry.value()) {
      case Personal.Draft(var body) ->
          body == null
              ? Written.NOTHING
              : written(PersonalEntry.draftPlace(conversation, user), body, null);
      case Personal.Reported(var message, _, var note) ->
          note == null
              ? Written.NOTHING
              : written(PersonalEntry.reportPlace(conversation, message, user), note, null);
      case Personal.Held(var message, var send, _) ->
          written(new Place(conversation, message, user), send.body(), send.forwarded());
      case Personal.Delivered _,
          Personal.Read _,
          Personal.ThreadRead _,
          Personal.Muted _,
          Personal.Pinned _,
          Personal.Archived _,
          Personal.Hidden _,
          Personal.ReportSettled _,
          Personal.HeldSettled _ ->
          Written.NOTHING;
    };
  }

  private OpenedEvent open(ChainedEvent chained) {
    return new OpenedEvent(chained.event(), chained.record(), written(chained.event()));
  }

  private Written written(Event event) {
    return switch (event.data()) {
      case EventData.MessageSent sent ->
          written(event, sent.message(), sent.body(), sent.forwarded());
      case EventData.MessageEdited edited -> written(event, edited.message(), edited.body(), null);
      case EventData.ConversationCreated _,
          EventData.MemberJoined _,
          EventData.MemberLeft _,
          EventData.MemberRemoved _,
          EventData.MemberRoleChanged _,
          EventData.MessageDeleted _,
          EventData.ConversationChanged _,
          EventData.ConversationArchived _,
          EventData.MemberMuted _,
          EventData.MemberBanned _,
          EventData.MemberUnbanned _,
          EventData.ReactionAdded _,
          EventData.ReactionRemoved _,
          EventData.MessagePinned _,
          EventData.MessageUnpinned _,
          EventData.ChannelAdded _,
          EventData.ChannelRemoved _,
          EventData.ScheduleEnded _ ->
          Written.NOTHING;
      case EventData.MessageScheduled scheduled ->
          written(
              new Place(scheduled.target(), scheduled.message(), event.actor()),
              scheduled.send().body(),
              null);
    };
  }

  private Written written(Event event, UUID message, Body body, @Nullable Forwarded forwarded) {
    return written(new Place(event.conversation(), message, event.actor()), body, forwarded);
  }

  private Written written(Place place, Body body, @Nullable Forwarded forwarded) {
    var opened = reader.open(body, place, forwarded);
    if (opened instanceof Opened.KeyMissing && arrivals.await(place.author(), keyWait)) {
      opened = reader.open(body, place, forwarded);
    }
    return switch (opened) {
      case Opened.Readable(var content) -> Written.of(content);
      case Opened.Erased() -> Written.ERASED;
      case Opened.KeyMissing() ->
          throw new IllegalStateException(
              "The content key of %s did not arrive within %s".formatted(place.author(), keyWait));
    };
  }
}
