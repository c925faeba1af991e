package dev.parley.schemas.wire;

import dev.parley.schemas.command.Command;
import dev.parley.schemas.content.Body;
import dev.parley.schemas.content.ContentSeal;
import dev.parley.schemas.content.KeyLookup;
import dev.parley.schemas.content.Keyring;
import dev.parley.schemas.content.Place;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.personal.Personal;
import dev.parley.schemas.personal.PersonalEntry;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

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
      case Command.SendMessage send when send.body() instanceof Body.Plain body ->
          sealed(body, new Place(conversation, commandId, actor), send::withBody);
      case Command.ScheduleMessage(var target, var message, var send, var atMillis)
          when send.body() instanceof Body.Plain body ->
          sealed(
              body,
              new Place(target, message, actor),
              sealed ->
                  new Command.ScheduleMessage(target, message, send.withBody(sealed), atMillis));
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
          Command.ImportConversation _,
          Command.ChangeConversation _,
          Command.ArchiveConversation _,
          Command.BanMember _,
          Command.UnbanMember _,
          Command.TransferOwnership _,
          Command.MuteMember _,
          Command.AddReaction _,
          Command.RemoveReaction _,
          Command.PinMessage _,
          Command.UnpinMessage _,
          Command.AddChannel _,
          Command.RemoveChannel _,
          Command.ScheduleMessage _,
          Command.CancelSchedule _,
          Command.EndSchedule _,
          Command.ExpireMessage _ ->
          new Result.Sealed(command);
    };
  }

  /// A personal entry before it enters the log: of a draft, of a note and of what is held nothing
  /// readable is left in it.
  ///
  /// @return empty if the member's content key has not arrived here yet, or is gone
  public Optional<PersonalEntry> seal(PersonalEntry entry) {
    return switch (entry.value()) {
      case Personal.Draft(Body.Plain body) ->
          sealed(
              entry,
              body,
              PersonalEntry.draftPlace(entry.conversation(), entry.user()),
              Personal.Draft::new);
      case Personal.Reported(var message, var reason, Body.Plain note) ->
          sealed(
              entry,
              note,
              PersonalEntry.reportPlace(entry.conversation(), message, entry.user()),
              sealed -> new Personal.Reported(message, reason, sealed));
      case Personal.Held(var message, var send, var reason)
          when send.body() instanceof Body.Plain body ->
          sealed(
              entry,
              body,
              new Place(entry.conversation(), message, entry.user()),
              sealed -> new Personal.Held(message, send.withBody(sealed), reason));
      case Personal _ -> Optional.of(entry);
    };
  }

  private Optional<PersonalEntry> sealed(
      PersonalEntry entry, Body.Plain body, Place place, Function<Body, Personal> value) {
    return switch (keyring.keyOf(entry.user())) {
      case KeyLookup.Known(var key) ->
          Optional.of(
              new PersonalEntry(
                  entry.conversation(),
                  entry.user(),
                  entry.atMillis(),
                  entry.quiet(),
                  value.apply(ContentSeal.seal(body.content(), key, place))));
      case KeyLookup.Erased(), KeyLookup.Unknown() -> Optional.empty();
    };
  }

  private Result sealed(Body.Plain body, Place place, Function<Body, Command> command) {
    return switch (keyring.keyOf(place.author())) {
      case KeyLookup.Known(var key) ->
          new Result.Sealed(command.apply(ContentSeal.seal(body.content(), key, place)));
      case KeyLookup.Erased() ->
          new Result.Refused(ErrorCode.UNAUTHENTICATED, "This account was erased.");
      case KeyLookup.Unknown() -> new Result.KeyMissing();
    };
  }
}
