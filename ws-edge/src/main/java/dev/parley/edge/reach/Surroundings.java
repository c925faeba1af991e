package dev.parley.edge.reach;

import dev.parley.edge.loop.Loop;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All that the node needs, looked at again and again. What is used anyway tells by its use whether
/// it is there; where there was no sign for a while, or the last one was bad, it is asked.
public final class Surroundings {

  private static final Logger LOG = LoggerFactory.getLogger(Surroundings.class);
  private static final long LOOK_MILLIS = 500;

  private final Loop loop;
  private final long silentMillisMax;
  private final List<Watched> all;

  private record Watched(Reach reach, Runnable look) {}

  /// A connection of our own, which knows whether it stands.
  public record Line(Reach reach, BooleanSupplier isOpen) {}

  /// A service that answers.
  ///
  /// @param ask completes with an answer, fails without one; bounded in time
  public record Service(Reach reach, Supplier<CompletionStage<?>> ask) {}

  /// @param silentMillisMax how long a service may be silent before it is asked
  public Surroundings(Loop loop, long silentMillisMax, List<Line> lines, List<Service> services) {
    this.loop = loop;
    this.silentMillisMax = silentMillisMax;
    this.all =
        Stream.concat(
                lines.stream().map(line -> new Watched(line.reach(), () -> look(line))),
                services.stream().map(service -> new Watched(service.reach(), new Asking(service))))
            .toList();
  }

  /// Begins to look.
  public void start() {
    loop.after(LOOK_MILLIS, this::tick);
  }

  public List<Reach> all() {
    return all.stream().map(Watched::reach).toList();
  }

  private void tick() {
    for (var one : all) {
      var before = one.reach().isAway();
      one.look().run();
      tellChange(one.reach(), before);
    }
    loop.after(LOOK_MILLIS, this::tick);
  }

  private static void tellChange(Reach reach, boolean before) {
    if (reach.isAway() != before) {
      LOG.info("{} is {}", reach.name(), reach);
    }
  }

  private static void look(Line line) {
    if (line.isOpen().getAsBoolean()) {
      line.reach().reached();
    } else {
      line.reach().away("not connected");
    }
  }

  /// One question at a time.
  private final class Asking implements Runnable {
    private final Service service;
    private boolean asked;

    Asking(Service service) {
      this.service = service;
    }

    @Override
    public void run() {
      var reach = service.reach();
      if (asked || (!reach.isAway() && reach.silentMillis() < silentMillisMax)) {
        return;
      }
      asked = true;
      service.ask().get().whenComplete((_, failure) -> loop.run(() -> answered(failure)));
    }

    private void answered(@Nullable Throwable failure) {
      asked = false;
      var reach = service.reach();
      var before = reach.isAway();
      if (failure == null) {
        reach.reached();
      } else {
        reach.away(failure.toString());
      }
      tellChange(reach, before);
    }
  }
}
