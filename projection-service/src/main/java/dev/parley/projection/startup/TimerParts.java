package dev.parley.projection.startup;

import dev.parley.log.CommandPublisher;
import dev.parley.projection.config.ProjectionConfig;
import dev.parley.projection.timers.TimerClock;
import dev.parley.projection.timers.TimerStore;
import jakarta.inject.Singleton;

/// What the timers are made of, started and stopped together.
@Singleton
public class TimerParts {

  private final TimerStore store;
  private final Parts.TimersLoop loop;
  private final TimerClock clock;
  private final CommandPublisher commands;
  private final ProjectionConfig config;

  TimerParts(
      TimerStore store,
      Parts.TimersLoop loop,
      TimerClock clock,
      CommandPublisher commands,
      ProjectionConfig config) {
    this.store = store;
    this.loop = loop;
    this.clock = clock;
    this.commands = commands;
    this.config = config;
  }

  void start() {
    store.create();
    commands.prepare(config.kafka().topicsWait());
    loop.loop().start();
    clock.start();
  }

  void close() {
    clock.close();
    loop.loop().close();
    commands.close();
  }
}
