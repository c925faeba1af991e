package dev.parley.bench.conformance;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// A client that is played a server to. It is told what to do and reports what it would tell its
/// application, in the lines that `conformance/README.md` describes.
interface ClientUnderTest extends AutoCloseable {

  /// Where its lines go; from any thread.
  interface Reports {
    void report(String line);
  }

  void tell(ObjectNode instruction);

  @Override
  void close();
}
