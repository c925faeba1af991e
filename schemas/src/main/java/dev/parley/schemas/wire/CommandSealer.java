package dev.parley.schemas.wire;

import dev.parley.schemas.command.Command;
import dev.parley.schemas.content.Body;
import dev.parley.schemas.content.ContentSeal;
import dev.parley.schemas.content.KeyLookup;
import dev.parley.schemas.content.Keyring;
import dev.parley.schemas.content.Place;
import dev.parley.schemas.error.ErrorCode;
import java.util.UUID;

/// Seals the content of commands before they enter the log.
public record CommandSealer(Keyring keyring) {

  /// What became of a command at the seal.
  public sealed interface Result {

    /// @param command nothing readable is left in it
    record Sealed(Command command) implements Result {}

    /// The actor's content key has not arrived here yet: wait for it, within a limit.
    record KeyMissing() implements Result {}

    record Refused(ErrorCode code, String detail) implements Result {}
  }

  /// @param commandId of a send or an import the message id
  public Result seal(Command command, UUID conversation, UUID commandId, UUID actor) {
    return switch (command) {
      case Command.SendMessage(Body.Plain body, var replyTo, var thread) ->
          sealed(
              body,
              new Place(conversation, commandId, actor),
              sealed -> new Command.SendMessage(sealed, replyTo, thread));
      case Command.EditMessage(var message, Body.Plain body) ->
          sealed(
              body,
              new Place(conversation, message, actor),
              sealed -> new Command.EditMessage(message, sealed));
      case Command.ImportMessage(Body.Plain body, var replyTo, var thread, var atMillis) ->
          sealed(
              body,
              new Place(conversation, commandId, actor),
              sealed -> new Command.ImportMessage(sealed, replyTo, thread, atMillis));
      case Command.SendMessage _,
          Command.EditMessage _,
          Command.ImportMessage _,
          Command.CreateConversation _,
          Command.JoinConversation _,
          Command.LeaveConversation _,
          Command.InviteMember _,
          Command.RemoveMember _,
          Command.ChangeRole _,
          Command.DeleteMessage _,
          Command.ImportConversation _ ->
          new Result.Sealed(command);
    };
  }

  private Result sealed(
      Body.Plain body, Place place, java.util.function.Function<Body, Command> command) {
    return switch (keyring.keyOf(place.author())) {
      case KeyLookup.Known(var key) ->
          new Result.Sealed(command.apply(ContentSeal.seal(body.content(), key, place)));
      case KeyLookup.Erased() ->
          new Result.Refused(ErrorCode.UNAUTHENTICATED, "This account was erased.");
      case KeyLookup.Unknown() -> new Result.KeyMissing();
    };
  }
}
