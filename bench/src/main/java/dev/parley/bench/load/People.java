package dev.parley.bench.load;

import dev.parley.client.Account;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The people of a run. A registration costs a password hash, so each row takes those that were
/// there before it, with new tokens.
public final class People {

  // Of the fifteen minutes that a token lives; no row takes longer than the rest.
  private static final Duration FRESH = Duration.ofMinutes(2);

  private final Stage stage;
  private final List<Account> known = new ArrayList<>();
  private long freshNanos = System.nanoTime();

  public People(Stage stage) {
    this.stage = stage;
  }

  public List<Account> take(int count) throws InterruptedException {
    if (System.nanoTime() - freshNanos > FRESH.toNanos()) {
      for (int i = 0; i < known.size(); i++) {
        known.set(i, Stage.get(stage.rest().refresh(known.get(i))));
      }
      freshNanos = System.nanoTime();
    }
    if (known.size() < count) {
      known.addAll(stage.people(count - known.size()));
    }
    return List.copyOf(known.subList(0, count));
  }
}
