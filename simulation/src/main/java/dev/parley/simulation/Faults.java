package dev.parley.simulation;

/// What goes wrong, and when: all of it from the seed.
final class Faults {

  /// What happens to pushes on their way.
  interface Pushes {
    int copies();

    boolean overtakes();
  }

  private final World world;
  private final Scheduler scheduler;
  private boolean calm = true;
  private long count;

  final Pushes pushes =
      new Pushes() {
        @Override
        public int copies() {
          var dice = calm ? 50 : scheduler.random.nextInt(100);
          return dice < 15 ? 0 : dice < 90 ? 1 : 2;
        }

        @Override
        public boolean overtakes() {
          return !calm && scheduler.chance(20);
        }
      };

  Faults(World world) {
    this.world = world;
    this.scheduler = world.scheduler;
  }

  void begin() {
    calm = false;
    world.redis.breaks(1);
    world.indexing.index.breaks(3);
    next();
  }

  void end() {
    calm = true;
    world.redis.breaks(0);
    world.indexing.index.breaks(0);
    world.indexing.index.comeBack();
    if (!world.redis.isUp()) {
      world.redis.comeBack();
    }
    if (!world.views.isUp()) {
      world.views.comeBack();
    }
    world.clients.forEach(client -> client.readSlowly(false));
  }

  long count() {
    return count;
  }

  boolean logFails() {
    return !calm && scheduler.chance(2);
  }

  private void next() {
    scheduler.soon(
        600,
        () -> {
          if (!calm) {
            one();
            next();
          }
        });
  }

  private void one() {
    count++;
    switch (scheduler.random.nextInt(20)) {
      case 0, 1 -> world.deciders.crashOne();
      case 2, 3 -> world.deciders.abortOne();
      case 4 -> world.delivery.crash();
      case 5 -> world.views.crash();
      case 6 -> world.redis.flush();
      case 7 -> world.redis.forgetScript();
      case 8 -> redisAway();
      case 9 -> viewsAway();
      case 10 -> world.killEdge();
      case 11, 12, 13 -> world.indexing.crash();
      case 14 -> indexAway();
      case 15, 16, 17 -> world.anyClient().lose(scheduler.chance(50));
      default -> slowClient();
    }
  }

  private void redisAway() {
    if (world.redis.isUp()) {
      world.redis.goAway(scheduler.chance(50));
      scheduler.soon(
          3_000,
          () -> {
            if (!world.redis.isUp()) {
              world.redis.comeBack();
            }
          });
    }
  }

  private void viewsAway() {
    if (world.views.isUp()) {
      world.views.goAway();
      scheduler.soon(
          4_000,
          () -> {
            if (!world.views.isUp()) {
              world.views.comeBack();
            }
          });
    }
  }

  private void indexAway() {
    world.trace.step("index", "goes away");
    world.indexing.index.goAway();
    scheduler.soon(3_000, world.indexing.index::comeBack);
  }

  private void slowClient() {
    var client = world.anyClient();
    client.readSlowly(true);
    scheduler.soon(3_000, () -> client.readSlowly(false));
  }
}
