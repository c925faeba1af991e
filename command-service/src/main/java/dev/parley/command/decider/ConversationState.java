package dev.parley.command.decider;

import java.util.UUID;

/// The state of one conversation, as [Evolution] changes it.
public interface ConversationState extends ConversationView {

  void put(Conversation conversation);

  void putMember(UUID user, Member member);

  void removeMember(UUID user);

  void putMessage(UUID id, Message message);

  void putDecided(UUID command, Decided decided);
}
