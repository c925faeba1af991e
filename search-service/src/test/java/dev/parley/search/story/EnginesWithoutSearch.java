package dev.parley.search.story;

import dev.parley.stack.process.Ports;

/// Real Kafka, and an address at which Elasticsearch is not there yet: the test starts and kills
/// it.
public final class EnginesWithoutSearch extends Engines {
  @Override
  String elasticsearchUrl() {
    return "http://127.0.0.1:" + Ports.free();
  }
}
