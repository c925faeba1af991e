package dev.parley.command.topology;

import dev.parley.command.decider.Ban;
import dev.parley.command.decider.Conversation;
import dev.parley.command.decider.ConversationState;
import dev.parley.command.decider.Decided;
import dev.parley.command.decider.Fact;
import dev.parley.command.decider.Mark;
import dev.parley.command.decider.Member;
import dev.parley.command.decider.Message;
import java.util.UUID;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// One conversation in the store, for the time of one command. The head is asked several times per
/// command, so it is read once.
final class StoredConversation implements ConversationState {

  private final KeyValueStore<Bytes, byte[]> store;
  private final StateKeys keys;
  private @Nullable Conversation head;
  private boolean headRead;

  StoredConversation(KeyValueStore<Bytes, byte[]> store, UUID conversation) {
    this.store = store;
    this.keys = new StateKeys(conversation);
  }

  @Override
  public @Nullable Conversation conversation() {
    if (!headRead) {
      byte[] value = store.get(keys.head());
      head = value == null ? null : StateValues.conversation(value);
      headRead = true;
    }
    return head;
  }

  @Override
  public @Nullable Member member(UUID user) {
    byte[] value = store.get(keys.member(user));
    return value == null ? null : StateValues.member(value);
  }

  @Override
  public @Nullable Message message(UUID message) {
    byte[] value = store.get(keys.message(message));
    return value == null ? null : StateValues.message(value);
  }

  @Override
  public @Nullable Decided decided(UUID command) {
    byte[] value = store.get(keys.decided(command));
    return value == null ? null : StateValues.decided(value);
  }

  @Override
  public @Nullable Mark fact(Fact fact) {
    byte[] value = store.get(keys.fact(fact));
    return value == null ? null : StateValues.markOf(value);
  }

  @Override
  public int reactions(UUID message, String emoji) {
    byte[] value = store.get(keys.reactions(message, emoji));
    return value == null ? 0 : StateValues.count(value);
  }

  @Override
  public @Nullable Ban ban(UUID user) {
    byte[] value = store.get(keys.ban(user));
    return value == null ? null : StateValues.ban(value);
  }

  @Override
  public void put(Conversation conversation) {
    head = conversation;
    headRead = true;
    store.put(keys.head(), StateValues.encode(conversation));
  }

  @Override
  public void putMember(UUID user, Member member) {
    store.put(keys.member(user), StateValues.encode(member));
  }

  @Override
  public void removeMember(UUID user) {
    store.delete(keys.member(user));
  }

  @Override
  public void putMessage(UUID id, Message message) {
    store.put(keys.message(id), StateValues.encode(message));
  }

  @Override
  public void putDecided(UUID command, Decided decided) {
    store.put(keys.decided(command), StateValues.encode(decided));
  }

  @Override
  public void putFact(Fact fact, Mark since) {
    store.put(keys.fact(fact), StateValues.encode(since));
  }

  @Override
  public void removeFact(Fact fact) {
    store.delete(keys.fact(fact));
  }

  @Override
  public void putReactions(UUID message, String emoji, int count) {
    if (count == 0) {
      store.delete(keys.reactions(message, emoji));
    } else {
      store.put(keys.reactions(message, emoji), StateValues.encode(count));
    }
  }

  @Override
  public void putBan(UUID user, Ban ban) {
    store.put(keys.ban(user), StateValues.encode(ban));
  }

  @Override
  public void removeBan(UUID user) {
    store.delete(keys.ban(user));
  }
}
