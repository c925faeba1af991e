package dev.parley.projection.views;

import dev.parley.projection.fold.Fold;
import dev.parley.projection.fold.OpenedEvent;
import dev.parley.projection.fold.ViewChange;
import dev.parley.schemas.conversation.Forwarded;
import dev.parley.schemas.event.EventData;
import dev.parley.schemas.personal.Personal;
import dev.parley.schemas.personal.PersonalEntry;
import dev.parley.schemas.user.UserProfile;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a step changes.
///
/// @param personals what members keep, in the order of the log
/// @param users the latest record of each person in the step
/// @param gone people whose record was removed from the log
/// @param erased people whose content must go
/// @param authors of whatever the step's entries say, and of what they forward
/// @param edited messages that were sent before
/// @param conversations of the step's entries
@SuppressWarnings("ArrayRecordComponent") // Parameters of statements, never compared.
record StepRows(
    ViewChange change,
    List<Step.Read.OfPersonal> personals,
    List<UserProfile> users,
    Set<UUID> gone,
    Set<UUID> erased,
    UUID[] authors,
    List<ViewChange.MessagePatch> edited,
    UUID[] conversations) {

  static StepRows of(Step step) {
    var events = new ArrayList<OpenedEvent>();
    var users = new LinkedHashMap<UUID, UserProfile>();
    var gone = new LinkedHashSet<UUID>();
    var personals = new ArrayList<Step.Read.OfPersonal>();
    for (var read : step.entries()) {
      switch (read) {
        case Step.Read.OfEvent(_, var event) -> events.add(event);
        case Step.Read.OfUser(_, var user) -> {
          users.merge(user.id(), user, (a, b) -> a.version() > b.version() ? a : b);
          gone.remove(user.id());
        }
        case Step.Read.OfPersonal personal -> personals.add(personal);
        case Step.Read.OfNothing _ -> {}
        case Step.Read.OfGoneUser(_, var user) -> {
          users.remove(user);
          gone.add(user);
        }
      }
    }
    var change = Fold.fold(events);
    return new StepRows(
        change,
        personals,
        List.copyOf(users.values()),
        gone,
        erased(users),
        Stream.concat(
                events.stream().flatMap(StepRows::authors),
                personals.stream().flatMap(p -> authors(p.personal())))
            .distinct()
            .toArray(UUID[]::new),
        change.messagePatches().stream().filter(patch -> patch.edit() != null).toList(),
        Stream.concat(
                events.stream().map(e -> e.event().conversation()),
                personals.stream().map(p -> p.personal().conversation()))
            .distinct()
            .toArray(UUID[]::new));
  }

  private static Stream<UUID> authors(OpenedEvent opened) {
    var event = opened.event();
    return authors(
        event.actor(),
        event.data() instanceof EventData.MessageSent sent ? sent.forwarded() : null);
  }

  private static Stream<UUID> authors(PersonalEntry entry) {
    return authors(
        entry.user(),
        entry.value() instanceof Personal.Held(_, var send, _) ? send.forwarded() : null);
  }

  private static Stream<UUID> authors(UUID author, @Nullable Forwarded forwarded) {
    return forwarded == null ? Stream.of(author) : Stream.of(author, forwarded.author());
  }

  /// Parameters of [ErasureSql#erasedOf].
  Tuple perhapsErased() {
    return Tuple.of(
        authors,
        edited.stream().map(ViewChange.MessagePatch::conversation).toArray(UUID[]::new),
        edited.stream().map(ViewChange.MessagePatch::message).toArray(UUID[]::new));
  }

  private static Set<UUID> erased(Map<UUID, UserProfile> users) {
    var erased = new LinkedHashSet<UUID>();
    users.values().stream().filter(UserProfile::erased).forEach(user -> erased.add(user.id()));
    return erased;
  }
}
