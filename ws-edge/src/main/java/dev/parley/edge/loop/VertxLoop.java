package dev.parley.edge.loop;

import io.vertx.core.Context;
import io.vertx.core.Vertx;

/// A Vert.x event loop.
public record VertxLoop(Vertx vertx, Context context) implements Loop {

  private static final long SHORTEST_MILLIS = 1;

  @Override
  public void run(Runnable task) {
    context.runOnContext(_ -> task.run());
  }

  @Override
  public Timer after(long delayMillis, Runnable task) {
    var id = vertx.setTimer(Math.max(SHORTEST_MILLIS, delayMillis), _ -> run(task));
    return () -> vertx.cancelTimer(id);
  }

  @Override
  public long nowMillis() {
    return System.currentTimeMillis();
  }
}
