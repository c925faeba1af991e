package dev.parley.command.door;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.command.CommandServiceConfig;
import dev.parley.log.CommandPublisher;
import dev.parley.log.PublishRefusedException;
import dev.parley.log.UserTable;
import dev.parley.schemas.command.Command;
import dev.parley.schemas.command.CommandEnvelope;
import dev.parley.schemas.command.Origin;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.personal.PersonalEntry;
import dev.parley.schemas.wire.CommandInput;
import dev.parley.schemas.wire.CommandSealer;
import dev.parley.schemas.wire.Limits;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Takes one command from the JSON of a request to its outcome. Blocks its (virtual) thread.
///
/// The door is a node like an edge: it publishes with its own name as origin and always asks for
/// the reply, since it follows no conversation.
final class CommandDoor {

  /// Who asks, and under which trace.
  ///
  /// @param traceparent W3C trace context; empty: none
  record Caller(UUID actor, String traceparent) {}

  private final CommandServiceConfig.Door config;
  private final Limits limits;
  private final Origin origin;
  private final UserTable users;
  private final CommandSealer sealer;
  private final CommandPublisher publisher;
  private final PendingCommands pending;

  CommandDoor(
      CommandServiceConfig config,
      String node,
      UserTable users,
      CommandPublisher publisher,
      PendingCommands pending) {
    this.config = config.door();
    this.limits = limits(config.limits());
    this.origin = new Origin(node, true);
    this.users = users;
    this.sealer = new CommandSealer(users);
    this.publisher = publisher;
    this.pending = pending;
  }

  /// @param type one of [CommandInput#TYPES]
  Answer submit(String type, JsonNode d, Caller caller) {
    return switch (CommandInput.read(type, d, caller.actor(), limits)) {
      case CommandInput.Refused(var code, var detail) -> new Answer.Refused(code, detail);
      case CommandInput.Read read -> sealAndPublish(read, caller);
    };
  }

  /// A command that was made here.
  Answer submit(CommandInput.Read command, Caller caller) {
    return sealAndPublish(command, caller);
  }

  /// Stores what a member keeps; null: stored.
  Answer.@Nullable Refused keep(PersonalEntry entry) {
    var sealed = sealer.seal(entry);
    if (sealed.isEmpty()) {
      users.awaitKey(entry.user(), config.keyWait()).toCompletableFuture().join();
      sealed = sealer.seal(entry);
    }
    return sealed.isEmpty()
        ? new Answer.Refused(ErrorCode.UNAVAILABLE, "Your account has not arrived here yet.")
        : stored(publisher.publish(sealed.get()));
  }

  private Answer sealAndPublish(CommandInput.Read read, Caller caller) {
    return switch (seal(read, caller.actor())) {
      case CommandSealer.Result.Sealed(var command) -> publishAndWait(read, command, caller);
      case CommandSealer.Result.Refused(var code, var detail) -> new Answer.Refused(code, detail);
      case CommandSealer.Result.KeyMissing() ->
          new Answer.Refused(ErrorCode.UNAVAILABLE, "Your account has not arrived here yet.");
    };
  }

  /// The key of a person who has just registered travels in its own topic: wait for it a little.
  private CommandSealer.Result seal(CommandInput.Read read, UUID actor) {
    CommandSealer.Result first = seal(sealer, read, actor);
    if (first instanceof CommandSealer.Result.KeyMissing) {
      users.awaitKey(actor, config.keyWait()).toCompletableFuture().join();
      return seal(sealer, read, actor);
    }
    return first;
  }

  private static CommandSealer.Result seal(
      CommandSealer sealer, CommandInput.Read read, UUID actor) {
    return sealer.seal(read.command(), read.conversation(), read.commandId(), actor);
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
          stored(
              publisher.publish(
                  new CommandEnvelope(
                      read.commandId(),
                      read.conversation(),
                      caller.actor(),
                      origin,
                      caller.traceparent(),
                      command)));
      return notStored == null ? outcome(read, waiting) : notStored;
    } finally {
      pending.forget(waiting);
    }
  }

  private Answer.@Nullable Refused stored(CompletionStage<Void> publishing) {
    try {
      publishing.toCompletableFuture().get(millis(config.storeTimeout()), TimeUnit.MILLISECONDS);
      return null;
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof PublishRefusedException refused) {
        return new Answer.Refused(refused.code(), "The log did not take the command.");
      }
      throw new IllegalStateException("Publishing failed", failed.getCause());
    } catch (TimeoutException late) {
      return new Answer.Refused(
          ErrorCode.UNAVAILABLE, "The log did not confirm the command in time; it may be stored.");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return new Answer.Refused(ErrorCode.UNAVAILABLE, "The service is stopping.");
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
