package dev.parley.command.decider;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What the decider may read of one conversation. Each look-up is by key and of constant size.
public interface ConversationView {

  /// Absent: nobody created it yet.
  @Nullable Conversation conversation();

  @Nullable Member member(UUID user);

  @Nullable Message message(UUID message);

  /// A command that was accepted, or found done what it asks for, and is not a message, by its id.
  @Nullable Decided decided(UUID command);

  /// The event that made it so, if it holds.
  @Nullable Mark fact(Fact fact);

  /// How many people reacted to the message with the emoji.
  int reactions(UUID message, String emoji);

  /// Also one that is over.
  @Nullable Ban ban(UUID user);
}
