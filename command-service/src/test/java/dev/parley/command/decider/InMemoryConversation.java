package dev.parley.command.decider;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The state of one conversation in plain maps; equal states are equal.
public final class InMemoryConversation implements ConversationState {

  private @Nullable Conversation head;
  private final Map<UUID, Member> members = new TreeMap<>();
  private final Map<UUID, Message> messages = new TreeMap<>();
  private final Map<UUID, Decided> decided = new TreeMap<>();
  private final Map<Fact, Mark> facts = new HashMap<>();
  private final Map<String, Integer> reactions = new TreeMap<>();
  private final Map<UUID, Ban> bans = new TreeMap<>();

  @Override
  public @Nullable Conversation conversation() {
    return head;
  }

  @Override
  public @Nullable Member member(UUID user) {
    return members.get(user);
  }

  @Override
  public @Nullable Message message(UUID message) {
    return messages.get(message);
  }

  @Override
  public @Nullable Decided decided(UUID command) {
    return decided.get(command);
  }

  @Override
  public @Nullable Mark fact(Fact fact) {
    return facts.get(fact);
  }

  @Override
  public int reactions(UUID message, String emoji) {
    return reactions.getOrDefault(message + emoji, 0);
  }

  @Override
  public @Nullable Ban ban(UUID user) {
    return bans.get(user);
  }

  @Override
  public void putFact(Fact fact, Mark since) {
    facts.put(fact, since);
  }

  @Override
  public void removeFact(Fact fact) {
    facts.remove(fact);
  }

  @Override
  public void putReactions(UUID message, String emoji, int count) {
    if (count == 0) {
      reactions.remove(message + emoji);
    } else {
      reactions.put(message + emoji, count);
    }
  }

  @Override
  public void putBan(UUID user, Ban ban) {
    bans.put(user, ban);
  }

  @Override
  public void removeBan(UUID user) {
    bans.remove(user);
  }

  @Override
  public void put(Conversation conversation) {
    head = conversation;
  }

  @Override
  public void putMember(UUID user, Member member) {
    members.put(user, member);
  }

  @Override
  public void removeMember(UUID user) {
    members.remove(user);
  }

  @Override
  public void putMessage(UUID id, Message message) {
    messages.put(id, message);
  }

  @Override
  public void putDecided(UUID command, Decided accepted) {
    decided.put(command, accepted);
  }

  /// Those of one kind that hold.
  <F extends Fact> List<F> facts(Class<F> kind) {
    return facts.keySet().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  public Map<UUID, Member> members() {
    return members;
  }

  public Map<UUID, Message> messages() {
    return messages;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof InMemoryConversation that
        && Objects.equals(head, that.head)
        && members.equals(that.members)
        && messages.equals(that.messages)
        && decided.equals(that.decided)
        && facts.equals(that.facts)
        && reactions.equals(that.reactions)
        && bans.equals(that.bans);
  }

  @Override
  public int hashCode() {
    return Objects.hash(head, members, messages, decided, facts, reactions, bans);
  }

  @Override
  public String toString() {
    return head + "\n" + members + "\n" + messages + "\n" + decided + "\n" + facts + "\n" + bans;
  }
}
