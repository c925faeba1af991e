package dev.parley.bench.conformance;

/// Something was not as a transcript says.
final class Deviation extends Exception {

  Deviation(String what) {
    super(what);
  }
}
