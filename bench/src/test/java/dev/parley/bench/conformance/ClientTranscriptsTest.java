package dev.parley.bench.conformance;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The Java client keeps the rules that every client has to keep.
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class ClientTranscriptsTest {

  static Stream<Transcript> transcripts() {
    return Transcript.of(Folder.of("client")).stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("transcripts")
  void theJavaClientDoesAsTheTranscriptSays(Transcript transcript) throws Exception {
    new ServerSide(JavaClient::new).play(transcript);
  }

  /// Where the transcripts are.
  static final class Folder {
    private Folder() {}

    static Path of(String kind) {
      return Path.of(System.getProperty("parley.root", ".."), "conformance", kind);
    }
  }
}
