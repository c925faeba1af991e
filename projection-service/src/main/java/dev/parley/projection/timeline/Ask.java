package dev.parley.projection.timeline;

import dev.parley.projection.http.Parameters;
import dev.parley.projection.http.Refusal;
import dev.parley.schemas.error.ErrorCode;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which messages of a conversation are asked for: always by seq, never by time.
sealed interface Ask {

  record Latest() implements Ask {}

  record Before(long seq) implements Ask {}

  record After(long seq) implements Ask {}

  record Around(long seq) implements Ask {}

  /// @throws Refusal if a seq is no number, or more than one is given
  static Ask of(@Nullable String before, @Nullable String after, @Nullable String around) {
    if (Stream.of(before, after, around).filter(Objects::nonNull).count() > 1) {
      throw new Refusal(ErrorCode.INVALID, "Only one of before, after and around may be given");
    }
    if (Parameters.number("before", before) instanceof Long seq) {
      return new Before(seq);
    }
    if (Parameters.number("after", after) instanceof Long seq) {
      return new After(seq);
    }
    if (Parameters.number("around", around) instanceof Long seq) {
      return new Around(seq);
    }
    return new Latest();
  }
}
