package dev.parley.search.erasure;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/// `parley_search_expunge_merges_total`, and `parley_search_expunge_given_up_total`, after which
/// something deleted may stay in the engine's files until it merges by itself.
record ExpungeMeters(Counter merges, Counter givenUp) {

  static ExpungeMeters of(MeterRegistry meters) {
    return new ExpungeMeters(
        Counter.builder("parley.search.expunge.merges").register(meters),
        Counter.builder("parley.search.expunge.given.up").register(meters));
  }

  void merged() {
    merges.increment();
  }

  void gaveUp() {
    givenUp.increment();
  }
}
