package dev.parley.tokens;

import dev.parley.tokens.Verdict.Reason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/// Counts what becomes of tokens: `parley_token_checks_total`, by `result`. Reasons are told here
/// and nowhere else.
final class Outcomes {

  private final Counter valid;
  private final Counter unavailable;
  private final Map<Reason, Counter> refused = new EnumMap<>(Reason.class);

  Outcomes(MeterRegistry meters) {
    this.valid = counter(meters, "valid");
    this.unavailable = counter(meters, "unavailable");
    for (var reason : Reason.values()) {
      refused.put(reason, counter(meters, reason.name().toLowerCase(Locale.ROOT)));
    }
  }

  void valid() {
    valid.increment();
  }

  void unavailable() {
    unavailable.increment();
  }

  void refused(Reason reason) {
    var counter = refused.get(reason);
    if (counter != null) {
      counter.increment();
    }
  }

  private static Counter counter(MeterRegistry meters, String result) {
    return Counter.builder("parley.token.checks").tag("result", result).register(meters);
  }
}
