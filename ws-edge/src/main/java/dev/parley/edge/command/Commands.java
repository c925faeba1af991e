package dev.parley.edge.command;

import dev.parley.edge.loop.Loop;
import dev.parley.log.PublishRefusedException;
import dev.parley.schemas.command.Command;
import dev.parley.schemas.command.CommandEnvelope;
import dev.parley.schemas.command.Origin;
import dev.parley.schemas.content.KeyLookup;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.event.Event;
import dev.parley.schemas.outcome.Outcome;
import dev.parley.schemas.outcome.OutcomeEnvelope;
import dev.parley.schemas.wire.CommandInput;
import dev.parley.schemas.wire.CommandSealer;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes commands to the log and brings their outcomes back to who waits.
///
/// A command is sealed, remembered, and appended; its outcome is the first event that it caused, or
/// a refusal, whichever way it comes. Safe from any thread; never blocks the caller.
public final class Commands {

  private static final Logger LOG = LoggerFactory.getLogger(Commands.class);

  /// More in a millisecond, from a node's first moment on, are not sent.
  private static final int COPIES_A_MILLI_BITS = 20;

  private final Route route;
  private final Limits limits;
  private final Loop loop;
  private final Pending pending;
  private final AtomicLong copies;

  /// The way to the log and back.
  ///
  /// @param node this node's name, to which outcomes are sent
  /// @param awaitKey the person's content key as soon as it is here
  /// @param publishing runs publishing in the order of submission; may block
  /// @param isSubscribed whether this node gets the conversation's pushes
  public record Route(
      String node,
      CommandSealer sealer,
      KeyAwait awaitKey,
      Function<CommandEnvelope, CompletionStage<Void>> publish,
      Executor publishing,
      Predicate<UUID> isSubscribed) {}

  /// Waits for a content key.
  @FunctionalInterface
  public interface KeyAwait {
    CompletionStage<KeyLookup> of(UUID user, Duration wait);
  }

  /// @param pendingMax commands that wait for their outcome, on the whole node; over it: overloaded
  /// @param timeoutMillis longest wait for an outcome, then the answer is timeout
  /// @param keyWait longest wait for the key of a person who has just registered
  public record Limits(int pendingMax, long timeoutMillis, Duration keyWait) {}

  /// Who asks.
  ///
  /// @param admin of the deployment, who asks as one
  /// @param traceparent W3C trace context; empty: none
  public record Asking(UUID user, boolean admin, String traceparent) {}

  public Commands(Route route, Limits limits, Loop loop) {
    this.route = route;
    this.limits = limits;
    this.loop = loop;
    this.pending = new Pending();
    // Not from one on: outcomes of commands from before a restart still come to this name.
    this.copies = new AtomicLong(loop.nowMillis() << COPIES_A_MILLI_BITS);
  }

  /// Begins to look for answers that are overdue.
  public void start() {
    loop.after(limits.timeoutMillis() / 8, this::tick);
  }

  /// Commands that wait for their outcome.
  public int pending() {
    return pending.size();
  }

  /// Takes in a command.
  ///
  /// @return completes when the actor's next command may be submitted, so that they keep their
  ///   order
  public CompletionStage<Void> submit(Asking asking, CommandInput.Read input, Answer answer) {
    if (pending.size() >= limits.pendingMax()) {
      answer.refused(ErrorCode.OVERLOADED, "Too many commands wait on this node.");
      return CompletableFuture.completedStage(null);
    }
    return switch (seal(asking.user(), input)) {
      case CommandSealer.Result.Sealed(var command) -> {
        append(asking, input, command, answer);
        yield CompletableFuture.completedStage(null);
      }
      case CommandSealer.Result.Refused(var code, var detail) -> {
        answer.refused(code, detail);
        yield CompletableFuture.completedStage(null);
      }
      case CommandSealer.Result.KeyMissing() ->
          route
              .awaitKey()
              .of(asking.user(), limits.keyWait())
              .thenAccept(_ -> submitWithKey(asking, input, answer));
    };
  }

  /// An event was seen: if it is the outcome of a command from here, that is answered.
  public void seen(Event event) {
    var waiting = pending.take(event);
    if (waiting != null) {
      waiting
          .answers()
          .forEach(answer ->
              answer.accepted(event.conversation(), event.seq(), event.atMillis(), false));
    }
  }

  /// A command from here caused no event.
  public void decided(OutcomeEnvelope envelope) {
    var key = new Pending.Key(envelope.commandId(), envelope.conversation(), envelope.actor());
    switch (envelope.outcome()) {
      case Outcome.Rejected(var code, var detail, var retryAfterMillis) ->
          pending
              .take(key, envelope.copy())
              .forEach(answer -> answer.refused(code, detail, retryAfterMillis));
      case Outcome.Repeated(var seq, _, var atMillis) -> {
        var waiting = pending.take(key);
        if (waiting != null) {
          waiting
              .answers()
              .forEach(answer -> answer.accepted(envelope.conversation(), seq, atMillis, true));
        }
      }
    }
  }

  private CommandSealer.Result seal(UUID actor, CommandInput.Read input) {
    return route.sealer().seal(input.command(), input.conversation(), input.commandId(), actor);
  }

  private void submitWithKey(Asking asking, CommandInput.Read input, Answer answer) {
    switch (seal(asking.user(), input)) {
      case CommandSealer.Result.Sealed(var command) -> append(asking, input, command, answer);
      case CommandSealer.Result.Refused(var code, var detail) -> answer.refused(code, detail);
      case CommandSealer.Result.KeyMissing() ->
          answer.refused(ErrorCode.UNAVAILABLE, "Your content key has not arrived here yet.");
    }
  }

  private void append(Asking asking, CommandInput.Read input, Command command, Answer answer) {
    var key = new Pending.Key(input.commandId(), input.conversation(), asking.user());
    var copy = new Pending.Copy(copies.incrementAndGet(), answer);
    pending.put(
        key,
        command instanceof Command.CreateConversation,
        loop.nowMillis() + limits.timeoutMillis(),
        copy);
    var reply = !route.isSubscribed().test(input.conversation());
    var envelope =
        new CommandEnvelope(
            input.commandId(),
            input.conversation(),
            asking.user(),
            new Origin(route.node(), reply, copy.number()),
            asking.traceparent(),
            asking.admin(),
            command);
    route.publishing().execute(() -> publish(key, envelope));
  }

  private void publish(Pending.Key key, CommandEnvelope envelope) {
    route
        .publish()
        .apply(envelope)
        .whenComplete((_, failure) -> {
          if (failure != null) {
            notStored(key, envelope.origin().copy(), failure);
          }
        });
  }

  private void notStored(Pending.Key key, long copy, Throwable failure) {
    var cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
    var code =
        cause instanceof PublishRefusedException refused ? refused.code() : ErrorCode.INTERNAL;
    LOG.warn("A command was not stored: {}", String.valueOf(cause));
    pending
        .take(key, copy)
        .forEach(answer -> answer.refused(code, "The log did not take the command."));
  }

  private void tick() {
    for (var late : pending.takeOverdue(loop.nowMillis())) {
      late.answers().forEach(answer -> answer.refused(ErrorCode.TIMEOUT, "No outcome in time."));
    }
    loop.after(limits.timeoutMillis() / 8, this::tick);
  }
}
