package dev.parley.bench.fault;

import java.time.Duration;

/// One thing that goes wrong.
public sealed interface Fault {

  /// What is said of it in a table: the same for all that should be felt alike.
  String title();

  /// `kill -9` of one process of this kind.
  ///
  /// @param pick which of them, where there are more
  record Kill(Part part, int pick) implements Fault {
    @Override
    public String title() {
      return "kill " + part.unit();
    }
  }

  /// A process that is told to end and started again.
  record Restart(Part part, int pick) implements Fault {
    @Override
    public String title() {
      return "restart " + part.unit();
    }
  }

  /// A process that stands still, with all of its children, and goes on as if nothing had been.
  record Freeze(Part part, int pick, Duration length) implements Fault {
    @Override
    public String title() {
      return "freeze " + part.unit();
    }
  }

  /// Both at once.
  record Pair(Fault one, Fault other) implements Fault {
    @Override
    public String title() {
      return "pairs";
    }
  }

  /// Every connection of a client ends.
  record Cut() implements Fault {
    @Override
    public String title() {
      return "cut connections";
    }
  }

  /// Every connection of a client is slow for a while.
  record Slow(Duration delay, int bytesPerSecond, Duration length) implements Fault {
    @Override
    public String title() {
      return "slow connections";
    }
  }

  /// Something that Redis is told: it drops its listeners, its data, or the script of deliveries.
  record Forget(String command) implements Fault {
    @Override
    public String title() {
      return "redis: " + command;
    }
  }

  /// The index may not grow: Elasticsearch has put the block on it that a full disk brings.
  record FullIndex(Duration length) implements Fault {
    @Override
    public String title() {
      return "full disk of the index";
    }
  }

  /// No file of Postgres may grow beyond this size.
  record FullViews(long bytesMax, Duration length) implements Fault {
    @Override
    public String title() {
      return "full disk of the views";
    }
  }

  /// Every process of the stack is restarted, one after the other.
  record Rolling() implements Fault {
    @Override
    public String title() {
      return "rolling restart";
    }
  }
}
