package dev.parley.bench.conformance;

import java.net.URI;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The transcripts are true: a running stack does as they say.
@Timeout(120)
class ServerTranscriptsIT {

  private static final ClientSide CLIENTS =
      new ClientSide(
          URI.create(System.getProperty("parley.url")),
          Stream.of(System.getProperty("parley.edges").split(",")).map(URI::create).toList());

  @AfterAll
  static void end() {
    CLIENTS.close();
  }

  static Stream<Transcript> transcripts() {
    return Transcript.of(ClientTranscriptsTest.Folder.of("server")).stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("transcripts")
  void theServerDoesAsTheTranscriptSays(Transcript transcript) throws Exception {
    CLIENTS.play(transcript);
  }
}
