package dev.parley.search.indexing;

import dev.parley.schemas.content.Body;
import dev.parley.schemas.content.Content;
import dev.parley.schemas.content.ContentReader;
import dev.parley.schemas.content.KeyLookup;
import dev.parley.schemas.content.Keyring;
import dev.parley.schemas.content.Opened;
import dev.parley.schemas.content.Place;
import dev.parley.schemas.event.Event;
import dev.parley.schemas.event.EventData;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Opens the content of message events. People and conversations travel in different topics, so a
/// key may come a moment later than what it opens: it is waited for.
public final class Contents {

  private final Keyring keyring;
  private final ContentReader reader;
  private final KeyArrival arrival;
  private final Duration keyWait;
  private final Set<UUID> forgotten = ConcurrentHashMap.newKeySet();

  public Contents(Keyring keyring, KeyArrival arrival, Duration keyWait) {
    this.keyring = keyring;
    this.reader = new ContentReader(keyring);
    this.arrival = arrival;
    this.keyWait = keyWait;
  }

  /// The key of a person as soon as it is known; [KeyLookup.Unknown] if it is not within `wait`.
  @FunctionalInterface
  public interface KeyArrival {
    CompletionStage<KeyLookup> await(UUID user, Duration wait);
  }

  /// What was written; null where the author was erased, and of events without content.
  ///
  /// @throws IllegalStateException if the author's key does not arrive in time
  @Nullable Content of(Event event) {
    return switch (event.data()) {
      case EventData.MessageSent sent -> open(event, sent.message(), sent.body());
      case EventData.MessageEdited edited -> open(event, edited.message(), edited.body());
      case EventData.MessageDeleted _,
          EventData.ConversationCreated _,
          EventData.MemberJoined _,
          EventData.MemberLeft _,
          EventData.MemberRemoved _,
          EventData.MemberRoleChanged _,
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
          EventData.MessageScheduled _,
          EventData.ScheduleEnded _ ->
          null;
    };
  }

  /// Opens nothing of this person any more: their erasure was read here, and the keyring, which
  /// reads for itself, may not know yet.
  void forget(UUID person) {
    forgotten.add(person);
  }

  boolean isErased(UUID person) {
    return forgotten.contains(person) || keyring.keyOf(person) instanceof KeyLookup.Erased;
  }

  private @Nullable Content open(Event event, UUID message, Body body) {
    // Also what was never sealed.
    if (isErased(event.actor())) {
      return null;
    }
    var place = new Place(event.conversation(), message, event.actor());
    return switch (reader.open(body, place)) {
      case Opened.Readable(var content) -> content;
      case Opened.Erased() -> null;
      case Opened.KeyMissing() -> openLater(body, place);
    };
  }

  private @Nullable Content openLater(Body body, Place place) {
    arrival.await(place.author(), keyWait).toCompletableFuture().join();
    return switch (reader.open(body, place)) {
      case Opened.Readable(var content) -> content;
      case Opened.Erased() -> null;
      case Opened.KeyMissing() ->
          throw new IllegalStateException(
              "Expected the content key of %s within %s, but it did not arrive"
                  .formatted(place.author(), keyWait));
    };
  }
}
