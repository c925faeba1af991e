package dev.parley.schemas.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.schemas.command.Command;
import dev.parley.schemas.error.ErrorCode;
import java.util.Set;
import java.util.UUID;

/// A command as a client wrote it: the `d` of a frame, or the body of a REST request with the ids
/// of its path.
///
/// The one reader for both doors. It checks shapes and limits; whether the command is allowed is
/// the decider's matter.
public sealed interface CommandInput {

  /// Types of the frames that are commands.
  Set<String> TYPES = ClientFrame.names(ClientFrame.Kind.COMMAND);

  /// @param command with a plain body, to be sealed
  record Read(UUID conversation, UUID commandId, Command command) implements CommandInput {}

  record Refused(ErrorCode code, String detail) implements CommandInput {}

  /// @param type one of [#TYPES]
  /// @param actor who asks: ids of self and direct conversations derive from it
  static CommandInput read(String type, JsonNode d, UUID actor, Limits limits) {
    if (!d.isObject()) {
      return new Refused(ErrorCode.MALFORMED, "Expected an object in \"d\".");
    }
    try {
      return new CommandReader(new Fields(d, limits), actor).read(type);
    } catch (Fields.Unfit unfit) {
      return new Refused(unfit.code, unfit.detail);
    }
  }
}
