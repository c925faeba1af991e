package dev.parley.command.decider;

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
        && decided.equals(that.decided);
  }

  @Override
  public int hashCode() {
    return Objects.hash(head, members, messages, decided);
  }

  @Override
  public String toString() {
    return head + "\n" + members + "\n" + messages + "\n" + decided;
  }
}
