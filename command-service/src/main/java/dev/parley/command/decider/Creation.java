package dev.parley.command.decider;

import dev.parley.schemas.command.Command;
import dev.parley.schemas.command.CommandEnvelope;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.HistoryVisibility;
import dev.parley.schemas.conversation.Role;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.event.EventData;
import dev.parley.schemas.id.Ids;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// How conversations come into being.
///
/// Ids of self and direct conversations are derived from the people and checked here, so nobody can
/// take the place of one, and both sides may create their direct conversation at once: the second
/// finds it. Groups and channels have an id made by the client, a UUIDv7, which no derived id is.
final class Creation {

  private Creation() {}

  static Decision create(
      ConversationView view,
      CommandEnvelope envelope,
      Command.CreateConversation create,
      long atMillis) {
    Decision.Rejected unfit =
        unfit(envelope.conversation(), envelope.actor(), create.kind(), create.members());
    if (unfit != null) {
      return unfit;
    }
    Conversation existing = view.conversation();
    if (existing != null) {
      return existing(existing, envelope.actor());
    }
    return new Decision.Accepted(
        founded(
            envelope.actor(),
            new EventData.ConversationCreated(
                create.kind(),
                create.title(),
                create.topic(),
                create.history(),
                false,
                create.avatar(),
                create.custom()),
            create.members()),
        atMillis);
  }

  /// Importing again adds the members that are missing, and nothing else. A conversation that
  /// somebody made here under the same id is not touched, except a direct one: its id says whose it
  /// is.
  static Decision importConversation(
      ConversationView view, CommandEnvelope envelope, Command.ImportConversation create) {
    Decision.Rejected unfit =
        unfit(envelope.conversation(), envelope.actor(), create.kind(), create.members());
    if (unfit != null) {
      return unfit;
    }
    Conversation existing = view.conversation();
    if (existing == null) {
      return new Decision.Accepted(
          founded(
              envelope.actor(),
              new EventData.ConversationCreated(
                  create.kind(), create.title(), create.topic(), create.history(), true),
              create.members()),
          create.atMillis());
    }
    return switch (existing.kind()) {
      case SELF, DIRECT -> new Decision.Repeated(existing.created());
      case GROUP, CHANNEL, SPACE ->
          existing.imported() && existing.kind() == create.kind()
              ? missing(view, existing, envelope.actor(), create)
              : taken();
    };
  }

  private static Decision existing(Conversation existing, UUID actor) {
    return switch (existing.kind()) {
      case SELF, DIRECT -> new Decision.Repeated(existing.created());
      case GROUP, CHANNEL, SPACE ->
          existing.creator().equals(actor) ? new Decision.Repeated(existing.created()) : taken();
    };
  }

  private static Decision missing(
      ConversationView view, Conversation existing, UUID actor, Command.ImportConversation create) {
    List<EventData> joined = new ArrayList<>();
    for (UUID user : people(actor, create.members())) {
      if (view.member(user) == null) {
        joined.add(new EventData.MemberJoined(user, Role.MEMBER));
      }
    }
    return joined.isEmpty()
        ? new Decision.Repeated(existing.created())
        : new Decision.Accepted(joined, create.atMillis());
  }

  private static List<EventData> founded(
      UUID actor, EventData.ConversationCreated created, List<UUID> members) {
    List<EventData> events = new ArrayList<>(members.size() + 2);
    events.add(created);
    for (UUID user : people(actor, members)) {
      Role role = user.equals(actor) ? founderRole(created.kind()) : Role.MEMBER;
      events.add(new EventData.MemberJoined(user, role));
    }
    return events;
  }

  /// The two of a direct conversation are equals.
  private static Role founderRole(ConversationKind kind) {
    return switch (kind) {
      case DIRECT -> Role.MEMBER;
      case SELF, GROUP, CHANNEL, SPACE -> Role.OWNER;
    };
  }

  /// A person's own conversation, which comes into being with what is first kept there.
  static List<EventData> ownConversation(UUID actor) {
    return founded(
        actor,
        new EventData.ConversationCreated(
            ConversationKind.SELF, "", "", HistoryVisibility.FROM_START, false),
        List.of());
  }

  /// The actor first, then the others in the order given, each once.
  private static Set<UUID> people(UUID actor, List<UUID> members) {
    Set<UUID> people = new LinkedHashSet<>();
    people.add(actor);
    people.addAll(members);
    return people;
  }

  private static Decision.@Nullable Rejected unfit(
      UUID conversation, UUID actor, ConversationKind kind, List<UUID> members) {
    Set<UUID> others = people(actor, members);
    others.remove(actor);
    return switch (kind) {
      case SELF ->
          others.isEmpty() && conversation.equals(Ids.selfConversation(actor))
              ? null
              : invalid(
                  "A self conversation has no other member, and the id derived from its owner.");
      case DIRECT ->
          others.size() == 1
                  && conversation.equals(Ids.directConversation(actor, others.iterator().next()))
              ? null
              : invalid(
                  "A direct conversation has one other member, and the id derived from both.");
      case GROUP, CHANNEL, SPACE ->
          Ids.isVersion7(conversation)
              ? null
              : invalid("The id of a group, a channel or a space must be a UUIDv7.");
    };
  }

  private static Decision.Rejected invalid(String detail) {
    return new Decision.Rejected(ErrorCode.INVALID, detail);
  }

  private static Decision.Rejected taken() {
    return new Decision.Rejected(
        ErrorCode.CONVERSATION_EXISTS, "Another conversation has this id.");
  }
}
