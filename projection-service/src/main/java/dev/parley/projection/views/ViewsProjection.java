package dev.parley.projection.views;

import dev.parley.log.Batch;
import dev.parley.log.LogPartition;
import dev.parley.log.PositionMovedException;
import dev.parley.log.Projection;
import dev.parley.log.TransientException;
import dev.parley.log.UserTable;
import dev.parley.projection.config.ProjectionConfig;
import dev.parley.schemas.content.ContentReader;
import dev.parley.schemas.topic.Topics;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/// Keeps one version of the views equal to the log: what it stores depends on the entries of each
/// partition and on nothing else.
public final class ViewsProjection implements Projection {

  private static final Duration GATE_LOOK_EVERY = Duration.ofMillis(10);

  private final String name;
  private final ContentOpener opener;
  private final ViewWriter writer;
  private final Duration gateWait;

  private ViewsProjection(String name, ContentOpener opener, ViewWriter writer, Duration gateWait) {
    this.name = name;
    this.opener = opener;
    this.writer = writer;
    this.gateWait = gateWait;
  }

  /// @param nth of those of this instance that write the version, from 1
  public static ViewsProjection of(
      int version,
      int nth,
      Pool pool,
      UserTable users,
      MarksAgain marksAgain,
      ProjectionConfig.Views limits) {
    return new ViewsProjection(
        nth == 1 ? name(version) : name(version) + "-" + nth,
        new ContentOpener(
            new ContentReader(users), ContentOpener.KeyArrivals.of(users), limits.keyWait()),
        new ViewWriter(pool, version, limits.writeTimeout(), marksAgain),
        limits.gateWait());
  }

  /// For tests: keys that are there from the beginning or never come.
  static ViewsProjection of(int version, Pool pool, ContentReader reader) {
    return of(version, pool, reader, _ -> {});
  }

  static ViewsProjection of(int version, Pool pool, ContentReader reader, MarksAgain marksAgain) {
    return new ViewsProjection(
        name(version),
        new ContentOpener(reader, (_, _) -> false, Duration.ZERO),
        new ViewWriter(pool, version, Duration.ofSeconds(10), marksAgain),
        Duration.ofSeconds(2));
  }

  private static String name(int version) {
    return "views-" + version;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Set<String> topics() {
    return Set.of(Topics.EVENTS, Topics.USERS, Topics.MARKS);
  }

  @Override
  public Map<LogPartition, Long> positions(Set<LogPartition> partitions) {
    return partitions.isEmpty() ? Map.of() : writer.positions(partitions);
  }

  @Override
  public void apply(Batch batch) {
    var rest = opener.open(batch);
    var ceilings = writer.store(rest);
    long deadline = System.nanoTime() + gateWait.toNanos();
    boolean partly = false;
    while (!ceilings.isEmpty()) {
      var allowed = rest.below(ceilings);
      if (!allowed.isEmpty() && writer.store(allowed).isEmpty()) {
        rest = rest.after(allowed, ceilings);
        partly = true;
      }
      if (System.nanoTime() - deadline > 0) {
        throw stillHeld(partly);
      }
      pause();
      ceilings = writer.store(rest);
    }
  }

  private RuntimeException stillHeld(boolean partly) {
    var message = name + " is still held at a gate after " + gateWait;
    return partly ? new PositionMovedException(message) : new TransientException(message);
  }

  private static void pause() {
    try {
      Thread.sleep(GATE_LOOK_EVERY);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new TransientException("Interrupted while waiting at a gate", interrupted);
    }
  }
}
