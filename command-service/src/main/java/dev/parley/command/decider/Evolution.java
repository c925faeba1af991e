package dev.parley.command.decider;

import dev.parley.schemas.conversation.Role;
import dev.parley.schemas.event.ChainedEvent;
import dev.parley.schemas.event.Event;
import dev.parley.schemas.event.EventData;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Applies an event to the state: the only place that changes it, for a command being decided and
/// for a replay alike. It may not refuse; an impossible event is a bug and throws.
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
        };
    state.put(after.withHead(event.seq(), event.ordinal(), chained.hash()));
    remember(state, event);
  }

  private static Conversation created(Event event, EventData.ConversationCreated created) {
    return new Conversation(
        created.kind(),
        created.history(),
        event.actor(),
        created.imported(),
        event.atMillis(),
        0,
        0,
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
    return before.withMembers(before.members() + 1, before.owners() + owner(joined.role()));
  }

  private static Conversation gone(ConversationState state, Conversation before, UUID user) {
    Member member = member(state, user);
    state.removeMember(user);
    return before.withMembers(before.members() - 1, before.owners() - owner(member.role()));
  }

  private static Conversation roleChanged(
      ConversationState state,
      Conversation before,
      Event event,
      EventData.MemberRoleChanged changed) {
    Member member = member(state, changed.user());
    state.putMember(changed.user(), new Member(changed.role(), Mark.of(event)));
    return before.withMembers(
        before.members(), before.owners() - owner(member.role()) + owner(changed.role()));
  }

  private static Conversation sent(
      ConversationState state, Conversation before, Event event, EventData.MessageSent sent) {
    if (state.message(sent.message()) != null) {
      throw new IllegalStateException(
          "Expected message %s to be new at seq %d, but it exists"
              .formatted(sent.message(), event.seq()));
    }
    state.putMessage(
        sent.message(), new Message(event.actor(), Mark.of(event), 0, sent.thread(), null));
    return before;
  }

  private static Conversation edited(
      ConversationState state, Conversation before, EventData.MessageEdited edited) {
    Message message = message(state, edited.message());
    state.putMessage(
        edited.message(),
        new Message(
            message.author(),
            message.sent(),
            edited.revision(),
            message.thread(),
            message.deleted()));
    return before;
  }

  private static Conversation deleted(
      ConversationState state, Conversation before, Event event, EventData.MessageDeleted deleted) {
    Message message = message(state, deleted.message());
    state.putMessage(
        deleted.message(),
        new Message(
            message.author(),
            message.sent(),
            message.revision(),
            message.thread(),
            Mark.of(event)));
    return before;
  }

  /// A message is remembered under its own id, which is the id of its command.
  private static void remember(ConversationState state, Event event) {
    if (!(event.data() instanceof EventData.MessageSent)
        && state.decided(event.commandId()) == null) {
      state.putDecided(event.commandId(), new Decided(event.actor(), Mark.of(event)));
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
