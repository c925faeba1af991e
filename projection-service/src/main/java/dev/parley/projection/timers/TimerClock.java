package dev.parley.projection.timers;

import dev.parley.log.TransientException;
import dev.parley.projection.config.ProjectionConfig;
import dev.parley.schemas.command.CommandEnvelope;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives the commands whose time has come. On a thread of its own; several nodes may have one.
public final class TimerClock implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TimerClock.class);

  private final TimerStore store;
  private final Function<CommandEnvelope, CompletionStage<Void>> publish;
  private final ProjectionConfig.Timers limits;
  private final Thread thread;
  private volatile boolean closing;

  public TimerClock(
      TimerStore store,
      Function<CommandEnvelope, CompletionStage<Void>> publish,
      ProjectionConfig.Timers limits) {
    this.store = store;
    this.publish = publish;
    this.limits = limits;
    this.thread = Thread.ofPlatform().name("timers").unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  private void run() {
    while (!closing) {
      try {
        if (tick() < limits.batchMax()) {
          Thread.sleep(limits.interval());
        }
      } catch (TransientException away) {
        LOG.warn("Timers wait: {}", away.getMessage());
        pause();
      } catch (InterruptedException interrupted) {
        return;
      }
    }
  }

  private void pause() {
    try {
      Thread.sleep(limits.again());
    } catch (InterruptedException interrupted) {
      closing = true;
    }
  }

  /// Gives what is due; a command that the log does not take is due again later.
  ///
  /// @return how many were due
  int tick() {
    var now = System.currentTimeMillis();
    var due = store.take(now, now + limits.again().toMillis(), limits.batchMax());
    for (var command : due) {
      publish
          .apply(command)
          .whenComplete((_, failure) -> {
            if (failure != null) {
              LOG.warn("A timer's command was not stored and comes again: {}", failure.toString());
            }
          });
    }
    return due.size();
  }

  @Override
  public void close() {
    closing = true;
    thread.interrupt();
  }
}
