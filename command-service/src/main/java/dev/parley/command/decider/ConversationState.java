package dev.parley.command.decider;

import java.util.UUID;

/// The state of one conversation, as [Evolution] changes it.
public interface ConversationState extends ConversationView {

  void put(Conversation conversation);

  void putMember(UUID user, Member member);

  void removeMember(UUID user);

  void putMessage(UUID id, Message message);

  void putDecided(UUID command, Decided decided);

  void putFact(Fact fact, Mark since);

  void removeFact(Fact fact);

  /// @param count 0: nobody any more
  void putReactions(UUID message, String emoji, int count);

  void putBan(UUID user, Ban ban);

  void removeBan(UUID user);
}
