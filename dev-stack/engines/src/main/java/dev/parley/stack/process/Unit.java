package dev.parley.stack.process;

import java.io.IOException;
import java.time.Duration;

/// Something that runs as one process: an engine or a service.
public interface Unit {

  /// Unique in a stack; also the name of its log file.
  String name();

  int port();

  /// Puts on disk what the process needs. Repeatable: it is called before each start.
  void prepare() throws IOException;

  Launch launch();

  /// Whether it answers, in its own protocol, at this moment. Never throws, never takes more than a
  /// few seconds.
  boolean ready();

  /// How long a start may take until it is given up; long, since it must not strike a machine that
  /// is merely busy.
  Duration startLimit();
}
