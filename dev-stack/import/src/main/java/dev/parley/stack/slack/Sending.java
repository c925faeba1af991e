package dev.parley.stack.slack;

import dev.parley.log.CommandPublisher;
import dev.parley.log.PublisherConfig;
import dev.parley.log.TransientException;
import dev.parley.schemas.command.CommandEnvelope;
import dev.parley.schemas.wire.CommandSealer;
import dev.parley.stack.slack.log.Outcomes;
import dev.parley.stack.slack.log.Pending;
import dev.parley.stack.slack.log.Step;
import dev.parley.stack.slack.log.Tally;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Sends the commands of many conversations: each conversation's in order, several conversations
/// side by side, never more than the window ahead of the decider.
final class Sending implements AutoCloseable {

  /// Commands of one conversation in a row, before it is the next one's turn.
  private static final int TURN = 50;

  private static final long LOOK_EVERY_MILLIS = 200;

  private final Settings settings;
  private final CommandSealer sealer;
  private final Tally tally;
  private final Pending pending;
  private final Outcomes outcomes;
  private final CommandPublisher publisher;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  Sending(Settings settings, CommandSealer sealer, Tally tally) {
    this.settings = settings;
    this.sealer = sealer;
    this.tally = tally;
    this.pending = new Pending(settings.windowMax());
    this.publisher =
        new CommandPublisher(
            new PublisherConfig(
                settings.kafka(),
                "slack-import",
                2 * settings.windowMax(),
                settings.patience(),
                5));
    try {
      publisher.prepare(settings.patience());
      this.outcomes = new Outcomes(settings.kafka(), pending, tally);
    } catch (TransientException e) {
      publisher.close();
      throw new ImportFailedException(
          "Kafka at " + settings.kafka().bootstrapServers() + " does not answer.");
    }
  }

  /// @param conversations each the commands of one conversation; opened when its turn comes
  /// @param progress called often
  void send(Iterator<? extends Iterator<Step>> conversations, Runnable progress)
      throws InterruptedException {
    Deque<Iterator<Step>> lanes = new ArrayDeque<>();
    while (conversations.hasNext() || !lanes.isEmpty()) {
      while (lanes.size() < settings.lanesMax() && conversations.hasNext()) {
        lanes.add(conversations.next());
      }
      Iterator<Step> lane = lanes.remove();
      for (int i = 0; i < TURN && lane.hasNext(); i++) {
        send(lane.next(), progress);
      }
      if (lane.hasNext()) {
        lanes.add(lane);
      }
      progress.run();
    }
    awaitRest(progress);
  }

  @Override
  public void close() {
    publisher.close();
    outcomes.close();
  }

  private void send(Step step, Runnable progress) throws InterruptedException {
    CommandEnvelope sealed = seal(step.command());
    Patience patience = new Patience();
    while (!pending.expect(sealed.commandId(), step.asked(), LOOK_EVERY_MILLIS)) {
      patience.check();
      progress.run();
    }
    publisher
        .publish(sealed)
        .whenComplete((stored, refused) -> failure.compareAndSet(null, refused));
    checkFailure();
  }

  private void awaitRest(Runnable progress) throws InterruptedException {
    Patience patience = new Patience();
    while (!pending.awaitNone(LOOK_EVERY_MILLIS)) {
      patience.check();
      progress.run();
    }
    checkFailure();
  }

  private void checkFailure() {
    Throwable cause = failure.get();
    if (cause != null) {
      throw new ImportFailedException(
          "Kafka does not take the commands ("
              + cause.getMessage()
              + "); run the import again, it goes on where it was.");
    }
    outcomes.check();
  }

  private CommandEnvelope seal(CommandEnvelope command) {
    return switch (sealer.seal(
        command.command(), command.conversation(), command.commandId(), command.actor())) {
      case CommandSealer.Result.Sealed(var sealed) ->
          new CommandEnvelope(
              command.commandId(),
              command.conversation(),
              command.actor(),
              command.origin(),
              command.traceparent(),
              sealed);
      case CommandSealer.Result.KeyMissing() ->
          throw new ImportFailedException(
              "The content key of "
                  + command.actor()
                  + " is not in the log; see `./parley logs identity-service`.");
      case CommandSealer.Result.Refused(var code, var detail) ->
          throw new ImportFailedException(
              "An author of the archive was erased here and cannot write again ("
                  + command.actor()
                  + ").");
    };
  }

  /// Runs out when no outcome has come for long.
  private final class Patience {
    private long decided = decided();
    private long sinceNanos = System.nanoTime();

    void check() {
      checkFailure();
      if (decided() != decided) {
        decided = decided();
        sinceNanos = System.nanoTime();
      }
      Duration waited = Duration.ofNanos(System.nanoTime() - sinceNanos);
      if (waited.compareTo(settings.patience()) > 0) {
        throw new ImportFailedException(
            "%,d commands are in the log, but nothing was decided for %s: is command-service running? See `./parley status`. Run the import again, it goes on where it was."
                .formatted(pending.size(), Progress.time(settings.patience().toSeconds())));
      }
    }

    private long decided() {
      return tally.conversations().decided() + tally.messages().decided();
    }
  }
}
