package dev.parley.command.decider;

import dev.parley.schemas.id.Ids;
import java.util.UUID;

/// An accepted command other than a message, kept for ever under its id, so that its resend is
/// answered and not decided again. Without it a late resend of an old edit would take back a newer
/// one, and a resend of a removal would remove somebody who was invited again since; nor would the
/// copy of a join that changed nothing stay without effect once its sender has left.
///
/// @param first the first event of the command; where it found done what it asks for, the event
///   that had made it so
public record Decided(UUID actor, Mark first) {

  /// Where a person's command is kept. Ids of commands are made by clients: who comes second with
  /// an id that somebody else has used must not be forgotten for it.
  static UUID place(ConversationView view, UUID command, UUID actor) {
    Decided first = view.decided(command);
    return first == null || first.actor().equals(actor) ? command : Ids.ofActor(command, actor);
  }
}
