package dev.parley.projection.views;

import dev.parley.log.RecordPublisher;
import dev.parley.log.TransientException;
import dev.parley.schemas.personal.PersonalCodec;
import dev.parley.schemas.personal.PersonalEntry;
import dev.parley.schemas.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Puts marks into the log again that a lower one followed: compaction keeps the last record of a
/// key, and a rebuild must find the highest.
@FunctionalInterface
public interface MarksAgain {

  /// Returns once they are stored.
  ///
  /// @throws TransientException if the log does not take them now
  void publish(List<PersonalEntry> marks);

  static MarksAgain into(RecordPublisher log, Duration wait) {
    return marks -> {
      var stored =
          marks.stream()
              .map(mark ->
                  log.publishBeside(
                          Topics.MARKS,
                          mark.conversation().toString(),
                          PersonalCodec.key(mark),
                          PersonalCodec.encode(mark))
                      .toCompletableFuture())
              .toArray(CompletableFuture[]::new);
      try {
        CompletableFuture.allOf(stored).get(wait.toMillis(), TimeUnit.MILLISECONDS);
      } catch (ExecutionException refused) {
        throw new TransientException("The log takes no marks now", refused);
      } catch (TimeoutException late) {
        throw new TransientException("The log did not take marks within " + wait, late);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new TransientException("Interrupted while writing marks", interrupted);
      }
    };
  }
}
