package dev.parley.projection.access;

import dev.parley.projection.config.ProjectionConfig;
import dev.parley.projection.http.Parameters;
import dev.parley.projection.http.Refusal;
import dev.parley.schemas.error.ErrorCode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Lets a read wait until the view has reached what the caller has already seen elsewhere:
/// `at_least=<conversation>:<seq>`.
@ApplicationScoped
public class AtLeast {

  private static final String SHAPE = "at_least must be <conversation>:<seq>";

  private final Access access;
  private final ProjectionConfig.Views limits;
  private final AtomicInteger waiting = new AtomicInteger();

  public AtLeast(Access access, ProjectionConfig config) {
    this.access = access;
    this.limits = config.views();
  }

  private record Wanted(UUID conversation, long seq) {

    static Wanted of(String text) {
      int colon = text.indexOf(':');
      if (colon < 0) {
        throw new Refusal(ErrorCode.INVALID, SHAPE);
      }
      var seq = Parameters.number("at_least", text.substring(colon + 1));
      if (seq == null) {
        throw new Refusal(ErrorCode.INVALID, SHAPE);
      }
      return new Wanted(Parameters.id("at_least", text.substring(0, colon)), seq);
    }
  }

  /// Completes when the view is there; at once where nothing is asked.
  ///
  /// @return fails with 503 after the configured wait, saying how far the view is. A conversation
  ///   that is not for the caller is never there, like one that does not exist.
  public Uni<Void> reached(@Nullable String text, Caller caller) {
    if (text == null) {
      return Uni.createFrom().voidItem();
    }
    var wanted = Wanted.of(text);
    if (waiting.incrementAndGet() > limits.atLeastWaitersMax()) {
      waiting.decrementAndGet();
      throw new Refusal(
          ErrorCode.OVERLOADED, "More than " + limits.atLeastWaitersMax() + " reads are waiting");
    }
    long deadline = System.nanoTime() + limits.atLeastWait().toNanos();
    return look(wanted, caller, deadline).onTermination().invoke(waiting::decrementAndGet);
  }

  private Uni<Void> look(Wanted wanted, Caller caller, long deadline) {
    return head(wanted, caller)
        .flatMap(head -> {
          if (head >= wanted.seq()) {
            return Uni.createFrom().voidItem();
          }
          if (System.nanoTime() - deadline > 0) {
            throw behind(wanted, head);
          }
          return Uni.createFrom()
              .voidItem()
              .onItem()
              .delayIt()
              .by(limits.atLeastEvery())
              .flatMap(_ -> look(wanted, caller, deadline));
        });
  }

  private Uni<Long> head(Wanted wanted, Caller caller) {
    return access
        .find(wanted.conversation(), caller)
        .map(readable -> readable == null ? 0L : readable.head());
  }

  private static Refusal behind(Wanted wanted, long head) {
    return new Refusal(
        ErrorCode.BEHIND, "The view is at %s:%d".formatted(wanted.conversation(), head));
  }
}
