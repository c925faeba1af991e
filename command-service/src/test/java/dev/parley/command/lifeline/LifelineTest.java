package dev.parley.command.lifeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.junit.jupiter.api.Test;

/// On real sockets of this machine.
class LifelineTest {

  private static final int ROUNDS = 300;
  private static final int LIMIT_MILLIS = 30_000;
  // Some are neither answered nor refused, then: they hear nothing for ever.
  private static final int NOT_ANSWERED_MILLIS = 200;
  private static final int NOTHING = -1;

  /// Whether the system still lets them connect then is a matter of microseconds: so many rounds.
  @Test
  void whoComesAfterTheEndIsToldNothing() throws IOException {
    for (int round = 0; round < ROUNDS; round++) {
      var lifeline = Lifeline.open("decider-2", "127.0.0.1", 0, 8);
      var address = new InetSocketAddress("127.0.0.1", lifeline.address().port());
      try (var line = new Socket()) {
        line.connect(address, LIMIT_MILLIS);
        line.setSoTimeout(LIMIT_MILLIS);
        assertThat(line.getInputStream().read()).isEqualTo('d');

        lifeline.close();

        assertThat(firstByte(address)).as("round %d", round).isEqualTo(NOTHING);
      }
    }
  }

  private static int firstByte(InetSocketAddress address) {
    try (var late = new Socket()) {
      late.connect(address, LIMIT_MILLIS);
      late.setSoTimeout(NOT_ANSWERED_MILLIS);
      return late.getInputStream().read();
    } catch (IOException refusedOrSilent) {
      return NOTHING;
    }
  }
}
