package dev.parley.projection.timers;

import dev.parley.log.TransientException;
import dev.parley.projection.config.ProjectionConfig;
import dev.parley.schemas.command.CommandEnvelope;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives the commands whose time has come. On a thread of its own; several nodes may have one.
public final class TimerClock implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TimerClock.class);
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

  private final TimerStore store;
  private final Function<CommandEnvelope, CompletionStage<Void>> publish;
  private final ProjectionConfig.Timers limits;
  private final Thread thread;
  private volatile boolean closing;
  private volatile boolean publishFails;
  private volatile @Nullable String trouble;

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

  /// Why what is due is not given at present; null: it is.
  public @Nullable String trouble() {
    return trouble;
  }

  private void run() {
    while (!closing) {
      try {
        if (tick() < limits.batchMax()) {
          Thread.sleep(limits.interval());
        }
      } catch (TransientException away) {
        if (!closing) {
          trouble = "Timers wait: " + away.getMessage();
          LOG.warn("Timers wait: {}", away.getMessage());
          pause();
        }
      } catch (InterruptedException interrupted) {
        return;
      } catch (RuntimeException unexpected) {
        trouble = "Timers fail: " + unexpected;
        LOG.error("Timers fail, they try again", unexpected);
        pause();
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
    if (due.isEmpty() && !publishFails) {
      trouble = null;
    }
    due.forEach(command -> publish.apply(command).whenComplete((_, failure) -> given(failure)));
    return due.size();
  }

  /// The log that took one command takes the others as well, when they are due again.
  private void given(@Nullable Throwable failure) {
    publishFails = failure != null;
    if (failure == null) {
      trouble = null;
      return;
    }
    trouble = "The log does not take the timers' commands: " + failure.getMessage();
    LOG.warn("A timer's command was not stored and comes again: {}", failure.toString());
  }

  /// Nothing is given any more once this has returned; waits 5 s at most.
  @Override
  public void close() {
    closing = true;
    thread.interrupt();
    try {
      if (thread.isAlive() && !thread.join(CLOSE_WAIT)) {
        LOG.warn("The timers did not end within {}", CLOSE_WAIT);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
