package dev.parley.edge.command;

import dev.parley.edge.history.Reads;
import dev.parley.filter.Judgement;
import dev.parley.schemas.command.Command;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.personal.Personal;
import dev.parley.schemas.personal.PersonalEntry;
import dev.parley.schemas.wire.Blocks;
import dev.parley.schemas.wire.CommandInput;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a command passes before it is sealed: whether somebody wants nothing of its actor, and the
/// filter of what people write. What the filter holds is put before the moderators instead. Safe
/// from any thread; never blocks.
///
/// @param isBlockedIn whether in a direct conversation the other side has blocked the actor
/// @param reads says whether who is to be held back is a member at all
/// @param keep stores what is held, sealed
public record Gate(
    BiPredicate<UUID, UUID> isBlockedIn,
    Filter filter,
    Reads reads,
    Function<PersonalEntry, CompletionStage<Void>> keep) {

  private static final Logger LOG = LoggerFactory.getLogger(Gate.class);
  private static final CompletionStage<Passage> OPEN =
      CompletableFuture.completedStage(new Passage.Open());

  /// Judges what people write, before it is sealed; done within a budget, and never fails.
  @FunctionalInterface
  public interface Filter {
    CompletionStage<Judgement> judge(Command command, UUID conversation, UUID id, UUID actor);
  }

  /// Whether the command goes on.
  public sealed interface Passage {
    record Open() implements Passage {}

    record Shut(ErrorCode code, String detail) implements Passage {}
  }

  /// Done at once where no filter is asked.
  public CompletionStage<Passage> pass(CommandInput.Read input, UUID actor, long nowMillis) {
    if (Blocks.stop(input.command(), input.conversation(), actor, isBlockedIn)) {
      return shut(ErrorCode.BLOCKED, "This person wants nothing of you.");
    }
    return filter
        .judge(input.command(), input.conversation(), input.commandId(), actor)
        .thenCompose(judgement ->
            switch (judgement) {
              case Judgement.Pass() -> OPEN;
              case Judgement.Reject(var reason) ->
                  shut(
                      ErrorCode.REJECTED_BY_FILTER,
                      reason.isEmpty() ? "This deployment does not take it." : reason);
              case Judgement.Unjudged() ->
                  shut(ErrorCode.UNAVAILABLE, "Nobody could look at it now.");
              case Judgement.Hold(var reason) -> hold(input, actor, nowMillis, reason);
            });
  }

  /// Strangers put nothing before the moderators.
  private CompletionStage<Passage> hold(
      CommandInput.Read input, UUID actor, long nowMillis, String reason) {
    if (!(input.command() instanceof Command.SendMessage send)) {
      throw new IllegalStateException("Expected a message to hold, but it is another command");
    }
    var held =
        new PersonalEntry(
            input.conversation(),
            actor,
            nowMillis,
            true,
            new Personal.Held(input.commandId(), send, reason));
    return reads
        .access(input.conversation(), actor, false)
        .thenCompose(access ->
            access.member()
                ? keep.apply(held)
                    .thenCompose(_ -> shut(ErrorCode.HELD, "A moderator looks at it first."))
                : shut(
                    ErrorCode.NOT_FOUND,
                    "There is no such conversation, or you are not a member of it."))
        .exceptionally(failure -> notKept(input, failure));
  }

  private static Passage notKept(CommandInput.Read input, @Nullable Throwable failure) {
    var cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
    LOG.warn(
        "What is to be held in {} is not stored: {}", input.conversation(), String.valueOf(cause));
    return new Passage.Shut(ErrorCode.UNAVAILABLE, "It could not be put before a moderator.");
  }

  private static CompletionStage<Passage> shut(ErrorCode code, String detail) {
    return CompletableFuture.completedStage(new Passage.Shut(code, detail));
  }
}
