package dev.parley.command.door;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.command.CommandServiceConfig;
import dev.parley.schemas.command.Command;
import dev.parley.schemas.command.CommandEnvelope;
import dev.parley.schemas.command.Origin;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.wire.CommandInput;
import dev.parley.schemas.wire.CommandSealer;
import dev.parley.schemas.wire.Limits;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Takes one command from the JSON of a request to its outcome. Blocks its (virtual) thread.
///
/// The door is a node like an edge: it publishes with its own name as origin and always asks for
/// the reply, since it follows no conversation.
final class CommandDoor {

  /// Who asks, as the verified token tells, and under which trace.
  ///
  /// @param admin whether they ask as an admin of the deployment
  /// @param traceparent W3C trace context; empty: none
  record Caller(UUID actor, boolean admin, String traceparent) {}

  private final CommandServiceConfig.Door config;
  private final Limits limits;
  private final String node;
  private final Guard guard;
  private final LogStore log;
  private final PendingCommands pending;

  CommandDoor(
      CommandServiceConfig config,
      String node,
      Guard guard,
      LogStore log,
      PendingCommands pending) {
    this.config = config.door();
    this.limits = limits(config.limits());
    this.node = node;
    this.guard = guard;
    this.log = log;
    this.pending = pending;
  }

  /// @param type one of [CommandInput#TYPES]
  Answer submit(String type, JsonNode d, Caller caller) {
    return switch (CommandInput.read(type, d, caller.actor(), limits)) {
      case CommandInput.Refused(var code, var detail) -> new Answer.Refused(code, detail);
      case CommandInput.Read read -> sealAndPublish(read, caller);
    };
  }

  /// A message that was looked at and sealed before, by its author.
  Answer release(CommandInput.Read held, UUID author) {
    return publishAndWait(held, held.command(), new Caller(author, false, ""));
  }

  /// A command that was made here.
  Answer submit(CommandInput.Read command, Caller caller) {
    return sealAndPublish(command, caller);
  }

  private Answer sealAndPublish(CommandInput.Read read, Caller caller) {
    Answer stopped = guard.stop(read, caller.actor());
    if (stopped != null) {
      return stopped;
    }
    return switch (log.seal(read, caller.actor())) {
      case CommandSealer.Result.Sealed(var command) -> publishAndWait(read, command, caller);
      case CommandSealer.Result.Refused(var code, var detail) -> new Answer.Refused(code, detail);
      case CommandSealer.Result.KeyMissing() -> LogStore.accountMissing();
    };
  }

  private Answer publishAndWait(CommandInput.Read read, Command command, Caller caller) {
    PendingCommands.@Nullable Waiting waiting =
        pending.register(
            new PendingCommands.Key(read.commandId(), read.conversation(), caller.actor()));
    if (waiting == null) {
      return new Answer.Refused(ErrorCode.OVERLOADED, "Too many commands wait for their outcome.");
    }
    try {
      Answer.Refused notStored =
          log.store(
              new CommandEnvelope(
                  read.commandId(),
                  read.conversation(),
                  caller.actor(),
                  new Origin(node, true, waiting.copy()),
                  caller.traceparent(),
                  caller.admin(),
                  command));
      return notStored == null ? outcome(read, waiting) : notStored;
    } finally {
      pending.forget(waiting);
    }
  }

  private Answer outcome(CommandInput.Read read, PendingCommands.Waiting waiting) {
    try {
      return waiting.answer().get(millis(config.answerTimeout()), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      return new Answer.Stored(read.conversation(), read.commandId());
    } catch (ExecutionException impossible) {
      throw new IllegalStateException("Expected an answer, but found a failure", impossible);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return new Answer.Stored(read.conversation(), read.commandId());
    }
  }

  private static long millis(Duration duration) {
    return duration.toMillis();
  }

  static Limits limits(CommandServiceConfig.Limits limits) {
    return new Limits(
        limits.bodyBytesMax(),
        limits.textCharsMax(),
        limits.titleCharsMax(),
        limits.membersMax(),
        limits.mentionsMax());
  }
}
