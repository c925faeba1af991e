package dev.parley.identity.problem;

import dev.parley.schemas.error.ErrorCode;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.core.Response;
import java.util.function.Function;

/// How something that may be refused ended.
public sealed interface Result<T> {

  record Done<T>(T value) implements Result<T> {}

  /// @param detail a sentence for whoever asked
  record Refused<T>(ErrorCode code, String detail) implements Result<T> {}

  static <T> Uni<Result<T>> done(T value) {
    return Uni.createFrom().item(new Done<>(value));
  }

  static <T> Uni<Result<T>> refused(ErrorCode code, String detail) {
    return Uni.createFrom().item(new Refused<>(code, detail));
  }

  /// The answer to a request.
  default Response answer(Function<T, Response> whenDone) {
    return switch (this) {
      case Done<T>(var value) -> whenDone.apply(value);
      case Refused<T>(var code, var detail) -> Problems.of(code, detail);
    };
  }
}
