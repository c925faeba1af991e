package dev.parley.command.decider;

import dev.parley.schemas.command.Command;
import dev.parley.schemas.command.CommandEnvelope;
import dev.parley.schemas.conversation.ConversationChange;
import dev.parley.schemas.conversation.Role;
import dev.parley.schemas.event.ChainedEvent;
import dev.parley.schemas.event.Event;
import dev.parley.schemas.event.EventData;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Applies an event, or an answer without one, to the state: the only place that changes it, for a
/// command being decided and for a replay alike. It may not refuse; an impossible event is a bug
/// and throws.
public final class Evolution {

  private Evolution() {}

  public static void evolve(ConversationState state, ChainedEvent chained) {
    Event event = chained.event();
    @Nullable Conversation before = state.conversation();
    requireNext(before, event);
    Conversation after =
        switch (event.data()) {
          case EventData.ConversationCreated created -> created(event, created);
          case EventData.MemberJoined joined ->
              joined(state, require(before, event), event, joined);
          case EventData.MemberLeft left -> gone(state, require(before, event), left.user());
          case EventData.MemberRemoved removed ->
              gone(state, require(before, event), removed.user());
          case EventData.MemberRoleChanged changed ->
              roleChanged(state, require(before, event), event, changed);
          case EventData.MessageSent sent -> sent(state, require(before, event), event, sent);
          case EventData.MessageEdited edited -> edited(state, require(before, event), edited);
          case EventData.MessageDeleted deleted ->
              deleted(state, require(before, event), event, deleted);
          case EventData.ConversationChanged(var change) -> changed(require(before, event), change);
          case EventData.ConversationArchived(var archived) -> {
            Conversation head = require(before, event);
            yield head.with(new Conversation.Policy(archived, head.policy().slowModeSeconds()));
          }
          case EventData.MemberMuted(var user, var untilMillis) -> {
            state.putMember(user, member(state, user).mutedUntil(untilMillis));
            yield require(before, event);
          }
          case EventData.MemberBanned(var user, var untilMillis, _) -> {
            state.putBan(user, new Ban(untilMillis, Mark.of(event)));
            yield require(before, event);
          }
          case EventData.MemberUnbanned(var user) -> {
            state.removeBan(user);
            yield require(before, event);
          }
          case EventData.ReactionAdded(var message, var emoji) -> {
            reacted(state, event, message, emoji);
            yield require(before, event);
          }
          case EventData.ReactionRemoved(var message, var emoji) -> {
            unreacted(state, event, message, emoji);
            yield require(before, event);
          }
          case EventData.MessagePinned(var message) -> {
            state.putMessage(message, message(state, message).pinnedBy(Mark.of(event)));
            Conversation head = require(before, event);
            yield head.with(head.counts().plusPins(1));
          }
          case EventData.MessageUnpinned(var message) -> {
            state.putMessage(message, message(state, message).pinnedBy(null));
            Conversation head = require(before, event);
            yield head.with(head.counts().plusPins(-1));
          }
          case EventData.ChannelAdded(var channel) -> {
            state.putFact(new Fact.Listed(channel), Mark.of(event));
            Conversation head = require(before, event);
            yield head.with(head.counts().plusChannels(1));
          }
          case EventData.ChannelRemoved(var channel) -> {
            state.removeFact(new Fact.Listed(channel));
            Conversation head = require(before, event);
            yield head.with(head.counts().plusChannels(-1));
          }
          case EventData.MessageScheduled scheduled -> {
            state.putFact(new Fact.Scheduled(scheduled.message()), Mark.of(event));
            Conversation head = require(before, event);
            yield head.with(head.counts().plusSchedules(1));
          }
          case EventData.ScheduleEnded ended ->
              scheduleEnded(state, require(before, event), event, ended);
        };
    state.put(after.withHead(event.seq(), event.ordinal(), chained.hash()));
    remember(state, event);
  }

  /// A command that found done what it asks for: its copies are answered alike, whatever has become
  /// of it since.
  ///
  /// @param first the event that the answer names
  public static void answered(ConversationState state, CommandEnvelope envelope, Mark first) {
    switch (envelope.command()) {
      // The first two are remembered as messages, the third is not: as Decider looks for them.
      case Command.SendMessage _, Command.ImportMessage _, Command.ImportConversation _ -> {}
      default -> remember(state, envelope.commandId(), new Decided(envelope.actor(), first));
    }
  }

  private static Conversation created(Event event, EventData.ConversationCreated created) {
    return new Conversation(
        created.kind(),
        created.history(),
        event.actor(),
        created.imported(),
        event.atMillis(),
        Conversation.Counts.NONE,
        Conversation.Policy.OPEN,
        event.seq(),
        event.ordinal(),
        event.prevHash());
  }

  private static Conversation joined(
      ConversationState state, Conversation before, Event event, EventData.MemberJoined joined) {
    if (state.member(joined.user()) != null) {
      throw new IllegalStateException(
          "Expected %s to be no member before seq %d, but is one"
              .formatted(joined.user(), event.seq()));
    }
    state.putMember(joined.user(), new Member(joined.role(), Mark.of(event)));
    return before.with(before.counts().plusMembers(1, owner(joined.role())));
  }

  private static Conversation gone(ConversationState state, Conversation before, UUID user) {
    Member member = member(state, user);
    state.removeMember(user);
    return before.with(before.counts().plusMembers(-1, -owner(member.role())));
  }

  private static Conversation roleChanged(
      ConversationState state,
      Conversation before,
      Event event,
      EventData.MemberRoleChanged changed) {
    Member member = member(state, changed.user());
    state.putMember(changed.user(), member.withRole(changed.role(), Mark.of(event)));
    return before.with(
        before.counts().plusMembers(0, owner(changed.role()) - owner(member.role())));
  }

  private static Conversation sent(
      ConversationState state, Conversation before, Event event, EventData.MessageSent sent) {
    if (state.message(sent.message()) != null) {
      throw new IllegalStateException(
          "Expected message %s to be new at seq %d, but it exists"
              .formatted(sent.message(), event.seq()));
    }
    state.putMessage(
        sent.message(),
        new Message(
            event.actor(),
            Mark.of(event),
            0,
            sent.thread(),
            null,
            null,
            0,
            sent.expiresAtMillis()));
    if (before.policy().slowModeSeconds() > 0) {
      Member author = state.member(event.actor());
      if (author != null) {
        state.putMember(event.actor(), author.spokeAt(event.atMillis()));
      }
    }
    return before;
  }

  private static Conversation edited(
      ConversationState state, Conversation before, EventData.MessageEdited edited) {
    Message message = message(state, edited.message());
    state.putMessage(edited.message(), message.withRevision(edited.revision()));
    return before;
  }

  private static Conversation deleted(
      ConversationState state, Conversation before, Event event, EventData.MessageDeleted deleted) {
    Message message = message(state, deleted.message());
    state.putMessage(deleted.message(), message.deletedBy(Mark.of(event)));
    return message.pinned() == null ? before : before.with(before.counts().plusPins(-1));
  }

  private static Conversation changed(Conversation before, ConversationChange change) {
    Conversation after = before;
    if (change.history() != null) {
      after = after.with(change.history());
    }
    return change.slowModeSeconds() == null
        ? after
        : after.with(new Conversation.Policy(after.policy().archived(), change.slowModeSeconds()));
  }

  private static void reacted(ConversationState state, Event event, UUID id, String emoji) {
    int others = state.reactions(id, emoji);
    if (others == 0) {
      Message message = message(state, id);
      state.putMessage(id, message.withEmojis(message.emojis() + 1));
    }
    state.putReactions(id, emoji, others + 1);
    state.putFact(new Fact.Reaction(id, event.actor(), emoji), Mark.of(event));
  }

  private static void unreacted(ConversationState state, Event event, UUID id, String emoji) {
    int left = state.reactions(id, emoji) - 1;
    if (left == 0) {
      Message message = message(state, id);
      state.putMessage(id, message.withEmojis(message.emojis() - 1));
    }
    state.putReactions(id, emoji, left);
    state.removeFact(new Fact.Reaction(id, event.actor(), emoji));
  }

  private static Conversation scheduleEnded(
      ConversationState state, Conversation before, Event event, EventData.ScheduleEnded ended) {
    return switch (ended.end()) {
      case SENT -> {
        state.removeFact(new Fact.Scheduled(ended.message()));
        state.putFact(new Fact.Released(ended.message()), Mark.of(event));
        yield before.with(before.counts().plusSchedules(-1));
      }
      case CANCELLED -> {
        state.removeFact(new Fact.Scheduled(ended.message()));
        yield before.with(before.counts().plusSchedules(-1));
      }
      case FAILED -> {
        state.removeFact(new Fact.Released(ended.message()));
        yield before;
      }
    };
  }

  /// A message is remembered under its own id, which is the id of its command.
  private static void remember(ConversationState state, Event event) {
    if (!(event.data() instanceof EventData.MessageSent)) {
      remember(state, event.commandId(), new Decided(event.actor(), Mark.of(event)));
    }
  }

  private static void remember(ConversationState state, UUID command, Decided decided) {
    UUID place = Decided.place(state, command, decided.actor());
    if (state.decided(place) == null) {
      state.putDecided(place, decided);
    }
  }

  private static void requireNext(@Nullable Conversation before, Event event) {
    long expected = before == null ? 1 : before.seq() + 1;
    if (event.seq() != expected) {
      throw new IllegalStateException(
          "Expected seq %d in %s, but it is %d"
              .formatted(expected, event.conversation(), event.seq()));
    }
    if (before != null && !before.hash().equals(event.prevHash())) {
      throw new IllegalStateException(
          "Expected seq %d in %s to follow the hash of its predecessor, but it does not"
              .formatted(event.seq(), event.conversation()));
    }
  }

  private static Conversation require(@Nullable Conversation before, Event event) {
    if (before == null) {
      throw new IllegalStateException(
          "Expected %s to be created first, but its first event is %s"
              .formatted(event.conversation(), event.data().type()));
    }
    return before;
  }

  private static Member member(ConversationState state, UUID user) {
    Member member = state.member(user);
    if (member == null) {
      throw new IllegalStateException("Expected %s to be a member, but is not".formatted(user));
    }
    return member;
  }

  private static Message message(ConversationState state, UUID id) {
    Message message = state.message(id);
    if (message == null) {
      throw new IllegalStateException(
          "Expected message %s to exist, but it does not".formatted(id));
    }
    return message;
  }

  private static int owner(Role role) {
    return role == Role.OWNER ? 1 : 0;
  }
}
